/** The subgraphs of a world → the one schema that they are together. Shares no code with composition. */
import {
  buildASTSchema,
  type DefinitionNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputObjectTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type TypeNode,
  type UnionTypeDefinitionNode,
} from 'graphql';
import { type SubgraphFacts, uses } from './world.js';

/** The schema with everything in it, and as clients see it. */
export interface OneSchema {
  readonly whole: GraphQLSchema;
  readonly client: GraphQLSchema;
}

/** Merges by the rules of federation 2: fields and members united, nullable where one subgraph says so, what is `@inaccessible` hidden. */
export function oneSchema(subgraphs: readonly SubgraphFacts[]): OneSchema {
  const definitions = merged(subgraphs);
  const build = (list: readonly DefinitionNode[]): GraphQLSchema =>
    buildASTSchema({ kind: Kind.DOCUMENT, definitions: list.map(stripped) }, { assumeValidSDL: true });
  return { whole: build(definitions), client: build(visible(definitions)) };
}

function merged(subgraphs: readonly SubgraphFacts[]): DefinitionNode[] {
  const byName = new Map<string, DefinitionNode>();
  for (const definition of subgraphs.flatMap(({ document }) => document.definitions)) {
    const own = withoutFederation(definition);
    if (!('name' in own) || !own.name) continue;
    const before = byName.get(own.name.value);
    byName.set(own.name.value, before ? united(before, own) : own);
  }
  const added = subgraphs.flatMap(({ types }) => [...types].filter(([, { kind }]) => kind === 'interfaceObject'));
  for (const [name] of added) spread(byName, name);
  return [...byName.values()];
}

/** External fields are stated in full by whoever owns them; an `@interfaceObject` is an interface to everybody else. */
function withoutFederation(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    return definition;
  }
  const fields = (definition.fields ?? []).filter((field) => uses(field, 'external').length === 0);
  if (uses(definition, 'interfaceObject').length === 0) return { ...definition, fields };
  return { ...definition, kind: Kind.INTERFACE_TYPE_DEFINITION, fields };
}

function united(before: DefinitionNode, next: DefinitionNode): DefinitionNode {
  switch (before.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const other = next as typeof before;
      const fields = unitedFields(before.fields ?? [], other.fields ?? []);
      return { ...before, fields, interfaces: unitedNames(before.interfaces ?? [], other.interfaces ?? []) };
    }
    case Kind.UNION_TYPE_DEFINITION:
      return { ...before, types: unitedNames(before.types ?? [], (next as UnionTypeDefinitionNode).types ?? []) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...before, values: unitedNames(before.values ?? [], (next as EnumTypeDefinitionNode).values ?? []) };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const known = new Set((next as InputObjectTypeDefinitionNode).fields?.map(({ name }) => name.value));
      return { ...before, fields: (before.fields ?? []).filter(({ name }) => known.has(name.value)) };
    }
    default:
      return before;
  }
}

function unitedNames<T extends { readonly name: { readonly value: string } }>(a: readonly T[], b: readonly T[]): T[] {
  const names = new Set(a.map(({ name }) => name.value));
  return [...a, ...b.filter(({ name }) => !names.has(name.value))];
}

function unitedFields(a: readonly FieldDefinitionNode[], b: readonly FieldDefinitionNode[]): FieldDefinitionNode[] {
  const later = new Map(b.map((field) => [field.name.value, field]));
  const both = a.map((field) => {
    const other = later.get(field.name.value);
    if (!other) return field;
    const directives = [...(field.directives ?? []), ...(other.directives ?? [])];
    return { ...field, type: looser(field.type, other.type), directives };
  });
  return unitedNames(both, b);
}

/** Nullable wherever one of the two is. */
function looser(a: TypeNode, b: TypeNode): TypeNode {
  if (a.kind === Kind.NON_NULL_TYPE && b.kind === Kind.NON_NULL_TYPE) {
    return { kind: Kind.NON_NULL_TYPE, type: looser(a.type, b.type) as NamedTypeNode };
  }
  const [bareA, bareB] = [a, b].map((type) => (type.kind === Kind.NON_NULL_TYPE ? type.type : type)) as [
    Exclude<TypeNode, { kind: Kind.NON_NULL_TYPE }>,
    Exclude<TypeNode, { kind: Kind.NON_NULL_TYPE }>,
  ];
  if (bareA.kind !== Kind.LIST_TYPE || bareB.kind !== Kind.LIST_TYPE) return bareA;
  return { kind: Kind.LIST_TYPE, type: looser(bareA.type, bareB.type) };
}

/** What an `@interfaceObject` adds, every type behind the interface has. */
function spread(byName: Map<string, DefinitionNode>, name: string): void {
  const added = byName.get(name);
  if (added?.kind !== Kind.INTERFACE_TYPE_DEFINITION) return;
  for (const [key, definition] of byName) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    if (!definition.interfaces?.some((parent) => parent.name.value === name)) continue;
    byName.set(key, { ...definition, fields: unitedNames(definition.fields ?? [], added.fields ?? []) });
  }
}

function visible(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  return definitions.map((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      return definition;
    }
    return {
      ...definition,
      fields: (definition.fields ?? []).filter((field) => uses(field, 'inaccessible').length === 0),
    };
  });
}

/** Directives are for subgraphs; nothing but the shape is left. */
function stripped(definition: DefinitionNode): DefinitionNode {
  if (!('fields' in definition)) return { ...definition, directives: [] } as DefinitionNode;
  const fields = (definition.fields ?? []).map((field) => ({ ...field, directives: [] }));
  return { ...definition, directives: [], fields } as DefinitionNode;
}
