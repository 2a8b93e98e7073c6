/** Supergraph SDL → which types each subgraph knows, and which of its objects stand behind each. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type UnionTypeDefinitionNode,
} from 'graphql';
import { graphNames, isTrue, textOf } from './joinDirectives.js';

/** The object types, interfaces and unions, subgraph by subgraph. */
export interface SubgraphTypes {
  /** True for an object type, interface or union that a subgraph states. */
  knows(subgraph: string, typeName: string): boolean;
  /** The object types that a subgraph has behind an interface or union that it knows as one; none for an object type. */
  behind(subgraph: string, typeName: string): readonly string[];
  /**
   * True where no row that a subgraph can give is of both types. A row of an interface object may be of any type behind the
   * interface, known to the subgraph or not, and of a type that the subgraph does not know nothing is taken for granted.
   */
  areApart(subgraph: string, one: string, other: string): boolean;
}

/**
 * Reads `@join__type`, `@join__implements` and `@join__unionMember`. `objectsOf` gives the object types that satisfy a
 * condition in the whole graph. Linear in the document.
 */
export function subgraphTypesOf(
  supergraph: DocumentNode,
  objectsOf: (condition: string) => readonly string[],
): SubgraphTypes {
  const { known, members } = statementsIn(supergraph, graphNames(supergraph));
  const behind = (subgraph: string, name: string): readonly string[] => members.get(subgraph)?.get(name) ?? [];
  const rowsOf = (subgraph: string, name: string): readonly string[] =>
    known.get(subgraph)?.get(name) === 'abstract' ? behind(subgraph, name) : objectsOf(name);
  return {
    knows: (subgraph, name) => known.get(subgraph)?.has(name) ?? false,
    behind,
    areApart: (subgraph, one, other) => {
      const others = rowsOf(subgraph, other);
      return one !== other && !rowsOf(subgraph, one).some((name) => others.includes(name));
    },
  };
}

interface Statements {
  /** Subgraph → its types, and whether it knows the objects behind each: those of an interface object may be any. */
  readonly known: Map<string, Map<string, 'object' | 'abstract'>>;
  /** Subgraph → interface or union → the object types behind it there. */
  readonly members: Map<string, Map<string, string[]>>;
}

function statementsIn({ definitions }: DocumentNode, graphs: ReadonlyMap<string, string>): Statements {
  const statements: Statements = { known: new Map(), members: new Map() };
  for (const definition of definitions) {
    for (const join of joinsOf(definition, 'join__type')) {
      const types = entryIn(statements.known, graphIn(join, graphs), () => new Map());
      types.set(nameOf(definition), isObjectTo(join, definition) ? 'object' : 'abstract');
    }
    for (const { join, abstract, member } of membershipsIn(definition)) {
      const ofGraph = entryIn(statements.members, graphIn(join, graphs), () => new Map<string, string[]>());
      entryIn(ofGraph, abstract, () => []).push(member);
    }
  }
  return statements;
}

/** A statement that an object type stands behind an interface or a union in a graph. */
interface Membership {
  readonly join: ConstDirectiveNode;
  readonly abstract: string;
  readonly member: string;
}

function membershipsIn(definition: DefinitionNode): readonly Membership[] {
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) return unionMembersIn(definition);
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
  return joinsOf(definition, 'join__implements').map((join) => ({
    join,
    abstract: textOf(join, 'interface') ?? '',
    member: definition.name.value,
  }));
}

/** Supergraphs before join v0.3 do not say who has which member: every graph of the union may. */
function unionMembersIn(union: UnionTypeDefinitionNode): readonly Membership[] {
  const abstract = union.name.value;
  const stated = joinsOf(union, 'join__unionMember');
  if (stated.length > 0) return stated.map((join) => ({ join, abstract, member: textOf(join, 'member') ?? '' }));
  return joinsOf(union, 'join__type').flatMap((join) =>
    (union.types ?? []).map((member) => ({ join, abstract, member: member.name.value })),
  );
}

function isObjectTo(join: ConstDirectiveNode, definition: DefinitionNode): boolean {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || isTrue(join, 'isInterfaceObject');
}

function joinsOf(definition: DefinitionNode, name: string): readonly ConstDirectiveNode[] {
  const isOfMany =
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    definition.kind === Kind.UNION_TYPE_DEFINITION;
  return isOfMany ? (definition.directives ?? []).filter((directive) => directive.name.value === name) : [];
}

function nameOf(definition: DefinitionNode): string {
  return 'name' in definition && definition.name ? definition.name.value : '';
}

function graphIn(join: ConstDirectiveNode, graphs: ReadonlyMap<string, string>): string {
  const graph = textOf(join, 'graph') ?? '';
  return graphs.get(graph) ?? graph;
}

function entryIn<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
