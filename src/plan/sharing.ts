/** Which paths of a plan lead to objects that may stand in for each other. */
import type { PathSegment, PlanNode } from './nodes.js';

type Path = readonly PathSegment[];

/**
 * Objects at one path that hold the same are filled in alike, so one may stand for all of them, unless a fetch of the
 * plan reaches only those of a certain type there, or below an object of a certain type.
 */
export function sharing(plan: PlanNode): (path: Path) => boolean {
  const conditional = pathsOf(plan)
    .filter((path) => path.some(({ kind }) => kind === 'type'))
    .map(keysOf);
  return (path) => {
    const keys = keysOf(path);
    return !conditional.some((other) => keys.every((key, index) => other[index] === key));
  };
}

function pathsOf(node: PlanNode | null): readonly Path[] {
  switch (node?.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap(pathsOf);
    case 'condition':
      return [...pathsOf(node.whenTrue), ...pathsOf(node.whenFalse)];
    case 'entityFetch':
      return node.sources.flatMap(({ paths }) => paths);
    case 'rootFetch':
    case undefined:
      return [];
  }
}

function keysOf(path: Path): readonly string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []));
}
