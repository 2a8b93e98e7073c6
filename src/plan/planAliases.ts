/** The aliases that the planner makes up, checked once before a plan is compiled. */
import { Kind, type SelectionSetNode } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { PlanNode, Requirement, Rewrite } from './nodes.js';

const madeUp = '_internal_qp_alias_';

/**
 * Throws an `InternalFault` unless each alias that the planner made up is read by a later fetch or renamed: the planner
 * forgets its alias where a required field stands beside the client's own, with other arguments, behind a union or
 * interface, and would require what the client asked for.
 */
export function assertAliasesRead(node: PlanNode): void {
  const use: Use = { asked: new Set(), read: new Set() };
  note(node, use);
  for (const alias of use.asked) {
    if (!use.read.has(alias)) throw new InternalFault('a plan fetches a required field and reads another instead');
  }
}

interface Use {
  readonly asked: Set<string>;
  readonly read: Set<string>;
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
      for (const source of node.sources) {
        noteFetch(source, use);
        noteRequired(source.requires, use);
      }
  }
}

function noteFetch(
  fetch: { readonly selectionSet: SelectionSetNode; readonly outputRewrites: readonly Rewrite[] },
  use: Use,
): void {
  noteAsked(fetch.selectionSet, use);
  const segments = fetch.outputRewrites.flatMap(({ path }) => path);
  segments.forEach((segment) => segment.kind === 'key' && use.read.add(segment.key));
}

function noteAsked({ selections }: SelectionSetNode, use: Use): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD && selection.alias?.value.startsWith(madeUp))
      use.asked.add(selection.alias.value);
    if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) noteAsked(selection.selectionSet, use);
  }
}

function noteRequired(required: readonly Requirement[], use: Use): void {
  for (const requirement of required) {
    if (requirement.kind === 'field') use.read.add(requirement.key);
    noteRequired(requirement.selections ?? [], use);
  }
}
