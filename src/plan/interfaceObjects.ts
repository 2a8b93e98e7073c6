/** What a plan asks of a subgraph that knows an interface as one object, asked for every row of the interface. */
import { Kind } from 'graphql';
import { mapFetches } from './mapFetches.js';
import type { EntitySource, PlanNode, Requirement } from './nodes.js';
import type { Topology } from './topology.js';

/**
 * The plan in which a fetch of interface objects is made for every type behind the interface. The planner makes one fetch
 * of what it wants for several types, and keeps the condition of one of them: rows of the others would lack their fields.
 * Only where nothing but a key is said of a row: what a field requires is known for its own type alone. Linear in the plan.
 */
export function forWholeInterfaces(node: PlanNode, topology: Topology): PlanNode {
  return mapFetches(node, (fetch) => {
    if (fetch.kind === 'rootFetch') return fetch;
    return { ...fetch, sources: fetch.sources.map((source) => widened(source, fetch.step.subgraph, topology)) };
  });
}

function widened(source: EntitySource, subgraph: string, topology: Topology): EntitySource {
  const whole = interfaceObjectOf(source);
  const isNarrowed = source.paths.some((path) => path.at(-1)?.kind === 'type');
  if (whole === undefined || isNarrowed || topology.isObject(whole)) return source;
  const keys = new Set(topology.keysOf(subgraph, whole).flatMap(({ selections }) => selections.flatMap(nameOf)));
  const requires = source.requires.map((requirement) => widenedTo(whole, requirement, { keys, topology }));
  const distinct = new Map(requires.map((requirement) => [JSON.stringify(requirement), requirement]));
  return { ...source, requires: [...distinct.values()] };
}

/** The interface that rows are said to be when they are sent: it is an object to this subgraph. */
function interfaceObjectOf({ inputRewrites, selectionSet }: EntitySource): string | undefined {
  const stated = inputRewrites.flatMap((rewrite) => {
    const key = rewrite.path.at(-1);
    return rewrite.kind === 'set' && key?.kind === 'key' && key.key === '__typename' ? [rewrite.value] : [];
  });
  const [whole] = stated;
  const asked = selectionSet.selections.map((selection) =>
    selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined,
  );
  return stated.length === 1 && asked.every((condition) => condition === whole) ? whole : undefined;
}

function widenedTo(
  whole: string,
  requirement: Requirement,
  { keys, topology }: { readonly keys: ReadonlySet<string>; readonly topology: Topology },
): Requirement {
  if (requirement.kind !== 'type' || !topology.admits(whole, requirement.condition)) return requirement;
  const isKey = requirement.selections.every(
    (one) => one.kind === 'field' && (one.name === '__typename' || keys.has(one.name)),
  );
  return isKey ? { ...requirement, condition: whole } : requirement;
}

function nameOf(selection: { readonly kind: string; readonly name?: { readonly value: string } }): string[] {
  return selection.kind === Kind.FIELD && selection.name ? [selection.name.value] : [];
}
