/** That a plan says of each object what the fields it asks for require. */
import { Kind, type SelectionSetNode } from 'graphql';
import { InternalFault } from '../fault/index.js';
import { mapFetches } from './mapFetches.js';
import type { EntitySource, PlanNode, Requirement } from './nodes.js';
import type { Topology } from './topology.js';

/**
 * Throws an `InternalFault` where an entity is asked for a field and is not told, whatever its type, each field that it
 * requires: the planner forgets some that an interface object requires of one type alone. Linear in the plan, times the
 * types behind an interface.
 */
export function assertRequirementsSent(node: PlanNode, topology: Topology): void {
  mapFetches(node, (fetch) => {
    if (fetch.kind === 'entityFetch')
      fetch.sources.forEach((source) => assertSent(source, fetch.step.subgraph, topology));
    return fetch;
  });
}

function assertSent(source: EntitySource, subgraph: string, topology: Topology): void {
  const conditions = source.requires.flatMap((one) => (one.kind === 'type' ? [one.condition] : []));
  const rows = [...new Set(conditions.flatMap((condition) => topology.objectsOf(condition)))];
  for (const { type, field } of fieldsOf(source.selectionSet)) {
    const required = topology.requiredBy(subgraph, type, field);
    const missing = required && namesIn(required).find((name) => !isSent(name, { source, rows, type, topology }));
    if (missing !== undefined)
      throw new InternalFault(`a plan asks subgraph \`${subgraph}\` for \`${type}.${field}\` without \`${missing}\``);
  }
}

interface Sending {
  readonly source: EntitySource;
  readonly rows: readonly string[];
  readonly type: string;
  readonly topology: Topology;
}

/** True where rows of every object type that are asked for fields of `type` say `name`. */
function isSent(name: string, { source, rows, type, topology }: Sending): boolean {
  const concerned = rows.filter((row) => topology.admits(type, row));
  return concerned.every((row) => says(source.requires, name, { row, topology }));
}

function says(
  requirements: readonly Requirement[],
  name: string,
  of: { readonly row: string; readonly topology: Topology },
): boolean {
  return requirements.some((one) =>
    one.kind === 'field'
      ? one.name === name
      : of.topology.admits(one.condition, of.row) && says(one.selections, name, of),
  );
}

/** What is asked of the entities themselves: the fields right below their conditions. */
function fieldsOf(
  { selections }: SelectionSetNode,
  type = '',
): readonly { readonly type: string; readonly field: string }[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [{ type, field: selection.name.value }];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    return fieldsOf(selection.selectionSet, selection.typeCondition?.name.value ?? type);
  });
}

/** The fields of a field set that every type has: what is asked of some types alone is not told of others. */
function namesIn({ selections }: SelectionSetNode): readonly string[] {
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}
