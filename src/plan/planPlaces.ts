/** What a plan reads and forgot to ask for, asked for by the fetches that find the objects it is read of. */
import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode, type TypeNode } from 'graphql';
import { mapFetches } from './mapFetches.js';
import type { EntityFetchNode, EntitySource, PlanNode, RootFetchNode } from './nodes.js';
import { keyOfField, placeBelow, placeOf } from './place.js';
import { stepWith } from './stepWith.js';
import type { Topology } from './topology.js';

/**
 * The plan in which every fetch that finds an object asks for those of its fields that are in `places`, where the subgraph
 * has them. Linear in the plan.
 */
export function withPlacesAsked(node: PlanNode, places: ReadonlySet<string>, topology: Topology): PlanNode {
  return mapFetches(node, (fetch) => {
    const wish = { places, topology, subgraph: fetch.step.subgraph };
    return fetch.kind === 'rootFetch' ? askedByRoot(fetch, wish) : askedOfEntities(fetch, wish);
  });
}

/** What is to be asked for, and of which subgraph. */
interface Wish {
  readonly places: ReadonlySet<string>;
  readonly topology: Topology;
  readonly subgraph: string;
}

function askedByRoot(node: RootFetchNode, wish: Wish): RootFetchNode {
  const type = wish.topology.rootOf(node.step.operation);
  const selectionSet = asked(node.selectionSet, { type, places: [''] }, wish);
  return { ...node, step: stepWith(node.step, new Map([[node.selectionSet, selectionSet]])), selectionSet };
}

function askedOfEntities(node: EntityFetchNode, wish: Wish): EntityFetchNode {
  const replaced = new Map<SelectionSetNode, SelectionSetNode>();
  const sources = node.sources.map((source): EntitySource => {
    const at = { type: undefined, places: source.paths.map(placeOf) };
    const selectionSet = asked(source.selectionSet, at, wish);
    replaced.set(source.selectionSet, selectionSet);
    return { ...source, selectionSet };
  });
  return { ...node, step: stepWith(node.step, replaced), sources };
}

const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

/** Where a selection set stands: its type, undefined right below `_entities`, and the places that it fills. */
interface At {
  readonly type: string | undefined;
  readonly places: readonly string[];
}

function asked(selectionSet: SelectionSetNode, at: At, wish: Wish): SelectionSetNode {
  const selections = selectionSet.selections.map((selection) => askedIn(selection, at, wish));
  const known = new Set(
    selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [keyOfField(selection)] : [])),
  );
  const wanted = at.type === undefined ? [] : fieldsWanted(at, wish).filter((name) => !known.has(name));
  return { ...selectionSet, selections: [...selections, ...wanted.map(plainField)] };
}

function askedIn(selection: SelectionNode, at: At, wish: Wish): SelectionNode {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const type = selection.typeCondition?.name.value ?? at.type;
    return { ...selection, selectionSet: asked(selection.selectionSet, { ...at, type }, wish) };
  }
  const type = at.type === undefined ? undefined : wish.topology.typeOf(wish.subgraph, at.type, selection.name.value);
  const places = at.places.map((place) => placeBelow(place, [keyOfField(selection)]));
  // An object of which only its key is read is asked for with nothing below it.
  const below = asked(selection.selectionSet ?? nothing, { type: type && nameOf(type), places }, wish);
  return below.selections.length === 0 ? selection : { ...selection, selectionSet: below };
}

/** Names of plain fields that are read at these places and that the subgraph can tell; what has fields below is no plain one. */
function fieldsWanted({ type = '', places }: At, { places: read, topology, subgraph }: Wish): readonly string[] {
  const all = [...read];
  const plain = all.filter((place) => !all.some((other) => other.startsWith(`${place}/`)));
  const names = plain.flatMap((place) => {
    const cut = place.lastIndexOf('/');
    return places.includes(place.slice(0, Math.max(cut, 0))) ? [place.slice(cut + 1)] : [];
  });
  const isTold = (name: string): boolean =>
    topology.typeOf(subgraph, type, name) !== undefined && !topology.isExternal(subgraph, type, name);
  return [...new Set(names)].filter((name) => name === '__typename' || isTold(name));
}

function plainField(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
