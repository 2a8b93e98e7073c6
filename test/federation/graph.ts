/** A federated graph in one process: real composition, planner, plan and serializer over subgraphs run by graphql-js. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { execute, type ExecutionResult, getVariableValues, type GraphQLSchema, parse, validate } from 'graphql';
import { admitOperation } from '../../src/authorize/index.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import {
  apiSchemaOf,
  compilePlan,
  createPlanner,
  type Exchange,
  plainSubgraph,
  type Planner,
  type PlannerOptions,
  printPlan,
  type SubgraphPort,
} from '../../src/plan/index.js';
import { compileSerializer } from '../../src/response/index.js';

const imports =
  '["@key", "@requires", "@provides", "@external", "@shareable", "@interfaceObject", "@inaccessible", "@override"]';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ${imports})\n`;

const directives = `
  scalar _Any
  directive @key(fields: String!, resolvable: Boolean) repeatable on OBJECT | INTERFACE
  directive @requires(fields: String!) on FIELD_DEFINITION
  directive @provides(fields: String!) on FIELD_DEFINITION
  directive @external on FIELD_DEFINITION | OBJECT
  directive @shareable repeatable on FIELD_DEFINITION | OBJECT
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM_VALUE
  directive @interfaceObject on OBJECT
  directive @override(from: String!, label: String) on FIELD_DEFINITION
`;

type Row = Readonly<Record<string, unknown>>;

/** A subgraph: its SDL without the federation link, the rows its root fields give, and its entities by type. */
export interface Subgraph {
  readonly sdl: string;
  readonly roots?: Row;
  readonly mutations?: Row;
  readonly entities?: Readonly<Record<string, (representation: Row) => unknown>>;
  /** Answers instead of the subgraph when it returns anything but undefined. */
  readonly instead?: (request: { readonly query: string }) => unknown;
}

/** One request that a subgraph received. */
export interface Asked {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Row;
}

/** A graph to ask, and what its subgraphs were asked. */
export interface Graph {
  readonly planner: Planner;
  readonly schema: GraphQLSchema;
  readonly ports: ReadonlyMap<string, SubgraphPort>;
  readonly asked: Asked[];
}

/** Composes subgraphs; a composition error is a mistake of the test. */
export function composeGraph(subgraphs: Readonly<Record<string, Subgraph>>, options: PlannerOptions = {}): Graph {
  const services = Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    typeDefs: parse(link + sdl),
    url: `http://${name}`,
  }));
  const composed = composeServices(services);
  if (compositionHasErrors(composed)) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const planner = createPlanner(composed.supergraphSdl, options);
  const asked: Asked[] = [];
  const ports = new Map(Object.entries(subgraphs).map(([name, subgraph]) => [name, portOf(name, subgraph, asked)]));
  return { planner, schema: apiSchemaOf(planner), ports, asked };
}

function portOf(name: string, subgraph: Subgraph, asked: Asked[]): SubgraphPort {
  const schema = schemaOf(subgraph);
  return plainSubgraph({
    errorText: 'kept',
    send: async (body) => {
      const request = JSON.parse(body) as { query: string; variables?: Row };
      asked.push({ subgraph: name, query: request.query, variables: request.variables ?? {} });
      const answer = subgraph.instead?.(request) ?? (await answerOf(schema, subgraph, request));
      return { kind: 'answer', bytes: Buffer.from(JSON.stringify(answer)) };
    },
  });
}

async function answerOf(
  schema: GraphQLSchema,
  { roots }: Subgraph,
  { query, variables }: { readonly query: string; readonly variables?: Row },
): Promise<ExecutionResult> {
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0)
    throw new Error(`a subgraph was asked what it does not understand: ${errors[0]?.message}\n${query}`);
  return execute({ schema, document, rootValue: roots, variableValues: variables });
}

function schemaOf({ sdl, mutations, entities = {} }: Subgraph): GraphQLSchema {
  const types = Object.keys(entities).filter((name) => new RegExp(`type ${name}\\b`).test(sdl));
  const entityRoot = `_entities(representations: [_Any!]!): [_Entity]!`;
  const query = /type Query\b/.test(sdl) ? 'extend type Query' : 'type Query';
  const entitySdl = types.length > 0 ? `union _Entity = ${types.join(' | ')}\n${query} { ${entityRoot} }` : '';
  const resolveEntity = (_: unknown, { representations }: { readonly representations: readonly Row[] }): unknown[] =>
    representations.map((representation) => entities[String(representation['__typename'])]?.(representation) ?? null);
  return makeExecutableSchema({
    typeDefs: [directives, sdl, entitySdl],
    resolvers: {
      ...(types.length > 0 && { Query: { _entities: resolveEntity } }),
      ...(mutations && { Mutation: mutations as never }),
    },
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
  });
}

/** What a client receives, and the plan behind it. */
export interface Outcome {
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly Row[] | undefined;
  readonly plan: string;
}

/** Asks the graph as a client would, in plain mode. */
export async function ask(graph: Graph, query: string, variables: Row = {}): Promise<Outcome> {
  const { schema, planner, ports } = graph;
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
  const authorized = admitOperation(parseOperation({ document, schema }, defaultOperationLimits));
  const compiled = await compilePlan({ authorized, planner, ports });
  const exchange = exchangeOf(schema, { operation: authorized.operation, variables });
  const text = compileSerializer(authorized, compiled)(await compiled.run(exchange), exchange);
  const { data, errors } = JSON.parse(text) as Pick<Outcome, 'data' | 'errors'>;
  return { text, data, errors, plan: printPlan(await compiled.nodeFor(exchange)) };
}

/** An exchange without a principal, its variables coerced. */
export function exchangeOf(
  schema: GraphQLSchema,
  {
    operation,
    variables,
  }: { readonly operation: ReturnType<typeof admitOperation>['operation']; readonly variables: Row },
): Exchange {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const signal = new AbortController().signal;
  return { requestId: 'r-1', variables: coerced, deadlineAt: Number.MAX_SAFE_INTEGER, signal, now: new Date(0) };
}
