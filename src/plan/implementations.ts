/**
 * Fields read through an interface → the same fields, read implementation by implementation where one of them has the
 * field for some purposes only ({@link plannable}).
 */
import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Topology } from './topology.js';

/** Where fields are read, and what is known of them. */
interface Graph {
  readonly schema: GraphQLSchema;
  readonly topology: Topology;
}

/** The document with such fields in fragments on the implementations. Linear, but for what it adds. */
export function byImplementation(document: DocumentNode, graph: Graph): DocumentNode {
  const definitions = document.definitions.map((definition) => {
    const root = definition.kind === Kind.OPERATION_DEFINITION && graph.schema.getRootType(definition.operation);
    return root ? { ...definition, selectionSet: expanded(definition.selectionSet, root, graph) } : definition;
  });
  return { ...document, definitions };
}

function expanded({ selections }: SelectionSetNode, type: GraphQLCompositeType, graph: Graph): SelectionSetNode {
  return {
    kind: Kind.SELECTION_SET,
    selections: selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return expandedField(selection, type, graph);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
      const on = selection.typeCondition ? graph.schema.getType(selection.typeCondition.name.value) : type;
      if (!isCompositeType(on)) return [selection];
      return [{ ...selection, selectionSet: expanded(selection.selectionSet, on, graph) }];
    }),
  };
}

function expandedField(field: FieldNode, type: GraphQLCompositeType, graph: Graph): readonly SelectionNode[] {
  if (!isInterfaceType(type) || !graph.topology.isSplit(type.name, field.name.value)) {
    return [fieldWithin(field, type, graph)];
  }
  return graph.schema.getPossibleTypes(type).map((implementation) => ({
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: implementation.name } },
    ...(field.directives && { directives: field.directives }),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [fieldWithin({ ...field, directives: [] }, implementation, graph)],
    },
  }));
}

function fieldWithin(field: FieldNode, type: GraphQLCompositeType, graph: Graph): FieldNode {
  const definition = 'getFields' in type ? type.getFields()[field.name.value] : undefined;
  const target = definition && getNamedType(definition.type);
  if (!field.selectionSet || !isCompositeType(target)) return field;
  return { ...field, selectionSet: expanded(field.selectionSet, target, graph) };
}
