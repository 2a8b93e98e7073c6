/** The aliases that the planner makes up, checked once before a plan is compiled. */
import { Kind, type SelectionSetNode } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { EntitySource, PlanNode, Requirement, Rewrite } from './nodes.js';

const madeUp = '_internal_qp_alias_';

/**
 * Throws an `InternalFault` unless each alias that the planner made up is read as often as fetches ask for it, or renamed:
 * the planner forgets its alias where fields that require one field with different arguments meet below each other, or
 * behind a union or interface, and would hand one of them what the other asked for.
 */
export function assertAliasesRead(node: PlanNode): void {
  const use: Use = { asked: new Map(), read: new Map() };
  note(node, use);
  for (const [alias, times] of use.asked) {
    if (times > (use.read.get(alias) ?? 0))
      throw new InternalFault('a plan fetches a required field and reads another instead');
  }
}

/** How many fetches ask for an alias, and at how many paths one is read. */
interface Use {
  readonly asked: Map<string, number>;
  readonly read: Map<string, number>;
}

function add(counts: Map<string, number>, alias: string, times = 1): void {
  counts.set(alias, (counts.get(alias) ?? 0) + times);
}

function note(node: PlanNode, use: Use): void {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      node.nodes.forEach((inner) => note(inner, use));
      return;
    case 'condition':
      [node.whenTrue ?? [], node.whenFalse ?? []].flat().forEach((branch) => note(branch, use));
      return;
    case 'rootFetch':
      noteFetch(node, use);
      return;
    case 'entityFetch':
      node.sources.forEach((source) => noteSource(source, use));
  }
}

function noteSource(source: EntitySource, use: Use): void {
  noteFetch(source, use);
  for (const key of keysRead(source.requires)) add(use.read, key, source.paths.length);
}

function noteFetch(
  fetch: { readonly selectionSet: SelectionSetNode; readonly outputRewrites: readonly Rewrite[] },
  use: Use,
): void {
  for (const alias of new Set(aliasesIn(fetch.selectionSet))) add(use.asked, alias);
  const segments = fetch.outputRewrites.flatMap(({ path }) => path);
  segments.forEach((segment) => segment.kind === 'key' && add(use.read, segment.key));
}

function aliasesIn({ selections }: SelectionSetNode): readonly string[] {
  return selections.flatMap((selection) => {
    const alias = selection.kind === Kind.FIELD ? selection.alias?.value : undefined;
    const below = selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet;
    return [...(alias?.startsWith(madeUp) ? [alias] : []), ...(below ? aliasesIn(below) : [])];
  });
}

function keysRead(required: readonly Requirement[]): ReadonlySet<string> {
  return new Set(
    required.flatMap((requirement) => [
      ...(requirement.kind === 'field' ? [requirement.key] : []),
      ...keysRead(requirement.selections ?? []),
    ]),
  );
}
