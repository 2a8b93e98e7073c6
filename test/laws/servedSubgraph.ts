/** A subgraph of a world → what answers its requests: graphql-js, which validates what it is asked. */
import {
  buildASTSchema,
  execute,
  type ExecutionResult,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { canonical, type Held, isOf, project, RowReader } from './reading.js';
import { isOverridden, type Row, type SubgraphFacts, type TypeFacts, type World } from './world.js';

const federation = parse(
  `scalar _Any
  directive @key(fields: String!, resolvable: Boolean) repeatable on OBJECT | INTERFACE
  directive @requires(fields: String!) on FIELD_DEFINITION
  directive @provides(fields: String!) on FIELD_DEFINITION
  directive @external on FIELD_DEFINITION | OBJECT
  directive @shareable repeatable on FIELD_DEFINITION | OBJECT
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM_VALUE
  directive @interfaceObject on OBJECT
  directive @override(from: String!, label: String) on FIELD_DEFINITION`,
  { noLocation: true },
);

/** How a breach begins that is no fault of the gateway. */
export const wrongWorld = 'the world is wrong';

/** What a subgraph was asked against its contract; each is a defect of the gateway. */
export type Breaches = string[];

/** A request as it arrives. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Row;
}

/** State of one operation that all subgraphs share. */
export interface Journal {
  mutations: number;
}

/** Answers requests of one operation after the other. */
export type Serve = (request: SubgraphRequest, journal: Journal, breaches: Breaches) => Promise<ExecutionResult>;

/** What a subgraph is served from. */
export interface ServedInput {
  readonly facts: SubgraphFacts;
  readonly all: readonly SubgraphFacts[];
  readonly rows: World['rows'];
  /** The one schema, whole: which types stand behind an interface. */
  readonly whole: GraphQLSchema;
}

interface Asked {
  readonly journal: Journal;
  readonly breaches: Breaches;
}

/** Builds the subgraph's schema once. */
export function serveSubgraph(input: ServedInput): Serve {
  const schema = schemaOf(input.facts);
  const resolver = new SubgraphResolver(input, schema);
  return async ({ query, variables }, journal, breaches) => {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) {
      breaches.push(
        `${input.facts.name} does not understand ${query}: ${errors.map(({ message }) => message).join(' ')}`,
      );
      return { errors };
    }
    return execute({
      schema,
      document,
      ...(variables && { variableValues: variables }),
      contextValue: { journal, breaches } satisfies Asked,
      rootValue: resolver.rows.root(document.definitions.some(isMutation) ? 'Mutation' : 'Query'),
      fieldResolver: (source: Held, ...[args, asked, info]: [Row, Asked, GraphQLResolveInfo]) =>
        resolver.field({ source, args, asked, info }),
      typeResolver: (value: Held, asked: Asked) => resolver.typeOf(value, asked),
    });
  };
}

function isMutation(definition: { readonly kind: string; readonly operation?: string }): boolean {
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation';
}

function schemaOf({ document, types }: SubgraphFacts): GraphQLSchema {
  const entities = [...types].filter(([, { kind, keys }]) => kind !== 'interface' && keys.length > 0);
  const names = entities.map(([name]) => name).join(' | ');
  const query = types.has('Query') ? 'extend type Query' : 'type Query';
  const entityRoot = `union _Entity = ${names}\n${query} { _entities(representations: [_Any!]!): [_Entity]! }`;
  const emptyRoot = types.has('Query') ? '' : 'type Query { _service: String }';
  const added = [names === '' ? emptyRoot : entityRoot].flatMap((sdl) =>
    sdl === '' ? [] : parse(sdl, { noLocation: true }).definitions,
  );
  const definitions = [...federation.definitions, ...document.definitions, ...added];
  const extended = definitions.filter(({ kind }) => kind === Kind.OBJECT_TYPE_EXTENSION);
  const own = definitions
    .filter(({ kind }) => kind !== Kind.OBJECT_TYPE_EXTENSION)
    .map((definition) => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value !== 'Query') return definition;
      const fields = extended.flatMap((extension) =>
        extension.kind === Kind.OBJECT_TYPE_EXTENSION ? (extension.fields ?? []) : [],
      );
      return { ...definition, fields: [...(definition.fields ?? []), ...fields] };
    });
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: own }, { assumeValidSDL: true });
}

interface FieldCall {
  readonly source: Held;
  readonly args: Row;
  readonly asked: Asked;
  readonly info: GraphQLResolveInfo;
}

class SubgraphResolver {
  readonly rows: RowReader;

  constructor(
    private readonly input: ServedInput,
    private readonly schema: GraphQLSchema,
  ) {
    this.rows = new RowReader(input.rows);
  }

