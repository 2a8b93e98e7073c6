import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClientFault, InternalFault } from '../../src/fault/index.js';
import { codeOf, exchange, type Running, type Sent, startGateway } from './running.js';

let running: Running;
let failing: Running;

beforeAll(async () => {
  running = await startGateway();
  failing = await startGateway({
    run: async ({ operationName }) => {
      if (operationName === 'Fault') throw new ClientFault('BAD_USER_INPUT', '`$id` must be an id');
      throw operationName === 'Internal' ? new InternalFault('harbor says 12.30') : new Error('10.0.0.7 refused 99.99');
    },
  });
});

afterAll(async () => {
  await running.gateway.stop();
  await failing.gateway.stop();
});

/** What a socket hears that sends these bytes and waits for the end. */
function overSocket({ gateway }: Running, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(gateway.port, gateway.host, () => socket.write(bytes));
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

const me = '{ me { id } }';
const get = (search: string): string => `/graphql?${search}`;
const preflight = { 'apollo-require-preflight': 'true' };

describe('a request that is not well formed', () => {
  const cases: readonly [string, Sent, number, string][] = [
    ['broken json', { body: '{"query": "{ me' }, 400, 'BAD_REQUEST'],
    ['no body', { body: '' }, 400, 'BAD_REQUEST'],
    ['bytes that are not utf-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }, 400, 'BAD_REQUEST'],
    ['a body that is a string', { body: '"{ me { id } }"' }, 400, 'BAD_REQUEST'],
    ['a body that is null', { body: 'null' }, 400, 'BAD_REQUEST'],
    ['a batch', { body: [{ query: me }] }, 400, 'BAD_REQUEST'],
    ['an empty batch', { body: [] }, 400, 'BAD_REQUEST'],
    ['no query', { body: {} }, 400, 'BAD_REQUEST'],
    ['a query that is not text', { body: { query: { kind: 'Document' } } }, 400, 'BAD_REQUEST'],
    ['variables that are a list', { body: { query: me, variables: [] } }, 400, 'BAD_REQUEST'],
    ['variables that are text', { body: { query: me, variables: '{}' } }, 400, 'BAD_REQUEST'],
    ['an operation name that is a number', { body: { query: me, operationName: 1 } }, 400, 'BAD_REQUEST'],
    ['extensions that are text', { body: { query: me, extensions: 'x' } }, 400, 'BAD_REQUEST'],
    ['a persisted query', { body: { query: me, extensions: { persistedQuery: { version: 1 } } } }, 400, 'BAD_REQUEST'],
    [
      'a form',
      { body: 'query=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', { body: me, headers: { 'content-type': 'text/plain' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'another charset',
      { body: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a compressed body', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a body over the limit', { body: { query: `# ${'x'.repeat(4096)}` } }, 413, 'PAYLOAD_TOO_LARGE'],
    ['a body far over the limit', { body: Buffer.alloc(6 * 1024 * 1024, 0x20) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['no token', { body: { query: me }, token: null }, 401, 'UNAUTHENTICATED'],
    ['an unknown token', { body: { query: me }, token: 'forged' }, 401, 'UNAUTHENTICATED'],
    ['an unknown path', { method: 'GET', path: '/metrics' }, 404, 'NOT_FOUND'],
    ['a path outside', { method: 'GET', path: '/../package.json' }, 404, 'NOT_FOUND'],
    ['another method', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['a question across origins', { method: 'OPTIONS' }, 405, 'METHOD_NOT_ALLOWED'],
    [
      'a get that a page could send',
      { method: 'GET', path: get(`query=${encodeURIComponent(me)}`) },
      400,
      'BAD_REQUEST',
    ],
    [
      'a get with broken variables',
      { method: 'GET', headers: preflight, path: get('query=%7Bme%7Bid%7D%7D&variables=%7B') },
      400,
      'BAD_REQUEST',
    ],
    ['a get with two queries', { method: 'GET', headers: preflight, path: get('query=a&query=b') }, 400, 'BAD_REQUEST'],
    [
      'a get that writes',
      {
        method: 'GET',
        headers: preflight,
        path: get(`query=${encodeURIComponent('mutation { sendMessage(text: "x") }')}`),
      },
      405,
      'METHOD_NOT_ALLOWED',
    ],
    ['a document that does not parse', { body: { query: '{ me { id }' } }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a field that does not exist', { body: { query: '{ me { iban } }' } }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation name',
      { body: { query: `query A ${me}`, operationName: 'B' } },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'several operations and no name',
      { body: { query: `query A ${me} query B ${me}` } },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', { body: { query: 'subscription { paymentUpdated }' } }, 400, 'BAD_REQUEST'],
    ['brackets without end', { body: { query: '{me'.repeat(600) } }, 400, 'OPERATION_TOO_LARGE'],
  ];

  test.each(cases.map(([what, sent, status, code]) => ({ what, sent, status, code })))(
    'answers $what with its code',
    async ({ sent, status, code }) => {
      const before = running.runs.length;
      const heard = await exchange(running, sent);
      expect({ status: heard.status, code: codeOf(heard) }).toEqual({ status, code });
      expect(heard.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(running.runs.length).toBe(before);
    },
  );

  test('leaves the gateway answering', async () => {
    const heard = await exchange(running, { body: { query: me } });
    expect(heard).toMatchObject({ status: 200, text: '{"data":{"me":null}}' });
  });

  test('names the methods of a path that has others', async () => {
    const heard = await exchange(running, { method: 'DELETE' });
    expect(heard.headers['allow']).toBe('GET, POST');
  });

  test('asks for a bearer token where there is none', async () => {
    const heard = await exchange(running, { body: { query: me }, token: null });
    expect(heard.headers['www-authenticate']).toBe('Bearer');
  });

  test('does not read a body before it knows who asks', async () => {
    const heard = await exchange(running, { body: '{"query', token: null });
    expect(codeOf(heard)).toBe('UNAUTHENTICATED');
  });

  test('is answered even if it is not http', async () => {
    const text = await overSocket(running, 'nonsense\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 400 /);
    expect(text).toContain('"code":"BAD_REQUEST"');
  });

  test.each([
    ['a head', 'POST /graphql HTTP/1.1\r\nhost: bank\r\n'],
    [
      'a body',
      'POST /graphql HTTP/1.1\r\nhost: bank\r\nauthorization: Bearer servicing\r\ncontent-length: 9\r\n' +
        'content-type: application/json\r\n\r\n{',
    ],
  ])('that stops in the middle of %s is told that its time ran out, not that it is wrong', async (_what, begun) => {
    const slow = await startGateway({ settings: { requestTimeoutMs: 100 } });
    const text = await overSocket(slow, begun);
    await slow.gateway.stop();
    expect(text).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(text).toContain('"code":"REQUEST_TIMEOUT"');
    expect(text).toContain('connection: close');
  });

  test('that ends early aborts nothing else', async () => {
    await new Promise<void>((resolve) => {
      const { host, port } = running.gateway;
      const headers = {
        'content-type': 'application/json',
        'content-length': '100',
        authorization: 'Bearer servicing',
      };
      const request = httpRequest({ host, port, method: 'POST', path: '/graphql', headers });
      request.on('error', () => resolve());
      request.write('{', () => request.destroy());
      request.on('close', () => resolve());
    });
    expect((await exchange(running, { body: { query: me } })).status).toBe(200);
  });
});

describe('a request that fails in a stage', () => {
  const ask = (name: string): Sent => ({ body: { query: `query ${name} ${me}`, operationName: name } });

  test('has the code, text and status of a client fault', async () => {
    const heard = await exchange(failing, ask('Fault'));
    expect(heard.status).toBe(400);
    expect(JSON.parse(heard.text)).toEqual({
      errors: [{ message: '`$id` must be an id', extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test.each(['Internal', 'Unexpected'])('tells a client nothing of what is %s', async (name) => {
    const heard = await exchange(failing, ask(name));
    expect(heard.status).toBe(500);
    expect(JSON.parse(heard.text)).toEqual({
      errors: [{ message: 'something went wrong here', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
  });

  test('keeps the text of a foreign error out of the log', () => {
    const log = failing.lines.join('');
    expect(log).toContain('a request failed');
    expect(log).not.toContain('99.99');
  });
});
