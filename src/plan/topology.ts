/** Supergraph SDL → what running a plan needs of it: which types stand behind a condition, and the keys of entities. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type SelectionSetNode,
  type TypeDefinitionNode,
} from 'graphql';
import { contestedNames } from './contested.js';
import { fieldSet, graphNames, textOf } from './joinDirectives.js';
import { type SubgraphFields, subgraphFieldsOf } from './subgraphFields.js';
import { type SubgraphTypes, subgraphTypesOf } from './subgraphTypes.js';

/** The facts of a supergraph that its API schema lacks: hidden types count, and each subgraph has its own keys. */
export interface Topology extends SubgraphFields, SubgraphTypes {
  /** True for object types, hidden ones included. */
  isObject(name: string): boolean;
  /** True when an object that says it is `typename` satisfies a condition on `condition`. */
  admits(condition: string, typename: string): boolean;
  /** The object types that satisfy a condition, hidden ones included. */
  objectsOf(condition: string): readonly string[];
  /** Names of fields that clients' selections must keep free for what plans require: see {@link contestedNames}. */
  readonly contested: ReadonlySet<string>;
  /** The keys by which a subgraph resolves a type; empty when it resolves none. */
  keysOf(subgraph: string, typeName: string): readonly SelectionSetNode[];
}

/**
 * True when an object that says it is `typename` satisfies one of the conditions. Plans ask for `__typename` wherever an
 * object may be of several types, so one that says nothing is of the only type that can stand there.
 */
export function isOneOf(typename: unknown, conditions: readonly string[], topology: Topology): boolean {
  return typeof typename !== 'string' || conditions.some((condition) => topology.admits(condition, typename));
}

/** Reads the join directives of a composed supergraph. Linear in the document. */
export function topologyOf(supergraph: DocumentNode): Topology {
  const objects = new Set<string>();
  const members = new Map<string, Set<string>>();
  const keys = new Map<string, SelectionSetNode[]>();
  const graphs = graphNames(supergraph);
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) objects.add(definition.name.value);
    for (const [abstract, member] of memberships(definition)) addTo(members, abstract, member);
    if (isKeyed(definition)) readKeys(definition, graphs, keys);
  }
  const objectsOf = (condition: string): readonly string[] =>
    objects.has(condition) ? [condition] : [...(members.get(condition) ?? [])].filter((name) => objects.has(name));
  return {
    ...subgraphFieldsOf(supergraph),
    ...subgraphTypesOf(supergraph, objectsOf),
    contested: contestedNames(supergraph),
    isObject: (name) => objects.has(name),
    admits: (condition, typename) => condition === typename || (members.get(condition)?.has(typename) ?? false),
    objectsOf,
    keysOf: (subgraph, typeName) => keys.get(keyOf(subgraph, typeName)) ?? [],
  };
}

function addTo(members: Map<string, Set<string>>, abstract: string, member: string): void {
  const known = members.get(abstract);
  if (known) known.add(member);
  else members.set(abstract, new Set([member]));
}

/** Pairs of an abstract type and what stands behind it, as one definition states them. */
function memberships(definition: DefinitionNode): (readonly [string, string])[] {
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
    return (definition.types ?? []).map((member) => [definition.name.value, member.name.value] as const);
  }
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
  return (definition.interfaces ?? []).map((parent) => [parent.name.value, definition.name.value] as const);
}

function isKeyed(definition: DefinitionNode): definition is TypeDefinitionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function readKeys(
  { name, directives }: TypeDefinitionNode,
  graphs: ReadonlyMap<string, string>,
  keys: Map<string, SelectionSetNode[]>,
): void {
  for (const directive of directives ?? []) {
    const key = directive.name.value === 'join__type' && isResolvable(directive) ? textOf(directive, 'key') : undefined;
    const graph = graphs.get(textOf(directive, 'graph') ?? '');
    if (key === undefined || graph === undefined) continue;
    const place = keyOf(graph, name.value);
    keys.set(place, [...(keys.get(place) ?? []), fieldSet(key)]);
  }
}

function isResolvable(directive: ConstDirectiveNode): boolean {
  const value = directive.arguments?.find(({ name }) => name.value === 'resolvable')?.value;
  return value?.kind !== Kind.BOOLEAN || value.value;
}

/** Neither names of types nor of graphs hold a colon. */
function keyOf(subgraph: string, typeName: string): string {
  return `${subgraph}:${typeName}`;
}
