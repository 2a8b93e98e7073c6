import { Kind, type TypeNode } from 'graphql';
import type { Target } from './classification.js';
import type { TypeStatement } from './statement.js';

/** Which types there are over all subgraphs, how they hang together, and where each leads. */
export interface Topology {
  readonly valueTypes: ReadonlySet<string>;
  /** Interface or object → the interfaces that some subgraph says it implements. */
  readonly interfacesOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly unionMembers: ReadonlySet<string>;
  target(type: TypeNode): Target;
}

interface Drawing {
  readonly valueTypes: Set<string>;
  readonly interfacesOf: Map<string, Set<string>>;
  /** Interface or union → its members. */
  readonly membersOf: Map<string, Set<string>>;
  readonly unionMembers: Set<string>;
  readonly composites: Set<string>;
  /** Value type → named types of its fields. */
  readonly below: Map<string, Set<string>>;
}

/** Draws the topology of the given types. */
export function topologyOf(types: readonly TypeStatement[]): Topology {
  const drawing: Drawing = {
    valueTypes: new Set(),
    interfacesOf: new Map(),
    membersOf: new Map(),
    unionMembers: new Set(),
    composites: new Set(),
    below: new Map(),
  };
  for (const type of types) drawType(drawing, type);
  const targets = new Map<string, Target>();
  return {
    ...drawing,
    target(type) {
      const name = namedType(type);
      const known = targets.get(name) ?? drawTarget(drawing, name);
      targets.set(name, known);
      return known;
    },
  };
}

/** The named type below lists and non-null marks. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** True where a list stands below any non-null mark. */
export function isListType(type: TypeNode): boolean {
  if (type.kind === Kind.LIST_TYPE) return true;
  return type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.LIST_TYPE;
}

function drawType(drawing: Drawing, { name, node, fields }: TypeStatement): void {
  if (node.directives?.some((directive) => directive.name.value === 'value')) drawing.valueTypes.add(name);
  for (const { node: field } of fields) add(drawing.below, name, namedType(field.type));
  if ('interfaces' in node) {
    drawing.composites.add(name);
    for (const { name: parent } of node.interfaces ?? []) {
      add(drawing.interfacesOf, name, parent.value);
      add(drawing.membersOf, parent.value, name);
    }
  }
  if (node.kind === Kind.UNION_TYPE_DEFINITION || node.kind === Kind.UNION_TYPE_EXTENSION) {
    drawing.composites.add(name);
    for (const { name: member } of node.types ?? []) {
      add(drawing.membersOf, name, member.value);
      drawing.unionMembers.add(member.value);
    }
  }
}

function drawTarget(drawing: Drawing, name: string): Target {
  if (!drawing.composites.has(name)) return { name, kind: 'leaf', reaches: [] };
  const reaches = new Set<string>();
  reach(drawing, name, { reaches, seen: new Set() });
  return { name, kind: drawing.valueTypes.has(name) ? 'value' : 'entity', reaches: [...reaches].sort() };
}

function reach(drawing: Drawing, name: string, walk: { reaches: Set<string>; seen: Set<string> }): void {
  if (walk.seen.has(name) || !drawing.composites.has(name)) return;
  walk.seen.add(name);
  const isValue = drawing.valueTypes.has(name);
  if (!isValue) walk.reaches.add(name);
  const next = isValue ? drawing.below.get(name) : drawing.membersOf.get(name);
  for (const other of next ?? []) reach(drawing, other, walk);
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key) ?? new Set();
  set.add(value);
  map.set(key, set);
}
