/** The order of a plan's fetches, checked and mended once before the plan is compiled. */
import { Kind, type SelectionSetNode } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { EntitySource, PathSegment, PlanNode, Requirement, Rewrite, RewriteSegment } from './nodes.js';

/**
 * The plan with each fetch after those that it reads from. The planner puts a fetch beside the one that finds its
 * entities where an entity requires what is two steps away, and the entities below it do again; what stands side by side
 * then takes turns. Throws an `InternalFault` where something is read that no other fetch asks for. About linear in the plan.
 */
export function inOrder(plan: PlanNode): PlanNode {
  return arrange(plan, new Set(['']));
}

/** Places in the harvest, each by the keys that lead there: `me/reviews`. */
type Places = ReadonlySet<string>;

function arrange(node: PlanNode, before: Places): PlanNode {
  switch (node.kind) {
    case 'sequence':
      return { ...node, nodes: arrangeInTurn(node.nodes, before) };
    case 'parallel':
      return arrangeTogether(node.nodes, before);
    case 'condition': {
      const [whenTrue = null, whenFalse = null] = [node.whenTrue, node.whenFalse].map((branch) => {
        return branch && arrange(branch, before);
      });
      return { ...node, whenTrue, whenFalse };
    }
    case 'rootFetch':
    case 'entityFetch': {
      const [place] = readsBeyond(node, before);
      if (place === undefined) return node;
      throw new InternalFault(`a plan reads \`${place}\` before it is fetched`);
    }
  }
}

function arrangeInTurn(nodes: readonly PlanNode[], before: Places): readonly PlanNode[] {
  let known = before;
  return nodes.map((node) => {
    const arranged = arrange(node, known);
    known = new Set([...known, ...madeBy(node)]);
    return arranged;
  });
}

/** As many at once as can be, in the planner's order; what reads from a neighbour comes after it. */
function arrangeTogether(nodes: readonly PlanNode[], before: Places): PlanNode {
  const waves: PlanNode[] = [];
  let known = before;
  for (let waiting = nodes; waiting.length > 0;) {
    const place = known;
    const ready = waiting.filter((node) => readsBeyond(node, place).length === 0);
    const chosen = ready.length > 0 ? ready : waiting;
    waves.push(together(chosen.map((node) => arrange(node, place))));
    known = new Set([...known, ...chosen.flatMap(madeBy)]);
    waiting = waiting.filter((node) => !chosen.includes(node));
  }
  return waves.length === 1 && waves[0] ? waves[0] : { kind: 'sequence', nodes: waves };
}

function together(nodes: readonly PlanNode[]): PlanNode {
  return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'parallel', nodes };
}

/** What a part of the plan reads and finds neither before it nor, for what takes turns, in its own earlier fetches. */
function readsBeyond(node: PlanNode, known: Places): readonly string[] {
  if (node.kind === 'sequence') {
    const own = new Set(known);
    return node.nodes.flatMap((inner) => {
      const missing = readsBeyond(inner, own);
      madeBy(inner).forEach((place) => own.add(place));
      return missing;
    });
  }
  if (node.kind === 'parallel') {
    const own = new Set([...known, ...madeBy(node)]);
    return node.nodes.flatMap((inner) => readsBeyond(inner, own));
  }
  if (node.kind === 'condition') return branchesOf(node).flatMap((branch) => readsBeyond(branch, known));
  if (node.kind === 'rootFetch') return [];
  return node.sources.flatMap(readsOf).filter((place) => !known.has(place));
}

function branchesOf(node: Extract<PlanNode, { kind: 'condition' }>): readonly PlanNode[] {
  return [node.whenTrue ?? [], node.whenFalse ?? []].flat();
}

function madeBy(node: PlanNode): readonly string[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap(madeBy);
    case 'condition':
      return branchesOf(node).flatMap(madeBy);
    case 'rootFetch':
      return makes(node, '');
    case 'entityFetch':
      return node.sources.flatMap((source) => source.paths.flatMap((path) => makes(source, placeOf(path))));
  }
}

/** The places that a fetch fills below a place, by the names it asks with and by those it is renamed to. */
function makes(
  fetch: { readonly selectionSet: SelectionSetNode; readonly outputRewrites: readonly Rewrite[] },
  at: string,
): readonly string[] {
  const renamed = fetch.outputRewrites.flatMap((rewrite) => {
    return rewrite.kind === 'rename' ? [[keysOf(rewrite.path), rewrite.to] as const] : [];
  });
  return placesIn(fetch.selectionSet, []).flatMap((keys) => {
    const names = renamed.flatMap(([path, to]) => (startsWith(keys, path) ? [keys.with(path.length - 1, to)] : []));
    return [keys, ...names].map((found) => joined(at, found));
  });
}

function placesIn({ selections }: SelectionSetNode, above: readonly string[]): readonly (readonly string[])[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return placesIn(selection.selectionSet, above);
    const here = [...above, selection.alias?.value ?? selection.name.value];
    return [here, ...(selection.selectionSet ? placesIn(selection.selectionSet, here) : [])];
  });
}

/** Where a source's entities are, and what is said of them. */
function readsOf({ paths, requires }: EntitySource): readonly string[] {
  const keys = requirementsIn(requires, []);
  return paths.flatMap((path) => {
    const at = placeOf(path);
    return [at, ...keys.map((key) => joined(at, key))];
  });
}

function requirementsIn(requires: readonly Requirement[], above: readonly string[]): readonly (readonly string[])[] {
  return requires.flatMap((requirement) => {
    if (requirement.kind === 'type') return requirementsIn(requirement.selections, above);
    const here = [...above, requirement.key];
    return [here, ...requirementsIn(requirement.selections ?? [], here)];
  });
}

function placeOf(path: readonly PathSegment[]): string {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : [])).join('/');
}

function keysOf(path: readonly RewriteSegment[]): readonly string[] {
  return path.flatMap((segment) => (segment.kind === 'key' ? [segment.key] : []));
}

function startsWith(keys: readonly string[], start: readonly string[]): boolean {
  return start.length > 0 && start.length <= keys.length && start.every((key, index) => keys[index] === key);
}

function joined(at: string, keys: readonly string[]): string {
  return at === '' ? keys.join('/') : `${at}/${keys.join('/')}`;
}
