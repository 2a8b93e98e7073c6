/** HTTP answers as plain records, and the ones that faults become. */
import type { ServerResponse } from 'node:http';
import { ClientFault, faultCodes } from '../fault/index.js';

/** One complete HTTP answer. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Set where the request was not read to its end, so that the connection cannot be used again. */
  readonly closes?: boolean;
  /** The code of the fault that ended the request, for the log. */
  readonly code?: string;
}

/** The media types that a GraphQL answer can have. */
export type GraphqlMediaType = 'application/json' | 'application/graphql-response+json';

/** What every answer carries; nothing in it depends on who asks or on what was found. */
const baseHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** An answer with a JSON text. */
export function jsonAnswer(status: number, json: string, mediaType: GraphqlMediaType = 'application/json'): HttpAnswer {
  return { status, headers: { 'content-type': `${mediaType}; charset=utf-8` }, body: json };
}

/**
 * The answer to a request that failed as a whole: `{"errors":[{"message","extensions":{"code"}}]}` under the status of
 * the code. Anything but a {@link ClientFault} becomes INTERNAL_SERVER_ERROR with the code's own text.
 */
export function faultAnswer(error: unknown, mediaType: GraphqlMediaType = 'application/json'): HttpAnswer {
  const fault = error instanceof ClientFault ? error : new ClientFault('INTERNAL_SERVER_ERROR');
  const body = JSON.stringify({ errors: [{ message: fault.message, extensions: { code: fault.code } }] });
  const answer = jsonAnswer(faultCodes[fault.code].status, body, mediaType);
  return {
    ...answer,
    headers: fault.code === 'UNAUTHENTICATED' ? { ...answer.headers, 'www-authenticate': 'Bearer' } : answer.headers,
    closes: fault.code === 'PAYLOAD_TOO_LARGE',
    code: fault.code,
  };
}

/** Characters beyond which a text is encoded once, as Node would copy it to put the head in front. */
const longBody = 16 * 1024;

/** A long text as bytes; a text of ASCII alone, which most are, is copied as it lies in memory. */
function encoded(body: string | Buffer): string | Buffer {
  if (typeof body !== 'string' || body.length <= longBody) return body;
  return Buffer.from(body, Buffer.byteLength(body) === body.length ? 'latin1' : 'utf8');
}

/** Sends an answer, unless the client has gone. */
export function send(response: ServerResponse, answer: HttpAnswer): void {
  if (response.destroyed || response.headersSent) return;
  const body = encoded(answer.body);
  response.writeHead(answer.status, {
    ...baseHeaders,
    ...answer.headers,
    'content-length': Buffer.byteLength(body),
    ...(answer.closes && { connection: 'close' }),
  });
  response.end(body);
}

/**
 * The media type of the answer that an `accept` header asks for; `application/json` where it is absent or names
 * neither (GraphQL over HTTP, 5.2.1).
 */
export function negotiate(accept: string | undefined): GraphqlMediaType {
  if (!accept?.includes('graphql-response+json')) return 'application/json';
  const modern = quality(accept, 'application/graphql-response+json');
  return modern > 0 && modern >= quality(accept, 'application/json')
    ? 'application/graphql-response+json'
    : 'application/json';
}

function quality(accept: string, mediaType: string): number {
  for (const entry of accept.split(',')) {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    if (name !== mediaType) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0;
  }
  return 0;
}
