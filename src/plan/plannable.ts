/** A supergraph as composers write it → as the planner must read it, which takes more literally what is left out. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
} from 'graphql';
import { fieldsIn, graphsOf, isExternal, joinField, joinsOf, textOf } from './joinDirectives.js';

/**
 * The same graph with two things said outright. A field that a subgraph requires of an entity interface is external
 * there: the planner takes the subgraph to have it. And an interface's field is not read through the interface where an
 * implementation has it `@external`, or only after what it `@requires`: the planner would forget to fetch that first.
 * Nor does it keep fragments on all implementations apart while the interface has their field.
 */
export function plannable(supergraph: DocumentNode): DocumentNode {
  const split = splitFields(supergraph);
  const definitions = supergraph.definitions.map((definition): DefinitionNode => {
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
  for (const { parent, field } of implementedFields(supergraph)) {
    const graphs = joinsOf(field)
      .filter(splits)
      .flatMap((join) => textOf(join, 'graph') ?? []);
    for (const graph of graphs) note(parent, field.name.value, graph);
  }
  return split;
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
