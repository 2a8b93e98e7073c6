/** The order of a plan's fetches, checked and mended once before the plan is compiled. */
import { Kind, type SelectionSetNode } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { EntitySource, PlanNode, Requirement, Rewrite, RewriteSegment } from './nodes.js';
import { keyOfField, placeBelow, placeOf } from './place.js';
import { withPlacesAsked } from './planPlaces.js';
import type { Topology } from './topology.js';

/**
 * The plan with each fetch after those that it reads from, and with what it reads asked for. The planner puts a fetch
 * beside the one that finds its entities, and forgets to ask for their key, where an entity requires what is two steps
 * away and so do the entities below it. Throws an `InternalFault` where something is read that no fetch can ask for.
 * About linear in the plan.
 */
export function inOrder(plan: PlanNode, topology: Topology): PlanNode {
  const { arranged, missing } = arrangedWhole(plan);
  if (missing.size === 0) return arranged;
  const mended = arrangedWhole(withPlacesAsked(plan, missing, topology));
  const [place] = mended.missing;
  if (place !== undefined) throw new InternalFault(`a plan reads \`${place}\` before it is fetched`);
  return mended.arranged;
}

/** Places in the harvest, each by the keys that lead there: `me/reviews`. */
type Places = ReadonlySet<string>;

function arrangedWhole(plan: PlanNode): { readonly arranged: PlanNode; readonly missing: Places } {
  const missing = new Set<string>();
  return { arranged: arrange(plan, new Set(['']), missing), missing };
}

/** Notes in `missing` what is read and found nowhere before. */
function arrange(node: PlanNode, before: Places, missing: Set<string>): PlanNode {
  switch (node.kind) {
    case 'sequence':
      return { ...node, nodes: arrangeInTurn(node.nodes, before, missing) };
    case 'parallel':
      return arrangeTogether(node.nodes, before, missing);
    case 'condition': {
      const [whenTrue = null, whenFalse = null] = [node.whenTrue, node.whenFalse].map((branch) => {
        return branch && arrange(branch, before, missing);
      });
      return { ...node, whenTrue, whenFalse };
    }
    case 'rootFetch':
    case 'entityFetch':
      readsBeyond(node, before).forEach((place) => missing.add(place));
      return node;
  }
}

function arrangeInTurn(nodes: readonly PlanNode[], before: Places, missing: Set<string>): readonly PlanNode[] {
  let known = before;
  return nodes.map((node) => {
    const arranged = arrange(node, known, missing);
    known = new Set([...known, ...madeBy(node)]);
    return arranged;
  });
}

/** As many at once as can be, in the planner's order; what reads from a neighbour comes after it. */
function arrangeTogether(nodes: readonly PlanNode[], before: Places, missing: Set<string>): PlanNode {
  const waves: PlanNode[] = [];
  let known = before;
  for (let waiting = nodes; waiting.length > 0;) {
    const place = known;
    const ready = waiting.filter((node) => readsBeyond(node, place).length === 0);
    const chosen = ready.length > 0 ? ready : waiting;
    waves.push(together(chosen.map((node) => arrange(node, place, missing))));
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
    return [keys, ...names].map((found) => placeBelow(at, found));
  });
}

function placesIn({ selections }: SelectionSetNode, above: readonly string[]): readonly (readonly string[])[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return placesIn(selection.selectionSet, above);
    const here = [...above, keyOfField(selection)];
    return [here, ...(selection.selectionSet ? placesIn(selection.selectionSet, here) : [])];
  });
}

/** Where a source's entities are, and what is said of them. */
function readsOf({ paths, requires }: EntitySource): readonly string[] {
  const keys = requirementsIn(requires, []);
  return paths.flatMap((path) => {
    const at = placeOf(path);
    return [at, ...keys.map((key) => placeBelow(at, key))];
  });
}

function requirementsIn(requires: readonly Requirement[], above: readonly string[]): readonly (readonly string[])[] {
  return requires.flatMap((requirement) => {
    if (requirement.kind === 'type') return requirementsIn(requirement.selections, above);
    const here = [...above, requirement.key];
    return [here, ...requirementsIn(requirement.selections ?? [], here)];
  });
}

function keysOf(path: readonly RewriteSegment[]): readonly string[] {
  return path.flatMap((segment) => (segment.kind === 'key' ? [segment.key] : []));
}

function startsWith(keys: readonly string[], start: readonly string[]): boolean {
  return start.length > 0 && start.length <= keys.length && start.every((key, index) => keys[index] === key);
}
