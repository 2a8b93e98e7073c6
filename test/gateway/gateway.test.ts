import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Rendered } from '../../src/gateway/index.js';
import { codeOf, exchange, type Heard, type Running, startGateway } from './running.js';

const me = '{ me { id } }';

/** Everything but the time of the answer. */
function bytesOf({ status, headers, text }: Heard): string {
  const { date: _, ...rest } = headers;
  return JSON.stringify([status, Object.entries(rest).sort(), text]);
}

describe('a gateway', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startGateway({ settings: { allowedOrigins: ['https://app.example'] } });
  });
  afterAll(() => running.gateway.stop());

  test('hands the raw request to its stages', async () => {
    const body = {
      query: 'query A { me { id @skip(if: false) } } query B { me { id } }',
      operationName: 'B',
      variables: { x: 1 },
    };
    await exchange(running, { body });
    expect(running.runs.at(-1)).toMatchObject({
      view: 'first-party',
      source: body.query,
      operationName: 'B',
      variables: { x: 1 },
      principal: { clientId: 'messenger', customer: 'customer-1' },
    });
  });

  test('sends what the stages rendered, byte for byte', async () => {
    const text = '{"data":{"b":1,"a":"\\u00e9","__proto__":null}}';
    const exact = await startGateway({ run: async () => new Rendered(text) });
    expect((await exchange(exact, { body: { query: me } })).text).toBe(text);
    await exact.gateway.stop();
  });

  test('answers a query by GET', async () => {
    const path = `/graphql?query=${encodeURIComponent('query A { me { id } }')}&operationName=A&variables=%7B%22x%22%3A1%7D`;
    const heard = await exchange(running, { method: 'GET', path, headers: { 'apollo-require-preflight': 'true' } });
    expect(heard).toMatchObject({ status: 200, text: '{"data":{"me":null}}' });
    expect(running.runs.at(-1)).toMatchObject({ operationName: 'A', variables: { x: 1 } });
  });

  test('answers in the media type that was asked for', async () => {
    const accept = 'application/graphql-response+json, application/json;q=0.9';
    const heard = await exchange(running, { body: { query: me }, headers: { accept } });
    expect(heard.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    const other = await exchange(running, { body: { query: me }, headers: { accept: 'text/html' } });
    expect(other.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('lets a listed origin read, and no other', async () => {
    const from = (origin: string): Promise<Heard> => exchange(running, { method: 'OPTIONS', headers: { origin } });
    expect((await from('https://app.example')).headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      vary: 'origin',
    });
    expect((await from('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('says that it is well and which policy it applies', async () => {
    expect(await exchange(running, { method: 'GET', path: '/healthcheck' })).toMatchObject({
      status: 200,
      text: '{"status":"ok"}',
    });
    expect(await exchange(running, { method: 'GET', path: '/policy' })).toMatchObject({
      status: 200,
      text: '{"hash":"abc","approvals":[]}',
    });
  });

  test('has no page where no explorer is given', async () => {
    expect(codeOf(await exchange(running, { method: 'GET', path: '/' }))).toBe('NOT_FOUND');
  });

  test('sets no cookie and names no software', async () => {
    const { headers } = await exchange(running, { body: { query: me } });
    expect(Object.keys(headers).sort()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'date',
      'referrer-policy',
      'vary',
      'x-content-type-options',
    ]);
  });

  test('writes one line for a request, without its text, values or token', async () => {
    running.lines.length = 0;
    const query = 'query Balances { me { id } }';
    await exchange(running, { body: { query, operationName: 'Balances', variables: { secret: 'hunter2' } } });
    const line = JSON.parse(running.lines.at(-1) ?? '{}') as object;
    expect(line).toMatchObject({
      status: 200,
      client: 'messenger',
      purpose: 'ACCOUNT_SERVICING',
      operationName: 'Balances',
    });
    expect(JSON.stringify(line)).not.toMatch(/hunter2|servicing"|\{ me/);
  });

  test('logs no operation name that is not one', async () => {
    running.lines.length = 0;
    await exchange(running, { body: { query: me, operationName: 'card 4111 1111' } });
    expect(running.lines.join('')).not.toContain('4111');
  });
});

describe('a view without financial types', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startGateway();
  });
  afterAll(() => running.gateway.stop());
  const ask = (query: string, token = 'ads'): Promise<Heard> => exchange(running, { body: { query }, token });

  test('refuses a hidden field as it refuses one that never was, without a suggestion', async () => {
    const hidden = await ask('{ mee: me { id } }');
    const unknown = await ask('{ mee: mw { id } }');
    expect(codeOf(hidden)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(hidden.text.replace('"me\\"', '"mw\\"').replaceAll('me\\"', 'mw\\"')).toBe(unknown.text);
    expect((await ask('{ ap(id: 1) { id } }')).text).not.toContain('Did you mean');
    expect((await ask('{ app(id: 1) { nam } }')).text).not.toContain('Did you mean');
    expect((await ask('{ mee { id } }', 'servicing')).text).toContain('Did you mean');
    expect(running.runs).toHaveLength(0);
  });

  test('notes what a refused operation was after, and nothing of names that never were', async () => {
    running.lines.length = 0;
    running.wishes.length = 0;
    await ask('{ mw { balance } }');
    await ask('{ app(id: 1) { nam } }');
    await ask('{ me { balance } }');
    const wanted = ['Customer.balance', 'Query.me'];
    const refused = running.lines
      .map((line) => JSON.parse(line) as { msg: string })
      .filter(({ msg }) => msg === 'refused');
    expect(refused).toMatchObject([{ client: 'ads-engine', view: 'ads', wanted }]);
    expect(running.wishes).toMatchObject([{ principal: { clientId: 'ads-engine' }, wanted }]);
  });

  test('gives the same bytes each time', async () => {
    const texts = await Promise.all([ask('{ me { id } }'), ask('{ me { id } }'), ask('{ me { id } }')]);
    expect(new Set(texts.map(bytesOf)).size).toBe(1);
  });

  test('never answers from a document that another view has validated', async () => {
    await ask(me, 'servicing');
    expect(codeOf(await ask(me))).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('a document', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startGateway({ settings: { bodyLimitBytes: 256 * 1024, limits: { maxTokens: 10_000 } } });
  });
  afterAll(() => running.gateway.stop());

  test.each([
    ['of too many tokens', `{ ${'me '.repeat(20_000)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['of brackets in brackets', '{me'.repeat(50_000), 'OPERATION_TOO_LARGE'],
    ['of lists in lists', `{ app(id: ${'['.repeat(50_000)}`, 'OPERATION_TOO_LARGE'],
    ['of fragments in a long row', longRow(1000), 'GRAPHQL_VALIDATION_FAILED'],
    ['whose brackets hide behind a string', `{ app(id: "}}}") ${'{ a '.repeat(300)}`, 'OPERATION_TOO_LARGE'],
  ])('%s costs a code, not the process', async (_, query, code) => {
    expect(codeOf(await exchange(running, { body: { query } }))).toBe(code);
    expect((await exchange(running, { body: { query: me } })).status).toBe(200);
  });

  test('may hold brackets in strings and comments', async () => {
    const query = `{ app(id: "${'{['.repeat(300)}") { id } } # ${'{'.repeat(300)}`;
    expect((await exchange(running, { body: { query } })).status).toBe(200);
  });

  function longRow(count: number): string {
    const fragments = Array.from({ length: count }, (_, index) => `fragment f${index} on Query { ...f${index + 1} }`);
    return `{ ...f0 } ${fragments.join(' ')} fragment f${count} on Query { nothing }`;
  }
});

describe('a start and a stop', () => {
  test('name the port that is taken and the key to change', async () => {
    const first = await startGateway();
    const second = startGateway({ settings: { listen: { port: first.gateway.port } } });
    await expect(second).rejects.toMatchObject({
      reason: 'PORT_IN_USE',
      message: expect.stringContaining('`PORT`') as unknown,
    });
    await first.gateway.stop();
  });

  test('refuse a policy that is not the pinned one', async () => {
    await expect(startGateway({ pinnedPolicyHash: 'def' })).rejects.toMatchObject({ reason: 'POLICY_HASH_MISMATCH' });
  });

  test('let a request under way finish', async () => {
    let release = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered = (): void => undefined;
    const underWay = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const running = await startGateway({
      async run() {
        entered();
        await asked;
        return new Rendered('{"data":null}');
      },
    });
    const heard = exchange(running, { body: { query: me } });
    await underWay;
    const stopped = running.gateway.stop();
    release();
    expect((await heard).text).toBe('{"data":null}');
    await stopped;
    await expect(exchange(running, { body: { query: me } })).rejects.toThrow('ECONNREFUSED');
  });

  test('tell the stages when a client has gone', async () => {
    let gone = (): void => undefined;
    const aborted = new Promise<void>((resolve) => {
      gone = resolve;
    });
    let entered = (): void => undefined;
    const underWay = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const running = await startGateway({
      async run({ signal }) {
        signal.addEventListener('abort', gone);
        entered();
        await aborted;
        return new Rendered('{"data":null}');
      },
    });
    const { host, port } = running.gateway;
    const headers = { 'content-type': 'application/json', authorization: 'Bearer servicing' };
    const request = httpRequest({ host, port, method: 'POST', path: '/graphql', headers });
    request.on('error', () => undefined);
    request.end(JSON.stringify({ query: me }));
    await underWay;
    request.destroy();
    await aborted;
    await running.gateway.stop();
  });
});
