/** What a plan asks of types that cannot stand where it asks: left out, as a subgraph refuses the whole request for it. */
import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode, type TypeNode } from 'graphql';
import { mapFetches } from './mapFetches.js';
import type { EntityFetchNode, PlanNode, RootFetchNode } from './nodes.js';
import { stepWith } from './stepWith.js';
import type { Topology } from './topology.js';

/**
 * The plan without fragments that apply to no object of their place in their subgraph. The planner writes them where a field
 * of interface objects requires something of every type behind the interface. Linear in the plan.
 */
export function withoutImpossible(node: PlanNode, topology: Topology): PlanNode {
  return mapFetches(node, (fetch) => pruned(fetch, { topology, subgraph: fetch.step.subgraph }));
}

interface Asked {
  readonly topology: Topology;
  readonly subgraph: string;
}

function pruned(fetch: RootFetchNode | EntityFetchNode, asked: Asked): PlanNode {
  if (fetch.kind === 'rootFetch') {
    const selectionSet = possibleIn(fetch.selectionSet, asked.topology.rootOf(fetch.step.operation), asked);
    return { ...fetch, step: stepWith(fetch.step, new Map([[fetch.selectionSet, selectionSet]])), selectionSet };
  }
  const replaced = new Map<SelectionSetNode, SelectionSetNode>();
  const sources = fetch.sources.map((source) => {
    const selectionSet = possibleIn(source.selectionSet, undefined, asked);
    replaced.set(source.selectionSet, selectionSet);
    return { ...source, selectionSet };
  });
  return { ...fetch, step: stepWith(fetch.step, replaced), sources };
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** `type` is what the selections are made on; undefined right below `_entities`. */
function possibleIn(selectionSet: SelectionSetNode, type: string | undefined, asked: Asked): SelectionSetNode {
  const selections = selectionSet.selections.flatMap((selection) => possible(selection, type, asked));
  return { ...selectionSet, selections: selections.length > 0 ? selections : [typename] };
}

function possible(selection: SelectionNode, type: string | undefined, asked: Asked): readonly SelectionNode[] {
  if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [selection];
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const on = selection.typeCondition?.name.value ?? type;
    if (type !== undefined && on !== undefined && asked.topology.areApart(asked.subgraph, type, on)) return [];
    return [{ ...selection, selectionSet: possibleIn(selection.selectionSet, on, asked) }];
  }
  const known = type === undefined ? undefined : asked.topology.typeOf(asked.subgraph, type, selection.name.value);
  return [{ ...selection, selectionSet: possibleIn(selection.selectionSet, known && nameOf(known), asked) }];
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
