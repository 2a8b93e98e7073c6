import { randomBytes, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { readFileSync } from 'node:fs';
import { ClientFault } from '../../src/fault/index.js';
import type { GrantClaims } from '../../src/partition/index.js';
import {
  createKeyBook,
  createSubgraph,
  startServer,
  type RunningServer,
  type Subgraph,
} from '../../src/partner/index.js';
import { createCaller, grantFor, policyHash, type Wrong } from './caller.js';

const noon = new Date('2026-11-22T12:00:00Z');
let now = noon;
const caller = createCaller(() => now);

const sdl = `${readFileSync('schema/policy.graphql', 'utf8')}
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
type Query { app(id: ID! @data(category: APP_PUBLIC)): App @data(category: APP_PUBLIC) }
type App @key(fields: "id") {
  id: ID! @data(category: APP_PUBLIC)
  name: String @data(category: APP_PUBLIC)
  publisher: String @data(category: APP_PUBLIC)
}`;

const resolvers = {
  Query: { app: (_root: unknown, { id }: { id: string }) => ({ id, name: `app ${id}` }) },
  App: {
    __resolveReference: ({ id }: { id: string }) => (id === 'unknown' ? null : { id, name: `app ${id}` }),
    publisher: (app: { id: string }) => {
      if (app.id === 'known fault') throw new ClientFault('BAD_USER_INPUT', 'no such publisher');
      throw new Error('select * from publishers where balance = 12.30');
    },
  },
};

let subgraph: Subgraph;
let server: RunningServer;

beforeAll(async () => {
  subgraph = createSubgraph({
    name: 'apps',
    sdl,
    resolvers,
    keys: caller.keys,
    agreement: 'none',
    policyHash,
    now: () => now,
    maxBodyBytes: 2000,
  });
  server = await startServer(0, (request, response) => subgraph.handle(request, response));
});

afterAll(() => server.close());

const ask = 'query ($id: ID!) { app(id: $id) { name } }';
const body = JSON.stringify({ query: ask, variables: { id: '1' } });

async function send(headers: Record<string, string>, sent = body): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}/graphql`, { method: 'POST', headers, body: sent });
}

const grant = (part: Partial<GrantClaims> = {}): GrantClaims =>
  grantFor({ aud: 'apps', purpose: 'ANALYTICS', ...part }, now);

async function statusOf(claims: GrantClaims, wrong: Wrong = {}): Promise<number> {
  return (await send(await caller.headers(claims, body, wrong))).status;
}

describe('a subgraph of the kit', () => {
  const nowS = Math.floor(noon.getTime() / 1000);
  const claimCases: readonly [string, Partial<Record<keyof GrantClaims, unknown>>][] = [
    ['for somebody else', { aud: 'harbor' }],
    ['of another issuer', { iss: 'somebody' }],
    ['that is over', { iat: nowS - 61, exp: nowS - 1 }],
    ['that begins later', { iat: nowS + 30, exp: nowS + 60 }],
    ['that lives longer than a minute', { exp: nowS + 61 }],
    ['under another policy', { policy: 'another-hash' }],
    ['of an unknown purpose', { purpose: 'CURIOSITY' }],
    ['with an unknown category', { scope: ['EVERYTHING'] }],
    ['with claims that nobody knows', { admin: true } as object],
    ['whose accounts are a word', { accounts: 'every' }],
  ];

  test.each(claimCases)('refuses a grant %s', async (_words, part) => {
    expect(await statusOf({ ...grant(), ...part } as GrantClaims)).toBe(401);
  });

  const callCases: readonly [string, Wrong][] = [
    ['whose grant is typed as another token', { typ: 'JWT' }],
    ['whose grant names an unknown key', { kid: 'grant-0' }],
    ['whose MAC is over another body', { macOver: body.replace('1', '2') }],
    ['whose MAC is made with another key', { macKey: randomBytes(32) }],
    ['that was sent more than a minute ago', { timeMs: noon.getTime() - 60_001 }],
    ['that will be sent in more than a minute', { timeMs: noon.getTime() + 60_001 }],
  ];

  test.each(callCases)('refuses a call %s', async (_words, wrong) => {
    expect(await statusOf(grant(), wrong)).toBe(401);
  });

  test('refuses a call without a grant, with the one code and nothing resolved, and logs it', async () => {
    const before = subgraph.requests.count;
    const response = await send({ 'content-type': 'application/json' });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(subgraph.requests.count).toBe(before + 1);
    expect(subgraph.requests.entries.at(-1)).toEqual({ query: ask, variables: { id: '1' }, status: 401 });
  });

  test('refuses a grant signed with a key of its own making', async () => {
    const stranger = createCaller(() => now);
    expect((await send(await stranger.headers(grant(), body))).status).toBe(401);
  });

  test('answers a nonce once', async () => {
    const headers = await caller.headers(grant(), body);
    expect((await send(headers)).status).toBe(200);
    expect((await send(headers)).status).toBe(401);
  });

  test('refuses the same body sent again under a grant that it was not bound to', async () => {
    const first = await caller.headers(grant(), body);
    const second = await caller.headers(grant(), body);
    expect((await send({ ...first, authorization: second['authorization'] ?? '' })).status).toBe(401);
  });

  test('forgets a verified grant once its time is over', async () => {
    const claims = grant();
    expect(await statusOf(claims)).toBe(200);
    now = new Date(noon.getTime() + 60_000);
    expect(await statusOf(claims)).toBe(401);
    now = noon;
  });

  test('answers a sound call, entities and its own SDL included', async () => {
    const query = `query ($of: [_Any!]!) { _service { sdl } _entities(representations: $of) { __typename ... on App { name } } }`;
    const representations = [
      { __typename: 'App', id: '7' },
      { __typename: 'App', id: 'unknown' },
      { __typename: 'Query' },
    ];
    const sent = JSON.stringify({ query, variables: { of: representations } });
    const response = await send(await caller.headers(grant(), sent), sent);
    expect(await response.json()).toEqual({
      data: { _service: { sdl }, _entities: [{ __typename: 'App', name: 'app 7' }, null, null] },
    });
  });

  test("shows a client fault's words and hides those of any other error", async () => {
    const query = '{ known: app(id: "known fault") { publisher } other: app(id: "1") { publisher } }';
    const sent = JSON.stringify({ query });
    const text = await (await send(await caller.headers(grant(), sent), sent)).text();
    const { data, errors } = JSON.parse(text) as { data: unknown; errors: { path: string[]; extensions: unknown }[] };
    expect(data).toEqual({ known: { publisher: null }, other: { publisher: null } });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'BAD_USER_INPUT' },
      { code: 'INTERNAL_SERVER_ERROR' },
    ]);
    expect(text).not.toContain('balance');
  });

  const bodies: readonly [string, string, number][] = [
    ['broken JSON', '{', 400],
    ['a list of requests', `[${body}]`, 400],
    ['a document that does not parse', '{"query":"{"}', 400],
    ['a field that does not exist', '{"query":"{ nothing }"}', 400],
    ['a missing variable', JSON.stringify({ query: ask }), 400],
    ['fragments in a circle', '{"query":"{ ...A } fragment A on Query { ...A }"}', 400],
    ['a body over the limit', JSON.stringify({ query: `{ app(id: "${'x'.repeat(3000)}") { name } }` }), 413],
  ];

  test.each(bodies)('refuses %s', async (_words, sent, status) => {
    expect((await send(await caller.headers(grant(), sent), sent)).status).toBe(status);
  });

  test('takes POST with JSON only', async () => {
    expect((await fetch(`http://127.0.0.1:${server.port}/graphql`)).status).toBe(405);
    expect((await send({ 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('accepts old and new keys while they rotate', async () => {
    const next = createCaller(() => now);
    const [nextKey] = next.keys.grantKeys;
    const keys = {
      grantKeys: [...caller.keys.grantKeys, { ...nextKey, kid: 'grant-2' } as JWK],
      macKeys: [...caller.keys.macKeys, ...next.keys.macKeys],
    };
    const rotating = createSubgraph({
      name: 'apps',
      sdl,
      resolvers,
      keys,
      agreement: 'none',
      policyHash,
      now: () => now,
    });
    const old = await rotating.answer({ headers: await caller.headers(grant(), body), body });
    const fresh = await rotating.answer({ headers: await next.headers(grant(), body, { kid: 'grant-2' }), body });
    expect([old.status, fresh.status]).toEqual([200, 200]);
  });

  test('refuses what was signed with a key from the moment it is taken away, verified before or not', async () => {
    const next = createCaller(() => now);
    const [nextKey] = next.keys.grantKeys;
    const fresh = { grantKeys: [{ ...nextKey, kid: 'grant-2' } as JWK], macKeys: next.keys.macKeys };
    const book = createKeyBook({ keys: caller.keys, now: () => now });
    const options = { name: 'apps', sdl, resolvers, agreement: 'none', policyHash, now: () => now } as const;
    const rotating = createSubgraph({ ...options, keys: book.keys });
    const claims = grant();
    const asked = async (by: typeof caller, wrong: Wrong = {}) =>
      (await rotating.answer({ headers: await by.headers(claims, body, wrong), body })).status;
    const both = async () => [await asked(caller), await asked(next, { kid: 'grant-2' })];
    expect(await both()).toEqual([200, 401]);
    book.replace({
      grantKeys: [...caller.keys.grantKeys, ...fresh.grantKeys],
      macKeys: [...caller.keys.macKeys, ...fresh.macKeys],
    });
    expect(await both()).toEqual([200, 200]);
    book.replace({ ...fresh, macKeys: [...caller.keys.macKeys, ...fresh.macKeys] });
    expect(await both()).toEqual([401, 200]);
  });

  test('is not made with a key that is not Ed25519, nor with a short MAC key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = { ...publicKey.export({ format: 'jwk' }), kid: 'rsa' } as JWK;
    const make = (keys: typeof caller.keys) => () =>
      createSubgraph({ name: 'apps', sdl, resolvers, keys, agreement: 'none', policyHash, now: () => now });
    expect(make({ ...caller.keys, grantKeys: [rsa] })).toThrow(TypeError);
    expect(make({ ...caller.keys, macKeys: [{ key: 'c2hvcnQ=' }] })).toThrow(TypeError);
  });
});
