/** An HTTP request for `/graphql` → the GraphQL call that it makes (GraphQL over HTTP, 5.3 and 5.4). */
import type { IncomingHttpHeaders } from 'node:http';
import { ClientFault } from '../fault/index.js';

/** A well-formed GraphQL call; whether its text parses is not known yet. */
export interface GraphqlCall {
  readonly method: 'GET' | 'POST';
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The query string without `?`; empty for POST. */
  readonly search: string;
}

/** Headers that a browser does not send across origins without asking first. */
const preflightHeaders = ['apollo-require-preflight', 'x-apollo-operation-name'];

/** Throws UNSUPPORTED_MEDIA_TYPE unless the headers announce a JSON body in UTF-8 without compression. */
export function requireJson(headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ClientFault('UNSUPPORTED_MEDIA_TYPE', 'the body must not be compressed');
  }
  if (!isJson(headers['content-type'])) throw new ClientFault('UNSUPPORTED_MEDIA_TYPE');
}

/** Throws unless a browser would have asked before it sent this GET across origins. */
export function requirePreflight(headers: IncomingHttpHeaders): void {
  const contentType = headers['content-type'];
  if (contentType !== undefined && !isJson(contentType)) throw new ClientFault('UNSUPPORTED_MEDIA_TYPE');
  if (contentType !== undefined || preflightHeaders.some((name) => headers[name])) return;
  throw new ClientFault('BAD_REQUEST', 'a GET request needs the header `apollo-require-preflight: true`');
}

/** The call in a POST body. Throws BAD_REQUEST for what is not one JSON object with a `query`. */
export function callOfBody(text: string): GraphqlCall {
  const body = parseJson(text, 'the body');
  if (Array.isArray(body)) throw new ClientFault('BAD_REQUEST', 'batches are not supported: send one operation');
  if (!isRecord(body)) throw new ClientFault('BAD_REQUEST', 'the body must be a JSON object');
  return callOf('POST', body, '');
}

/** The call in a query string. Throws BAD_REQUEST for what is not one. */
export function callOfSearch(search: string): GraphqlCall {
  const parameters = new URLSearchParams(search);
  const single = (name: string): string | undefined => {
    const values = parameters.getAll(name);
    if (values.length > 1) throw new ClientFault('BAD_REQUEST', `\`${name}\` may be given once`);
    return values[0];
  };
  const json = (name: string): unknown => {
    const text = single(name);
    return text === undefined ? undefined : parseJson(text, `\`${name}\``);
  };
  const members = {
    query: single('query'),
    operationName: single('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
  return callOf('GET', members, search);
}

function callOf(method: 'GET' | 'POST', members: Readonly<Record<string, unknown>>, search: string): GraphqlCall {
  const { query, operationName, variables, extensions } = members;
  if (isRecord(extensions) && 'persistedQuery' in extensions) {
    throw new ClientFault('BAD_REQUEST', 'persisted queries are not supported: send `query`');
  }
  if (typeof query !== 'string' || query.trim() === '') {
    throw new ClientFault('BAD_REQUEST', '`query` must be a string that holds an operation');
  }
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    throw new ClientFault('BAD_REQUEST', '`operationName` must be a string');
  }
  if (!isAbsent(variables) && !isRecord(variables)) {
    throw new ClientFault('BAD_REQUEST', '`variables` must be an object');
  }
  if (!isAbsent(extensions) && !isRecord(extensions)) {
    throw new ClientFault('BAD_REQUEST', '`extensions` must be an object');
  }
  return {
    method,
    query,
    search,
    ...(typeof operationName === 'string' && operationName !== '' && { operationName }),
    ...(isRecord(variables) && { variables }),
  };
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, so it is not kept as the cause.
    throw new ClientFault('BAD_REQUEST', `${place} is not valid JSON`);
  }
}

function isJson(contentType: string | undefined): boolean {
  const [essence, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return essence === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
