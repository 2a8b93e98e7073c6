/**
 * What is assumed of every plan, checked once before it is compiled. A plan that breaks one is not run: it would end in
 * an error of a subgraph or, worse, in a wrong answer.
 */
import { type FieldNode, Kind, type SelectionSetNode, type TypeNode } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { PlanNode } from './nodes.js';
import type { Topology } from './topology.js';

/**
 * Throws an `InternalFault` unless, in every fetch,
 * 1. the subgraph has each field on the type that it is asked on;
 * 2. no field is external there, but those of keys and those that a field above them provides;
 * 3. a field that is read through an interface is one of every type that the subgraph has behind it;
 * 4. an object that may be of several types is asked which it is, where `asksTypes` says that the plan is to see to it;
 * 5. a fragment is on a type that the subgraph knows and that can stand where the fragment does.
 * Linear in the plan.
 */
export function assertAssumptions(node: PlanNode, given: Given): void {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      node.nodes.forEach((inner) => assertAssumptions(inner, given));
      return;
    case 'condition':
      [node.whenTrue ?? [], node.whenFalse ?? []].flat().forEach((branch) => assertAssumptions(branch, given));
      return;
    case 'rootFetch': {
      const { step, selectionSet } = node;
      const type = given.topology.rootOf(step.operation);
      visit({ selectionSet, type, provided: [] }, { ...given, subgraph: step.subgraph });
      return;
    }
    case 'entityFetch':
      for (const { selectionSet } of node.sources) {
        visit({ selectionSet, type: undefined, provided: [] }, { ...given, subgraph: node.step.subgraph });
      }
  }
}

/** A selection set, the type it selects on (undefined below `_entities`), and what is provided there. */
interface Place {
  readonly selectionSet: SelectionSetNode;
  readonly type: string | undefined;
  readonly provided: readonly SelectionSetNode[];
}

/** What a plan is checked against. */
export interface Given {
  readonly topology: Topology;
  readonly asksTypes: boolean;
}

interface Fetched extends Given {
  readonly subgraph: string;
}

function visit({ selectionSet, type, provided }: Place, fetched: Fetched): void {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new InternalFault('a plan spreads a named fragment');
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? type;
      assertApplies(on, type, fetched);
      visit({ selectionSet: selection.selectionSet, type: on, provided }, fetched);
    } else if (selection.name.value !== '__typename') {
      visitField(selection, { selectionSet, type, provided }, fetched);
    }
  }
}

/** `type` is what the fragment stands on; undefined right below `_entities`, where only what has a key can stand. */
function assertApplies(on: string | undefined, type: string | undefined, { subgraph, topology }: Fetched): void {
  const known = on !== undefined && topology.knows(subgraph, on);
  const canStand =
    known && (type === undefined ? hasKey(on, subgraph, topology) : !topology.areApart(subgraph, type, on));
  if (canStand) return;
  const place = type === undefined ? 'an entity' : `\`${type}\``;
  throw new InternalFault(
    `a plan asks subgraph \`${subgraph}\` for what ${place} is as \`${on ?? '?'}\`, which nothing can be there`,
  );
}

function hasKey(name: string, subgraph: string, topology: Topology): boolean {
  return [name, ...topology.behind(subgraph, name)].some((one) => topology.keysOf(subgraph, one).length > 0);
}

function visitField(field: FieldNode, { type, provided }: Place, fetched: Fetched): void {
  const { subgraph, topology } = fetched;
  const name = field.name.value;
  const known = type === undefined ? undefined : topology.typeOf(subgraph, type, name);
  if (type === undefined || !known) {
    throw new InternalFault(`a plan asks subgraph \`${subgraph}\` for \`${type ?? '?'}.${name}\`, which it lacks`);
  }
  const given = provided.flatMap((fieldSet) => below(fieldSet, name));
  if (topology.isExternal(subgraph, type, name) && given.length === 0 && !isKey(name, type, fetched)) {
    throw new InternalFault(`a plan asks subgraph \`${subgraph}\` for \`${type}.${name}\`, which is external there`);
  }
  const lacks = (member: string): boolean =>
    !topology.typeOf(subgraph, member, name) || topology.isLost(subgraph, member, name);
  const other = topology.behind(subgraph, type).find(lacks);
  if (other !== undefined) {
    throw new InternalFault(
      `a plan asks subgraph \`${subgraph}\` for \`${type}.${name}\`, which \`${other}\` lacks there`,
    );
  }
  if (!field.selectionSet) return;
  if (fetched.asksTypes && !topology.isObject(nameOf(known)) && below(field.selectionSet, '__typename').length === 0) {
    throw new InternalFault(`a plan does not ask of which type \`${type}.${name}\` is`);
  }
  const inner = given.flatMap(({ selectionSet }) => selectionSet ?? []);
  const own = topology.providedBy(subgraph, type, name);
  visit({ selectionSet: field.selectionSet, type: nameOf(known), provided: own ? [...inner, own] : inner }, fetched);
}

/** The fields of a name in a field set, fragments passed through. */
function below({ selections }: SelectionSetNode, name: string): readonly FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    return selection.kind === Kind.INLINE_FRAGMENT ? below(selection.selectionSet, name) : [];
  });
}

function isKey(name: string, type: string, { subgraph, topology }: Fetched): boolean {
  return topology.keysOf(subgraph, type).some((key) => below(key, name).length > 0);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
