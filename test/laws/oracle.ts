/** The one schema over the rows of a world, run by graphql-js: what every answer of the gateway is compared with. */
import { type DocumentNode, execute, type ExecutionResult, type GraphQLResolveInfo, Kind } from 'graphql';
import type { OneSchema } from './oneSchema.js';
import { type Choice, type Held, project, RowReader } from './reading.js';
import type { Row, SubgraphFacts, World } from './world.js';

/** The one answer, and what made requirements of selected fields fail on the way. */
export interface Expected {
  readonly result: ExecutionResult;
  /** Messages. */
  readonly failedRequirements: ReadonlySet<string>;
}

/** Answers an operation that is valid in the client's schema. */
export type Oracle = (document: DocumentNode, variables: Row) => Promise<Expected>;

/** The oracle of a world. */
export function oracleOf({ rows }: World, subgraphs: readonly SubgraphFacts[], { whole, client }: OneSchema): Oracle {
  const reader = new RowReader(rows);
  const requires = requirementsOf(subgraphs);
  const requirementOf = (typename: string, field: string): ReturnType<typeof requires.get> =>
    requires.get(`${typename}.${field}`) ??
    interfacesOf(whole, typename).flatMap((name) => requires.get(`${name}.${field}`) ?? [])[0];
  const read = (
    held: Held,
    field: string,
    { failed, ...choice }: Choice & { readonly failed: Set<string> },
  ): unknown => {
    const set = requirementOf(held.typename, field);
    if (!set) return reader.read(held, field, choice);
    const fieldOf = (row: Held, name: string, args: Choice['args']): unknown => read(row, name, { args, failed });
    try {
      return reader.read(held, field, { ...choice, required: project(held, set, { schema: whole, fieldOf }) });
    } catch (error) {
      failed.add(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  return async (document, variables) => {
    const isMutation = document.definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation',
    );
    let mutations = 0;
    const failed = new Set<string>();
    const result = await execute({
      schema: client,
      document,
      variableValues: variables,
      rootValue: reader.root(isMutation ? 'Mutation' : 'Query'),
      fieldResolver: (source: Held, ...[args, , { fieldName, parentType }]: [Row, unknown, GraphQLResolveInfo]) => {
        const before = parentType.name === 'Mutation' ? mutations++ : undefined;
        return read(source, fieldName, { args, failed, ...(before !== undefined && { before }) });
      },
      typeResolver: ({ typename }: Held) => typename,
    });
    return { result, failedRequirements: failed };
  };
}

function requirementsOf(subgraphs: readonly SubgraphFacts[]): ReadonlyMap<string, Parameters<typeof project>[1]> {
  const stated = subgraphs.flatMap(({ types }) =>
    [...types].flatMap(([type, { fields }]) =>
      [...fields].flatMap(([field, { requires }]) => (requires ? [[`${type}.${field}`, requires] as const] : [])),
    ),
  );
  return new Map(stated);
}

function interfacesOf(schema: OneSchema['whole'], typename: string): readonly string[] {
  const type = schema.getType(typename);
  return type && 'getInterfaces' in type ? type.getInterfaces().map(({ name }) => name) : [];
}
