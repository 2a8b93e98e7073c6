/** A supergraph as composers write it → as the planner must read it, which takes more literally what is left out. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type UnionTypeDefinitionNode,
} from 'graphql';
import { fieldsIn, graphsOf, type Joined, isExternal, join, joinField, joinsOf, textOf } from './joinDirectives.js';

/**
 * The same graph with some things said outright. A field that a subgraph requires of an entity interface is external
 * there: the planner takes the subgraph to have it. And an interface's field is not read through the interface where an
 * implementation has it `@external`, or only after what it `@requires`: the planner would forget to fetch that first. Nor
 * where a subgraph took it over from an implementation of an entity interface: the planner would ask the one that lost it.
 * Nor does it keep fragments on all implementations apart while the interface has their field. Join v0.2 leaves out which
 * members of a union and values of an enum a subgraph has: those that it knows.
 */
export function plannable(supergraph: DocumentNode): DocumentNode {
  const split = splitFields(supergraph);
  const known = typesOfGraphs(supergraph);
  const definitions = supergraph.definitions.map((definition): DefinitionNode => {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) return withMembers(definition, known);
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) return withValues(definition);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) return { ...definition, ...withExternals(definition) };
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return definition;
    const stated = { ...definition, ...withExternals(definition) };
    const apart = split.get(definition.name.value);
    return apart ? { ...stated, fields: readable(stated.fields ?? [], apart) } : stated;
  });
  return { ...supergraph, definitions };
}

/** The part of a type that says who has it, and what. */
interface Stated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
  readonly fields?: readonly FieldDefinitionNode[] | undefined;
}

/** Field → graphs. */
type GraphsByField = ReadonlyMap<string, ReadonlySet<string>>;

function withExternals(definition: Stated): { readonly fields?: readonly FieldDefinitionNode[] } {
  const { fields = [] } = definition;
  const required = requiredOf(fields);
  if (required.size === 0) return {};
  const graphs = graphsOf(definition);
  return {
    fields: fields.map((field) => {
      const external = required.get(field.name.value);
      if (!external || joinsOf(field).length > 0) return field;
      return withJoins(
        field,
        graphs.map((graph) => joinField(graph, external.has(graph))),
      );
    }),
  };
}

/** What each graph requires of the type itself. */
function requiredOf(fields: readonly FieldDefinitionNode[]): GraphsByField {
  const required = new Map<string, Set<string>>();
  for (const join of fields.flatMap(joinsOf)) {
    const [fieldSet, graph] = [textOf(join, 'requires'), textOf(join, 'graph')];
    if (fieldSet === undefined || graph === undefined) continue;
    for (const name of fieldsIn(fieldSet)) required.set(name, new Set([...(required.get(name) ?? []), graph]));
  }
  return required;
}

/** Interface → the fields that some implementation has for some purposes only, and in which graphs. */
export function splitFields(supergraph: DocumentNode): ReadonlyMap<string, GraphsByField> {
  const split = new Map<string, Map<string, Set<string>>>();
  const note = (parent: string, field: string, graph: string): void => {
    const fields = split.get(parent) ?? new Map<string, Set<string>>();
    fields.set(field, new Set([...(fields.get(field) ?? []), graph]));
    split.set(parent, fields);
  };
  // the library aborts the process over a field set that reads through an interface what the interface lacks
  const named = new Set(fieldSetsOf(supergraph).flatMap((fieldSet) => fieldSet.match(/\w+/g) ?? []));
  const entities = new Set(supergraph.definitions.flatMap(entityInterface));
  for (const { parent, field } of implementedFields(supergraph)) {
    if (named.has(field.name.value)) continue;
    const graphs = joinsOf(field)
      .filter((join) => splits(join) || (entities.has(parent) && textOf(join, 'override') !== undefined))
      .flatMap((join) => textOf(join, 'graph') ?? []);
    for (const graph of graphs) note(parent, field.name.value, graph);
  }
  return split;
}

/** All field sets: keys, and what is provided or required. */
function fieldSetsOf(supergraph: DocumentNode): readonly string[] {
  const fieldsOf = (definition: DefinitionNode): readonly Joined[] =>
    'fields' in definition ? (definition.fields ?? []) : [];
  const joins = supergraph.definitions.flatMap(fieldsOf).flatMap(joinsOf);
  const types = supergraph.definitions.filter(isTypeDefinitionNode).flatMap(({ directives }) => directives ?? []);
  return [...joins, ...types].flatMap((join) =>
    ['key', 'provides', 'requires'].flatMap((name) => textOf(join, name) ?? []),
  );
}

/** Each field of an object with each interface that the object implements. */
function implementedFields(
  supergraph: DocumentNode,
): readonly { readonly parent: string; readonly field: FieldDefinitionNode }[] {
  return supergraph.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const { fields = [], interfaces = [] } = definition;
    return interfaces.flatMap(({ name }) => fields.map((field) => ({ parent: name.value, field })));
  });
}

/** The name of an interface that some subgraph resolves by a key. */
function entityInterface(definition: DefinitionNode): readonly string[] {
  if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
  return definition.directives?.some((join) => textOf(join, 'key') !== undefined) ? [definition.name.value] : [];
}

function splits(join: ConstDirectiveNode): boolean {
  return textOf(join, 'requires') !== undefined || isExternal(join);
}

/** The fields that can be read through the interface; one that nobody asks for where none is left. */
function readable(fields: readonly FieldDefinitionNode[], apart: GraphsByField): readonly FieldDefinitionNode[] {
  const left = fields.filter(({ name }) => !apart.has(name.value));
  return left.length > 0 || fields.length === 0 ? left : [placeholder];
}

const placeholder: FieldDefinitionNode = {
  kind: Kind.FIELD_DEFINITION,
  name: { kind: Kind.NAME, value: '_apart' },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Boolean' } },
  directives: [joinField()],
};

function withJoins(field: FieldDefinitionNode, joins: readonly ConstDirectiveNode[]): FieldDefinitionNode {
  const others = (field.directives ?? []).filter(({ name }) => name.value !== 'join__field');
  return { ...field, directives: [...others, ...joins] };
}

/** Graph → the types that it has. */
function typesOfGraphs(supergraph: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions.filter(isTypeDefinitionNode)) {
    for (const graph of graphsOf(definition)) {
      known.set(graph, (known.get(graph) ?? new Set()).add(definition.name.value));
    }
  }
  return known;
}

function withMembers(
  union: UnionTypeDefinitionNode,
  known: ReadonlyMap<string, ReadonlySet<string>>,
): UnionTypeDefinitionNode {
  if (union.directives?.some(({ name }) => name.value === 'join__unionMember')) return union;
  const members = graphsOf(union).flatMap((graph) =>
    (union.types ?? [])
      .filter(({ name }) => known.get(graph)?.has(name.value))
      .map(({ name }) => join('join__unionMember', { graph: [Kind.ENUM, graph], member: [Kind.STRING, name.value] })),
  );
  return { ...union, directives: [...(union.directives ?? []), ...members] };
}

function withValues(definition: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
  const graphs = graphsOf(definition);
  const isStated = definition.values?.some(({ directives }) => directives?.some(isEnumValueJoin)) ?? false;
  if (isStated || graphs.length === 0) return definition;
  const joins = graphs.map((graph) => join('join__enumValue', { graph: [Kind.ENUM, graph] }));
  const values = (definition.values ?? []).map((value) => ({
    ...value,
    directives: [...(value.directives ?? []), ...joins],
  }));
  return { ...definition, values };
}

function isEnumValueJoin({ name }: ConstDirectiveNode): boolean {
  return name.value === 'join__enumValue';
}
