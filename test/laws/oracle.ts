/** The one schema over the rows of a world, run by graphql-js: what every answer of the gateway is compared with. */
import { type DocumentNode, execute, type ExecutionResult, type GraphQLResolveInfo, Kind } from 'graphql';
import type { OneSchema } from './oneSchema.js';
import { type Choice, type Held, project, RowReader } from './reading.js';
import type { Row, SubgraphFacts, World } from './world.js';

/** Answers an operation that is valid in the client's schema. */
export type Oracle = (document: DocumentNode, variables: Row) => Promise<ExecutionResult>;

/** The oracle of a world. */
export function oracleOf({ rows }: World, subgraphs: readonly SubgraphFacts[], { whole, client }: OneSchema): Oracle {
  const reader = new RowReader(rows);
  const requires = requirementsOf(subgraphs);
  const requirementOf = (typename: string, field: string): ReturnType<typeof requires.get> =>
    requires.get(`${typename}.${field}`) ??
    interfacesOf(whole, typename).flatMap((name) => requires.get(`${name}.${field}`) ?? [])[0];
  const read = (held: Held, field: string, choice: Choice): unknown => {
    const set = requirementOf(held.typename, field);
    if (!set) return reader.read(held, field, choice);
    const fieldOf = (row: Held, name: string, args: Choice['args']): unknown => read(row, name, { args });
    return reader.read(held, field, { ...choice, required: project(held, set, { schema: whole, fieldOf }) });
  };
  return async (document, variables) => {
    const isMutation = document.definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation',
    );
    let mutations = 0;
    return execute({
      schema: client,
      document,
      variableValues: variables,
      rootValue: reader.root(isMutation ? 'Mutation' : 'Query'),
      fieldResolver: (source: Held, ...[args, , { fieldName, parentType }]: [Row, unknown, GraphQLResolveInfo]) => {
        const before = parentType.name === 'Mutation' ? mutations++ : undefined;
        return read(source, fieldName, { args, ...(before !== undefined && { before }) });
      },
      typeResolver: ({ typename }: Held) => typename,
    });
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
