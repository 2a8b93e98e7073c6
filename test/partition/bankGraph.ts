/** Partners in one process: the contract run by graphql-js over rows that a test states. */
import { type DocumentNode, execute, extendSchema, type GraphQLSchema, parse } from 'graphql';
import {
  contractSchema,
  type GrantClaims,
  grantHeaders,
  type LeaveRefusal,
  type PartnerMessage,
} from '../../src/partition/index.js';
import { plainSubgraph, type SubgraphPort } from '../../src/plan/index.js';

/** A row of a partner; interfaces are told apart by `__typename`. */
export type Row = Readonly<Record<string, unknown>>;

/** What one partner knows: root fields, mutations, and entities by type. */
export interface PartnerRows {
  readonly roots?: Row;
  readonly mutations?: Row;
  readonly entities?: Readonly<Record<string, (representation: Row) => unknown>>;
}

/** One request that a partner received. */
export interface Received {
  readonly bank: string;
  readonly query: string;
  readonly variables: Row;
}

/** The contract with the machinery of a subgraph, ready to run. */
export function runnable(document: DocumentNode): GraphQLSchema {
  const contract = contractSchema(document);
  const members = Object.values(contract.getTypeMap())
    .filter(({ astNode }) => astNode?.kind === 'ObjectTypeDefinition')
    .filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === 'key'))
    .map(({ name }) => name);
  const machinery =
    members.length === 0
      ? 'scalar _Any'
      : `scalar _Any union _Entity = ${members.join(' | ')}
         extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`;
  const withQuery = contract.getQueryType()
    ? contract
    : extendSchema(contract, parse('extend schema { query: Query } type Query { _: Int }'), { assumeValid: true });
  return extendSchema(withQuery, parse(machinery), { assumeValid: true });
}

/** Runs one request; the text of the answer. */
export async function answerOf(
  schema: GraphQLSchema,
  rows: PartnerRows,
  body: string,
): Promise<Record<string, unknown>> {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Row };
  const entities = ({ representations }: { representations: readonly Row[] }): unknown =>
    representations.map((representation) => {
      const __typename = String(representation['__typename']);
      const row = rows.entities?.[__typename]?.(representation);
      return typeof row === 'object' && row !== null ? { __typename, ...row } : (row ?? null);
    });
  const document = parse(query);
  const isWrite = document.definitions.some((one) => 'operation' in one && one.operation === 'mutation');
  const rootValue = isWrite ? rows.mutations : { ...rows.roots, _entities: entities };
  const { data, errors } = await execute({ schema, document, rootValue, variableValues: variables });
  return { data, ...(errors && { errors: errors.map((error) => error.toJSON()) }) };
}

/** Notes what a message asks. */
export function received({ bank, body }: PartnerMessage): Received {
  return { bank, ...(JSON.parse(body) as { query: string; variables: Row }) };
}

/** The accounts that a request's grant lists. */
export function grantedBy(headers: Readonly<Record<string, string>>): ReadonlySet<string> {
  const [, claims = ''] = (headers[grantHeaders.authorization] ?? '').split('.');
  const { accounts } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as GrantClaims;
  return new Set(accounts === 'all' ? [] : accounts.map(({ reference }) => reference));
}

/** Why a message may not go, asked as the transport does once a connection is there. */
export async function refusalOf(
  message: PartnerMessage,
  headers: Readonly<Record<string, string>>,
): Promise<LeaveRefusal | undefined> {
  const leave = message.leave(headers);
  if (leave.kind === 'unread') return (await leave.read) ?? refusalOf(message, headers);
  return leave.kind === 'refused' ? leave.code : undefined;
}

/** A subgraph of the platform, asked in this process. */
export function platformPort(schema: GraphQLSchema | undefined, rows: PartnerRows = {}): SubgraphPort {
  return plainSubgraph({
    errorText: 'dropped',
    send: async (body) => {
      if (!schema) throw new Error('no contract');
      return { kind: 'answer', bytes: Buffer.from(JSON.stringify(await answerOf(schema, rows, body))) };
    },
  });
}