  field({ source, args, asked, info }: FieldCall): unknown {
    const { fieldName, parentType } = info;
    if (fieldName === '_entities') {
      return (args['representations'] as readonly Row[]).map((sent) => this.entity(sent, asked.breaches));
    }
    const required = this.required({ source, args, asked, info });
    const before = parentType.name === 'Mutation' ? asked.journal.mutations++ : undefined;
    return this.rows.read(source, fieldName, { args, required, ...(before !== undefined && { before }) });
  }

  typeOf({ typename }: Held, { breaches }: Asked): string {
    if (this.schema.getType(typename)) return typename;
    const objects = [...this.input.facts.types].filter(([, { kind }]) => kind === 'interfaceObject');
    const found = objects.find(([name]) => isOf(this.input.whole, typename, name))?.[0];
    if (found === undefined) breaches.push(`${wrongWorld}: a row of ${typename} where nobody knows it`);
    return found ?? typename;
  }

  /** What the field requires, as the gateway sent it. A field that this subgraph does not resolve is a breach. */
  private required({ source, asked, info }: FieldCall): unknown {
    const { facts, all } = this.input;
    const place = { subgraph: facts.name, type: info.parentType.name, field: info.fieldName };
    const field = facts.types.get(place.type)?.fields.get(place.field);
    if (!field) return undefined;
    const coordinate = `${place.subgraph}:${place.type}.${place.field}`;
    if (isOverridden(all, place)) asked.breaches.push(`${coordinate} is overridden, and was asked for`);
    if (field.external && !this.isProvided(info)) asked.breaches.push(`${coordinate} is external, and was asked for`);
    if (!field.requires) return undefined;
    const missing = (name: string): void => {
      asked.breaches.push(`${coordinate} was asked for without \`${name}\``);
    };
    return this.picked(source.representation ?? {}, field.requires, missing);
  }

  /** True where the field is part of a key, or where an edge on the way provides it. */
  private isProvided({ fieldName, parentType, path }: GraphQLResolveInfo): boolean {
    const { types } = this.input.facts;
    const names = (set: SelectionSetNode): boolean => JSON.stringify(set).includes(`"value":"${fieldName}"`);
    if ([...types.values()].some(({ keys }) => keys.some(({ selectionSet }) => names(selectionSet)))) return true;
    for (let at = path.prev; at; at = at.prev) {
      const edge = at.typename === undefined ? undefined : types.get(at.typename);
      if (edge && [...edge.fields.values()].some(({ provides }) => provides && names(provides))) return true;
    }
    return types.get(parentType.name)?.kind === 'interface';
  }

  private picked(sent: Row, set: SelectionSetNode, missing: (name: string) => void): Readonly<Record<string, unknown>> {
    const picked: Record<string, unknown> = {};
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const meets = isOf(this.input.whole, String(sent['__typename']), selection.typeCondition?.name.value);
        Object.assign(picked, meets ? this.picked(sent, selection.selectionSet, missing) : {});
        continue;
      }
      const name = selection.name.value;
      if (name === '__typename') continue;
      if (!Object.hasOwn(sent, name)) missing(name);
      const below = selection.selectionSet;
      picked[name] = pickValue(sent[name], (row) => (below ? this.picked(row, below, missing) : row));
    }
    return picked;
  }

  private entity(sent: Row, breaches: Breaches): unknown {
    const typename = String(sent['__typename']);
    const type = this.input.facts.types.get(typename);
    const keys = type?.keys.filter(({ resolvable }) => resolvable) ?? [];
    const found =
      type &&
      this.candidates(typename, type).find((held) => keys.some((key) => this.matches(held, sent, key.selectionSet)));
    if (!found) {
      breaches.push(`${this.input.facts.name} does not know the entity ${JSON.stringify(sent)}`);
      return null;
    }
    return { ...found, representation: sent };
  }

  private candidates(typename: string, { kind }: TypeFacts): readonly Held[] {
    if (kind === 'object') return this.rows.ofType(typename);
    const behind = Object.values(this.input.whole.getTypeMap()).filter(
      (type) => type instanceof GraphQLObjectType && isOf(this.input.whole, type.name, typename),
    );
    return behind.flatMap(({ name }) => this.rows.ofType(name));
  }

  private matches(held: Held, sent: Row, key: SelectionSetNode): boolean {
    let isWhole = true;
    const given = this.picked(sent, key, () => (isWhole = false));
    const fieldOf = (row: Held, field: string, args: Row): unknown => this.rows.read(row, field, { args });
    return isWhole && canonical(given) === canonical(project(held, key, { schema: this.input.whole, fieldOf }));
  }
}

function pickValue(value: unknown, ofRow: (row: Row) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => pickValue(item, ofRow));
  return typeof value === 'object' && value !== null ? ofRow(value as Row) : value;
}
