/** A subgraph of a case: its SDL as its author wrote it and its data → a server run by graphql-js that trusts nobody. */
import {
  buildASTSchema,
  type DirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';

/** What one object answers; a function is a resolver and gets its arguments, then the object with its representation. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows by type: one of `Query` and `Mutation`, and the entities, found by their keys or computed by a function. */
export type SubgraphData = Readonly<Record<string, Row | readonly Row[] | ((representation: Row) => unknown)>>;

/** What each subgraph of a case answers; `down` answers nothing at all. */
export type CaseData = Readonly<Record<string, SubgraphData | 'down'>>;

/** A field that fails. */
export function failing(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

/** A request as it came over the wire. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Row;
}

/** A server in process. */
export interface CaseSubgraph {
  /** The answer as it would go over the wire; a request that it does not understand is refused and complained of. */
  readonly answer: (request: SubgraphRequest) => Promise<unknown>;
  readonly complaints: string[];
}

/** Runs a subgraph over its data. */
export function caseSubgraph(sdl: string, data: SubgraphData): CaseSubgraph {
  const document = parse(sdl);
  const schema = executableSchema(document);
  const complaints: string[] = [];
  const entities: Entities = { keys: keysOf(document), data, complaints };
  const answer = async ({ query, variables }: SubgraphRequest): Promise<unknown> => {
    const asked = parse(query);
    const errors = validate(schema, asked);
    complaints.push(...errors.map(({ message }) => `${message} in ${query}`), ...unused(asked, variables));
    if (errors.length > 0) return { errors };
    const roots = data[isMutation(asked) ? 'Mutation' : 'Query'] as Row | undefined;
    const rootValue = { ...roots, _entities: entityField(entities) };
    return execute({ schema, document: asked, rootValue, variableValues: variables, fieldResolver });
  };
  return { answer, complaints };
}

/** Values of variables that the document does not declare: they are nobody's business here. */
function unused({ definitions }: DocumentNode, variables: Row = {}): string[] {
  const declared = definitions.flatMap((part) =>
    part.kind === Kind.OPERATION_DEFINITION
      ? (part.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
      : [],
  );
  return Object.keys(variables)
    .filter((name) => !declared.includes(name))
    .map((name) => `nobody asked for \`$${name}\``);
}

function isMutation({ definitions }: DocumentNode): boolean {
  return definitions.some((part) => part.kind === Kind.OPERATION_DEFINITION && part.operation === 'mutation');
}

const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (...[source, args, , { fieldName }]) => {
  if (typeof source !== 'object' || source === null) return undefined;
  const value = (source as Row)[fieldName];
  return typeof value === 'function' ? (value as (args: unknown, source: unknown) => unknown)(args, source) : value;
};

/** The SDL with what every subgraph library adds, and with lone extensions, as Federation 1 has them, made definitions. */
function executableSchema({ kind, definitions }: DocumentNode): GraphQLSchema {
  const whole = definitions.map(definitionIn(definitions)).filter(({ kind: each }) => each !== Kind.SCHEMA_EXTENSION);
  const query = rootNameOf(definitions);
  const hasQuery = whole.some((part) => nameOf(part) === query);
  const members = [...keysOf({ kind, definitions }).keys()].filter((name) => isObject(whole, name));
  const added = members.length > 0 ? entitySdl(members, `${hasQuery ? 'extend ' : ''}type ${query}`) : '';
  const extra = parse(`scalar _Any scalar FieldSet scalar _FieldSet ${added}`).definitions;
  return buildASTSchema({ kind, definitions: [...whole, ...extra] }, { assumeValidSDL: true });
}

function entitySdl(members: readonly string[], query: string): string {
  return `union _Entity = ${members.join(' | ')} ${query} { _entities(representations: [_Any!]!): [_Entity]! }`;
}

function rootNameOf(definitions: readonly DefinitionNode[]): string {
  const types = definitions.flatMap((part) => (part.kind === Kind.SCHEMA_DEFINITION ? part.operationTypes : []));
  return types.find(({ operation }) => operation === 'query')?.type.name.value ?? 'Query';
}

/** An extension becomes a definition when it is the first of a type that has none. */
function definitionIn(all: readonly DefinitionNode[]): (part: DefinitionNode, index: number) => DefinitionNode {
  return (part, index) => {
    if (part.kind !== Kind.OBJECT_TYPE_EXTENSION && part.kind !== Kind.INTERFACE_TYPE_EXTENSION) return part;
    const namesakes = all.filter((other) => nameOf(other) === part.name.value);
    const isBased = namesakes.some(({ kind }) => !kind.endsWith('Extension'));
    if (isBased || namesakes[0] !== all[index]) return part;
    const isInterface = part.kind === Kind.INTERFACE_TYPE_EXTENSION;
    return { ...part, kind: isInterface ? Kind.INTERFACE_TYPE_DEFINITION : Kind.OBJECT_TYPE_DEFINITION };
  };
}

function nameOf(part: DefinitionNode): string | undefined {
  return 'name' in part ? part.name?.value : undefined;
}

function isObject(definitions: readonly DefinitionNode[], name: string): boolean {
  return definitions.some((part) => part.kind === Kind.OBJECT_TYPE_DEFINITION && part.name.value === name);
}

type Keys = ReadonlyMap<string, readonly SelectionSetNode[]>;

interface Entities {
  readonly keys: Keys;
  readonly data: SubgraphData;
  readonly complaints: string[];
}

/** The keys by which a subgraph resolves its types, whatever name it imports `@key` by. */
function keysOf({ definitions }: DocumentNode): Keys {
  const keys = new Map<string, readonly SelectionSetNode[]>();
  for (const part of definitions) {
    const name = nameOf(part);
    if (name === undefined || !('directives' in part)) continue;
    const own = (part.directives ?? []).filter(isResolvableKey).map((directive) => fieldSetOf(directive));
    if (own.length > 0) keys.set(name, [...(keys.get(name) ?? []), ...own]);
  }
  return keys;
}

function isResolvableKey({ name, arguments: given }: DirectiveNode): boolean {
  const off = given?.some(
    (each) => each.name.value === 'resolvable' && each.value.kind === Kind.BOOLEAN && !each.value.value,
  );
  return /(^|__)(key|primaryKey)$/.test(name.value) && !off;
}

function fieldSetOf({ arguments: given }: DirectiveNode): SelectionSetNode {
  const fields = given?.find(({ name }) => name.value === 'fields')?.value;
  const [definition] = parse(`{${fields?.kind === Kind.STRING ? fields.value : ''}}`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a key is not a field set');
  return definition.selectionSet;
}

function entityField(entities: Entities): (args: { readonly representations: readonly Row[] }) => unknown[] {
  return ({ representations }) => representations.map((representation) => entityOf(representation, entities));
}

/** The entity that a representation names; one without a whole key of this subgraph is a mistake of the gateway. */
function entityOf(representation: Row, { keys, data, complaints }: Entities): unknown {
  const name = String(representation['__typename']);
  const given = (keys.get(name) ?? []).filter((key) => holds(representation, key));
  if (given.length === 0) complaints.push(`no key in the representation ${JSON.stringify(representation)}`);
  const source = data[name];
  const isIt = (row: Row): boolean => given.some((key) => agree(row, representation, key));
  const row = Array.isArray(source) ? (source as readonly Row[]).find(isIt) : computed(source, representation);
  return typeof row === 'object' && row !== null && !(row instanceof Error) ? { ...representation, ...row } : row;
}

/** What a function says of an entity; a failure is that entity's, as in the subgraph libraries, not its neighbours'. */
function computed(source: unknown, representation: Row): unknown {
  try {
    return typeof source === 'function' ? (source as (representation: Row) => unknown)(representation) : undefined;
  } catch (error) {
    return error;
  }
}

function fieldsOf(key: SelectionSetNode): readonly FieldNode[] {
  return key.selections.flatMap((part) =>
    part.kind === Kind.FIELD ? [part] : fieldsOf((part as { selectionSet: SelectionSetNode }).selectionSet),
  );
}

/** True when every leaf of the key is given and the key as a whole is not null. */
function holds(value: unknown, key: SelectionSetNode): boolean {
  if (Array.isArray(value)) return value.every((each) => holds(each, key));
  if (typeof value !== 'object' || value === null) return false;
  return fieldsOf(key).every(({ name, selectionSet }) => {
    const part = (value as Row)[name.value];
    return selectionSet ? holds(part, selectionSet) : part !== undefined && part !== null;
  });
}

function agree(row: unknown, representation: unknown, key: SelectionSetNode): boolean {
  if (typeof row !== 'object' || row === null) return false;
  return fieldsOf(key).every(({ name, selectionSet }) => {
    const [mine, given] = [row, representation].map((each) => (each as Row)[name.value]);
    return selectionSet ? agree(mine, given, selectionSet) : mine === given;
  });
}
