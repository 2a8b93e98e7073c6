/** The SDL of the subgraphs → types, fields and arguments. Labels (`@data`) are not looked at. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** A field of the whole graph. */
export interface Field {
  readonly name: string;
  readonly target: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly nonNull: boolean;
}

/** An object or interface type of the whole graph. */
export interface Type {
  readonly name: string;
  readonly isValue: boolean;
  readonly fields: Map<string, Field>;
  /** Fields for the gateway alone: no client may ever select them. */
  readonly hidden: Set<string>;
  /** For an interface: the types that implement it. */
  readonly implementers: Set<string>;
}

/** The types by name. */
export type Graph = ReadonlyMap<string, Type>;

/** Reads the contract and the platform's subgraphs below `root`. */
export function readGraph(root: string): Graph {
  const platform = readdirSync(join(root, 'schema/platform')).map((file) => join('schema/platform', file));
  const graph = new Map<string, Type>();
  const files = ['schema/bank.graphql', ...platform].map((file) => parse(readFileSync(join(root, file), 'utf8')));
  for (const definition of files.flatMap(({ definitions }) => definitions)) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      add(graph, definition);
    }
  }
  return graph;
}

/** The type of this name; throws for scalars and enums. */
export function typeOf(graph: Graph, name: string): Type {
  const type = graph.get(name);
  if (type === undefined) throw new RangeError(`the graph has no composite type \`${name}\``);
  return type;
}

function add(graph: Map<string, Type>, definition: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): void {
  const type = getOrMake(graph, definition.name.value);
  if (has(definition.directives, 'value')) graph.set(type.name, { ...type, isValue: true });
  for (const { name } of definition.interfaces ?? []) getOrMake(graph, name.value).implementers.add(type.name);
  for (const field of definition.fields ?? []) {
    if (has(field.directives, 'inaccessible')) type.hidden.add(field.name.value);
    else type.fields.set(field.name.value, fieldOf(field));
  }
}

function getOrMake(graph: Map<string, Type>, name: string): Type {
  const found = graph.get(name);
  if (found !== undefined) return found;
  const made = { name, isValue: false, fields: new Map(), hidden: new Set<string>(), implementers: new Set<string>() };
  graph.set(name, made);
  return made;
}

function fieldOf({ name, type, arguments: args = [] }: FieldDefinitionNode): Field {
  const isRequired = ({ type: of }: { type: TypeNode }): boolean => of.kind === Kind.NON_NULL_TYPE;
  return {
    name: name.value,
    target: namedType(type),
    required: args.filter(isRequired).map((arg) => arg.name.value),
    optional: args.filter((arg) => !isRequired(arg)).map((arg) => arg.name.value),
    nonNull: type.kind === Kind.NON_NULL_TYPE,
  };
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return directives?.some((directive) => directive.name.value === name) ?? false;
}
