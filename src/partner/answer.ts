/** One call in, one answer out: check, parse, execute, mask. */
import type { IncomingHttpHeaders } from 'node:http';
import { execute, GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { faultCodes, type FaultCode } from '../fault/index.js';
import type { GrantClaims } from '../partition/index.js';
import type { CallCheck } from './callCheck.js';
import { depthOf } from './depth.js';
import { faultError, shownError } from './maskError.js';
import type { LoggedRequest, RequestLog } from './requestLog.js';

/** A call as it came in over HTTP. */
export interface PartnerCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP status with a JSON body. */
export interface PartnerAnswer {
  readonly status: number;
  readonly body: string;
}

/** The parts that answer a call. */
export interface Answering {
  readonly schema: GraphQLSchema;
  readonly check: CallCheck;
  readonly contextOf: (grant: GrantClaims) => object;
  readonly requests: RequestLog;
}

/** What the gateway never exceeds by far; more is somebody else, or a mistake. */
const limits = { tokens: 20_000, depth: 40 } as const;

const requestShape = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

type GraphqlRequest = z.infer<typeof requestShape>;

/** The function that answers calls, and logs each of them, refused ones too. Never rejects. */
export function createAnswer(parts: Answering): (call: PartnerCall) => Promise<PartnerAnswer> {
  const documents = new LRUCache<string, DocumentNode | PartnerAnswer>({ max: 500 });
  return async (call) => {
    const request = parseRequest(call.body);
    const answer = await answerCall(parts, documents, { call, request });
    parts.requests.add(loggedFrom(request, answer.status));
    return answer;
  };
}

/** The log's entry for a body that was answered otherwise, such as by a sandbox's fault. */
export function loggedRequest(body: string, status: number): LoggedRequest {
  return loggedFrom(parseRequest(body), status);
}

function loggedFrom(request: GraphqlRequest | undefined, status: number): LoggedRequest {
  return { query: request?.query ?? null, variables: request?.variables ?? null, status };
}

/** An answer that refuses the call as a whole. */
export function refusal(code: FaultCode): PartnerAnswer {
  return { status: faultCodes[code].status, body: JSON.stringify({ errors: [shownError(faultError(code))] }) };
}

interface Incoming {
  readonly call: PartnerCall;
  readonly request: GraphqlRequest | undefined;
}

async function answerCall(
  parts: Answering,
  documents: LRUCache<string, DocumentNode | PartnerAnswer>,
  { call, request }: Incoming,
): Promise<PartnerAnswer> {
  const grant = await parts.check(call.headers, call.body).catch(() => undefined);
  if (grant === undefined) return refusal('UNAUTHENTICATED');
  if (request === undefined) return refusal('BAD_REQUEST');
  const document = documents.get(request.query) ?? prepare(parts.schema, request.query);
  documents.set(request.query, document);
  if ('status' in document) return document;
  return run(parts, { document, request, grant });
}

function parseRequest(body: string): GraphqlRequest | undefined {
  try {
    return requestShape.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function prepare(schema: GraphQLSchema, query: string): DocumentNode | PartnerAnswer {
  try {
    const document = parse(query, { maxTokens: limits.tokens, noLocation: true });
    if (depthOf(document) > limits.depth) return refusal('OPERATION_TOO_LARGE');
    return validate(schema, document).length === 0 ? document : refusal('GRAPHQL_VALIDATION_FAILED');
  } catch {
    return refusal('GRAPHQL_PARSE_FAILED');
  }
}

async function run(
  { schema, contextOf }: Answering,
  { document, request, grant }: { document: DocumentNode; request: GraphqlRequest; grant: GrantClaims },
): Promise<PartnerAnswer> {
  try {
    const { data, errors } = await execute({
      schema,
      document,
      contextValue: contextOf(grant),
      variableValues: request.variables,
      operationName: request.operationName,
    });
    if (data === undefined) return refusal('BAD_USER_INPUT');
    const shown = errors?.map(shownError);
    return { status: 200, body: JSON.stringify(shown ? { data, errors: shown } : { data }) };
  } catch (error) {
    return refusal(error instanceof GraphQLError ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR');
  }
}
