/** Supergraph SDL → which fields each subgraph knows, and the types that it gives them. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parseType,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { fieldSet, graphNames, isExternal, isTrue, joinsOf, textOf } from './joinDirectives.js';
import { splitFields } from './plannable.js';

/** The fields of object and interface types, subgraph by subgraph. */
export interface SubgraphFields {
  /** The type of a field as a subgraph states it; undefined where the subgraph does not have the field. */
  typeOf(subgraph: string, typeName: string, field: string): TypeNode | undefined;
  /** True for a field that a subgraph names and does not have. */
  isExternal(subgraph: string, typeName: string, field: string): boolean;
  /** True for a field that another subgraph took over for every request. */
  isLost(subgraph: string, typeName: string, field: string): boolean;
  /** What a field provides of the object that it leads to. */
  providedBy(subgraph: string, typeName: string, field: string): SelectionSetNode | undefined;
  /** What a field of a subgraph requires to be said of its object; undefined where it requires nothing. */
  requiredBy(subgraph: string, typeName: string, field: string): SelectionSetNode | undefined;
  /** True for a field of an interface that cannot be read through the interface everywhere. */
  isSplit(interfaceName: string, field: string): boolean;
  /** The name of a root type. */
  rootOf(operation: 'query' | 'mutation' | 'subscription'): string;
}

/** Reads `@join__type` and `@join__field` when a field is first asked for. */
export function subgraphFieldsOf(supergraph: DocumentNode): SubgraphFields {
  const graphs = graphNames(supergraph);
  const split = splitFields(supergraph);
  const types = new Map<string, Holder>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      types.set(definition.name.value, holderOf(definition, graphs));
    }
  }
  return {
    typeOf: (subgraph, typeName, field) => typeIn(types.get(typeName), subgraph, field),
    isExternal: (subgraph, typeName, field) => {
      const join = joinIn(types.get(typeName), subgraph, field);
      return join !== undefined && isExternal(join);
    },
    isLost: (subgraph, typeName, field) => {
      const join = joinIn(types.get(typeName), subgraph, field);
      const isForAll = !joinsOf(types.get(typeName)?.fields.get(field) ?? {}).some(isGradual);
      return join !== undefined && isTrue(join, 'usedOverridden') && isForAll;
    },
    providedBy: (subgraph, typeName, field) => {
      const join = joinIn(types.get(typeName), subgraph, field);
      const provided = join && textOf(join, 'provides');
      return provided === undefined ? undefined : fieldSet(provided);
    },
    requiredBy: (subgraph, typeName, field) => {
      const join = joinIn(types.get(typeName), subgraph, field);
      const required = join && textOf(join, 'requires');
      return required === undefined ? undefined : fieldSet(required);
    },
    isSplit: (interfaceName, field) => split.get(interfaceName)?.has(field) ?? false,
    rootOf: (operation) => rootName(supergraph, operation),
  };
}

/** A type with fields: who has it, and its fields by name. */
interface Holder {
  /** `join__Graph` values by subgraph. */
  readonly graphs: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
}

function holderOf(
  {
    directives,
    fields,
  }: Pick<FieldDefinitionNode, 'directives'> & { readonly fields?: readonly FieldDefinitionNode[] },
  graphs: ReadonlyMap<string, string>,
): Holder {
  const stated = (directives ?? []).filter(({ name }) => name.value === 'join__type');
  const values = stated.flatMap((directive) => textOf(directive, 'graph') ?? []);
  return {
    graphs: new Map(values.map((value) => [graphs.get(value) ?? value, value])),
    fields: new Map((fields ?? []).map((field) => [field.name.value, field])),
  };
}

function typeIn(holder: Holder | undefined, subgraph: string, name: string): TypeNode | undefined {
  const [graph, field] = [holder?.graphs.get(subgraph), holder?.fields.get(name)];
  if (graph === undefined || !field) return undefined;
  const joins = joinsOf(field);
  if (joins.length === 0) return field.type;
  const join = joins.find((directive) => textOf(directive, 'graph') === graph);
  return join && statedType(join, field);
}

function joinIn(holder: Holder | undefined, subgraph: string, name: string): ConstDirectiveNode | undefined {
  const [graph, field] = [holder?.graphs.get(subgraph), holder?.fields.get(name)];
  return field && joinsOf(field).find((directive) => textOf(directive, 'graph') === graph);
}

/** Taken over for a share of the requests, or under a label. */
function isGradual(join: ConstDirectiveNode): boolean {
  return textOf(join, 'overrideLabel') !== undefined;
}

function statedType(join: ConstDirectiveNode, field: FieldDefinitionNode): TypeNode {
  const own = textOf(join, 'type');
  return own === undefined ? field.type : parseType(own, { noLocation: true });
}

function rootName(supergraph: DocumentNode, operation: 'query' | 'mutation' | 'subscription'): string {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION) continue;
    const root = definition.operationTypes.find((stated) => stated.operation === operation);
    if (root) return root.type.name.value;
  }
  return { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[operation];
}
