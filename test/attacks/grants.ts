/** threats.md, 41 and 47: grants replayed, widened or used elsewhere, and events that anyone could forge. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { GrantClaims } from '../../src/partition/index.js';
import { createSubgraph, startServer } from '../../src/partner/index.js';
import { createCaller, grantFor, policyHash, type Wrong } from '../partner/caller.js';
import type { Section } from './running.js';

const now = () => new Date('2026-11-22T12:00:00Z');
const sdl = `${readFileSync('schema/policy.graphql', 'utf8')}
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
type Query { app(id: ID! @data(category: APP_PUBLIC)): App @data(category: APP_PUBLIC) }
type App @key(fields: "id") { id: ID! @data(category: APP_PUBLIC) name: String @data(category: APP_PUBLIC) }`;
const body = JSON.stringify({ query: '{ app(id: "1") { name } }' });

interface Misuse {
  readonly grant?: Partial<GrantClaims>;
  readonly wrong?: Wrong;
  readonly sent?: string;
}

const misuses: readonly (readonly [string, Misuse])[] = [
  ['for another bank', { grant: { aud: 'harbor' } }],
  ['under another policy', { grant: { policy: 'another' } }],
  ['that is over', { grant: { exp: Math.floor(now().getTime() / 1000) - 1 } }],
  ['with another body', { sent: body.replace('"1', '"2') }],
  ['with a code over another body', { wrong: { macOver: '{}' } }],
  ['with a code under another key', { wrong: { macKey: Buffer.alloc(32) } }],
  ['sent an hour later', { wrong: { timeMs: now().getTime() - 3_600_000 } }],
  ['in the form of a token', { wrong: { typ: 'JWT' } }],
];

/** Attacks on classes 41 and 47. */
export const grantAttacks: Section = () => {
  const caller = createCaller(now);
  const kit = { name: 'apps', sdl, keys: caller.keys, agreement: 'none', policyHash, now } as const;
  const app = { id: '1', name: 'one' };
  const resolvers = { Query: { app: () => app }, App: { __resolveReference: () => app } };

  /** Statuses of the calls, one after the other, at a partner that knows none of them yet. */
  const statuses = async (calls: readonly { readonly headers: Record<string, string>; readonly sent: string }[]) => {
    const subgraph = createSubgraph({ ...kit, resolvers });
    const server = await startServer(0, (request, response) => subgraph.handle(request, response));
    const seen: number[] = [];
    for (const { headers, sent } of calls) {
      const url = `http://127.0.0.1:${server.port}/graphql`;
      seen.push((await fetch(url, { method: 'POST', headers, body: sent })).status);
    }
    await server.close();
    return seen;
  };
  const grant = (part: Partial<GrantClaims> = {}) => grantFor({ aud: 'apps', purpose: 'ANALYTICS', ...part }, now());

  test.each(misuses)('41 a grant %s opens nothing', async (_what, { grant: part, wrong, sent = body }) => {
    const headers = await caller.headers(grant(part), body, wrong);
    expect(await statuses([{ headers, sent }])).toEqual([401]);
  });

  test('41 a call that was answered is not answered again', async () => {
    const call = { headers: await caller.headers(grant(), body), sent: body };
    expect(await statuses([call, call])).toEqual([200, 401]);
  });

  test('41 a grant that was widened no longer bears its signature', async () => {
    const headers = await caller.headers(grant({ scope: [] }), body);
    const name = Object.keys(headers).find((key) => headers[key]?.startsWith('Bearer ')) ?? '';
    const [head, , signature] = (headers[name] ?? '').split('.');
    const wide = Buffer.from(JSON.stringify(grant({ accounts: 'all' }))).toString('base64url');
    expect(await statuses([{ headers: { ...headers, [name]: `${head}.${wide}.${signature}` }, sent: body }])).toEqual([
      401,
    ]);
  });

  test('47 events are published and heard in the store alone, where a notice says only that something changed', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const buses = /from '(?:@nats-io\/[\w-]+|ws|graphql-ws|graphql-sse|ioredis|redis|kafkajs|pg)'|text\/event-stream/;
    const using = files.filter((name) => buses.test(readFileSync(join('src', name), 'utf8')));
    expect(using.filter((name) => !name.startsWith('store/'))).toEqual([]);
  });
};
