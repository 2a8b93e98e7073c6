import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { PartnerKeys, RunningServer } from '../../../src/partner/index.js';
import { servedSubgraphs, startPlatform, type ServedSubgraph } from '../../../resolvers/platform/startPlatform.js';
import { callHeaders, keys, type GrantFacts } from './call.js';

const start = (salt: string, port = 0) =>
  startPlatform({
    port,
    schemaFolder: join(process.cwd(), 'schema'),
    keys: Object.fromEntries(servedSubgraphs.map((name) => [name, keys])) as Record<ServedSubgraph, PartnerKeys>,
    policyHash: 'policy',
    clockOffsetMs: 0,
    pairwiseKey: 'pairwise',
    salt,
  });

type Platform = Awaited<ReturnType<typeof start>>;
let platform: Platform;
let salted: Platform;

beforeAll(async () => {
  [platform, salted] = [await start(''), await start('pepper')];
  for (const one of [platform, salted]) one.hear({ disclosed: ['harbor', 'summit', 'prairie'] });
});

afterAll(async () => {
  await Promise.all([platform.close(), salted.close()]);
});

async function post({ port }: RunningServer, facts: GrantFacts, query: string): Promise<string> {
  const body = JSON.stringify({ query });
  const headers = { 'content-type': 'application/json', ...(await callHeaders(facts, body, new Date())) };
  return (await fetch(`http://127.0.0.1:${port}/${facts.aud}/graphql`, { method: 'POST', headers, body })).text();
}

const get = async (path: string) => fetch(`http://127.0.0.1:${platform.port}${path}`);

describe('the platform’s process', () => {
  test('answers nobody without a grant, and logs that they asked', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ app(id: "app-1") { name } }' });
    const url = `http://127.0.0.1:${platform.port}/apps/graphql`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
    const log = await (await get('/__sandbox/requests?subgraph=apps')).json();
    expect(log).toEqual({
      count: 1,
      requests: [{ query: '{ app(id: "app-1") { name } }', variables: null, status: 401 }],
    });
  });

  test('names the banks that are configured as public until it is told which it may name', async () => {
    const fresh = await start('');
    const banks = async () =>
      JSON.parse(await post(fresh, { aud: 'directory', purpose: 'ANALYTICS' }, '{ banks { id } }'));
    expect(await banks()).toEqual({ data: { banks: [{ id: 'harbor' }, { id: 'prairie' }, { id: 'summit' }] } });
    fresh.hear({ disclosed: ['harbor', 'union'] });
    expect(await banks()).toEqual({ data: { banks: [{ id: 'harbor' }, { id: 'union' }] } });
    await fresh.close();
  });

  test('takes no grant of one subgraph at another', async () => {
    const body = JSON.stringify({ query: '{ me { id } }' });
    const headers = await callHeaders({ aud: 'ads', purpose: 'AD_TARGETING' }, body, new Date());
    const url = `http://127.0.0.1:${platform.port}/directory/graphql`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    expect(answer.status).toBe(401);
  });

  test.each<[GrantFacts, string]>([
    [
      { aud: 'offers', purpose: 'ANALYTICS' },
      '{ merchantOffers { edges { cursor node { id merchant text validUntil } } } }',
    ],
    [{ aud: 'ads', purpose: 'AD_TARGETING' }, '{ adProfile(id: "ad-1") { interests locale } }'],
    [{ aud: 'apps', purpose: 'DATA_SALE' }, '{ app(id: "app-2") { name } }'],
    [
      { aud: 'directory', purpose: 'ANALYTICS', client: 'insights' },
      '{ me { id } banks { id name } bank(id: "union") { id } }',
    ],
    [
      { aud: 'directory', purpose: 'THIRD_PARTY_SHARING', client: 'partner-app', sub: 'customer-1' },
      '{ me { id displayName } }',
    ],
  ])('gives %j the same bytes under another salt', async (facts, query) => {
    const answer = await post(platform, facts, query);
    expect(answer).not.toContain('errors');
    expect(await post(salted, facts, query)).toBe(answer);
  });

  test.each([
    '/',
    '/consent/graphql',
    '/__sandbox/requests',
    '/__sandbox/requests?subgraph=consent',
    '/__proto__/graphql',
  ])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('does not start on a port that is taken', async () => {
    await expect(start('', platform.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
