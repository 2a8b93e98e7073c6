import {
  Kind,
  visit,
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  type NamedTypeNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

const roots = ['Query', 'Mutation', 'Subscription'] as const;
const builtIn: ReadonlySet<string> = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);
const keptDirectives: ReadonlySet<string> = new Set(['deprecated', 'specifiedBy']);

/** The graph without directive definitions and without directives that are not GraphQL's own. */
export function bareGraph(graph: DocumentNode): DocumentNode {
  return visit(graph, {
    DirectiveDefinition: () => null,
    Directive: ({ name }) => (keptDirectives.has(name.value) ? undefined : null),
  });
}

/**
 * The part of a graph whose coordinates are kept, without descriptions: fields and arguments that are not kept go, then
 * fields that would need an argument or a type that went, then types with nothing left, until nothing more goes.
 */
export function projectGraph(graph: DocumentNode, keeps: (coordinate: string) => boolean): DocumentNode {
  let types = withoutDescriptions(graph)
    .definitions.filter(isType)
    .map((type) => projectType(type, keeps));
  for (;;) {
    const alive = new Set(types.filter(hasContent).map(({ name }) => name.value));
    const next = types.filter(({ name }) => alive.has(name.value)).map((type) => pruneType(type, alive));
    if (next.length === types.length && next.every((type, index) => type === types[index])) break;
    types = next;
  }
  return { kind: Kind.DOCUMENT, definitions: types };
}

/** The types that an operation can meet: reached from the root types, an interface's implementers included. */
export function keepReachable(graph: DocumentNode): DocumentNode {
  const types = new Map(graph.definitions.filter(isType).map((type) => [type.name.value, type]));
  const implementers = implementersOf(types.values());
  const reached = new Set<string>();
  const waiting: string[] = roots.filter((root) => types.has(root));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const type = types.get(name);
    if (!type || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...namesIn(type), ...(implementers.get(name) ?? []));
  }
  const definitions: DefinitionNode[] = [...types.values()].filter(({ name }) => reached.has(name.value));
  return { kind: Kind.DOCUMENT, definitions };
}

function isType(node: DefinitionNode): node is TypeDefinitionNode {
  return node.kind.endsWith('TypeDefinition');
}

function withoutDescriptions(graph: DocumentNode): DocumentNode {
  return visit(graph, {
    enter(node: ASTNode) {
      return 'description' in node && node.description ? { ...node, description: undefined } : undefined;
    },
  });
}

function projectType(type: TypeDefinitionNode, keeps: (coordinate: string) => boolean): TypeDefinitionNode {
  const owner = type.name.value;
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    return withInputs(type, ({ name }) => keeps(`${owner}.${name.value}`));
  }
  if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return type;
  const fields = (type.fields ?? [])
    .filter(({ name }) => keeps(`${owner}.${name.value}`))
    .flatMap((field) => withArguments(field, ({ name }) => keeps(`${owner}.${field.name.value}(${name.value}:)`)));
  return { ...type, fields };
}

/** The field with the arguments that are kept; none where it cannot be asked without one that is not. */
function withArguments(
  field: FieldDefinitionNode,
  keeps: (argument: InputValueDefinitionNode) => boolean,
): FieldDefinitionNode[] {
  const given = field.arguments ?? [];
  const kept = given.filter(keeps);
  if (kept.length === given.length) return [field];
  const misses = given.some((argument) => isDemanded(argument) && !kept.includes(argument));
  return misses ? [] : [{ ...field, arguments: kept }];
}

/** The input type with the fields that are kept; empty where it cannot be given without one that is not. */
function withInputs(
  type: InputObjectTypeDefinitionNode,
  keeps: (field: InputValueDefinitionNode) => boolean,
): InputObjectTypeDefinitionNode {
  const misses = (type.fields ?? []).some((field) => isDemanded(field) && !keeps(field));
  return { ...type, fields: misses ? [] : (type.fields ?? []).filter(keeps) };
}

function isDemanded({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
}

function hasContent(type: TypeDefinitionNode): boolean {
  if (type.kind === Kind.UNION_TYPE_DEFINITION) return (type.types ?? []).length > 0;
  if (!('fields' in type)) return type.kind === Kind.ENUM_TYPE_DEFINITION || type.kind === Kind.SCALAR_TYPE_DEFINITION;
  return (type.fields ?? []).length > 0;
}

/** The type without what leads to types that are gone; the same object where nothing does. */
function pruneType(type: TypeDefinitionNode, alive: ReadonlySet<string>): TypeDefinitionNode {
  const lives = ({ name: { value } }: NamedTypeNode): boolean => alive.has(value) || builtIn.has(value);
  if (namesIn(type).every((name) => alive.has(name) || builtIn.has(name))) return type;
  if (type.kind === Kind.UNION_TYPE_DEFINITION) return { ...type, types: (type.types ?? []).filter(lives) };
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    return withInputs(type, (field) => lives(named(field.type)));
  }
  if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return type;
  const fields = (type.fields ?? [])
    .filter((field) => lives(named(field.type)))
    .flatMap((field) => withArguments(field, (argument) => lives(named(argument.type))));
  return { ...type, fields, interfaces: (type.interfaces ?? []).filter(lives) };
}

function namesIn(type: TypeDefinitionNode): string[] {
  const names: string[] = [];
  visit(type, { NamedType: ({ name }) => void names.push(name.value) });
  return names;
}

function named(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : named(type.type);
}

function implementersOf(types: Iterable<TypeDefinitionNode>): ReadonlyMap<string, readonly string[]> {
  const implementers = new Map<string, string[]>();
  for (const type of types) {
    if (!('interfaces' in type)) continue;
    for (const { name } of type.interfaces ?? []) {
      implementers.set(name.value, [...(implementers.get(name.value) ?? []), type.name.value]);
    }
  }
  return implementers;
}
