import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { covering } from '../../partner/caller.js';
import { parsed, visitBank, type Asking, type Visit } from './visit.js';

let bank: Visit;

beforeAll(async () => {
  bank = await visitBank();
});

afterEach(async () => {
  await fetch(`${bank.url}/__sandbox/fault`, { method: 'DELETE' });
});

afterAll(() => bank.close());

const asking: Asking = {
  grant: {
    purpose: 'ACCOUNT_SERVICING',
    sub: 'hb-20417',
    accounts: [covering('hb-20417-1', ['RELATIONSHIP', 'ACCOUNT_IDENTITY'])],
  },
  query: '{ account(id: "hb-20417-1") { __typename id kind } }',
};

const honest = { data: { account: { __typename: 'DepositAccount', id: 'hb-20417-1', kind: 'CHECKING' } } };

async function order(kind: string, ms = 0): Promise<number> {
  const body = JSON.stringify({ kind, ms });
  return (await fetch(`${bank.url}/__sandbox/fault`, { method: 'POST', body })).status;
}

async function logged(): Promise<{ count: number; requests: { query: string; variables: unknown; status: number }[] }> {
  return (await (await fetch(`${bank.url}/__sandbox/requests`)).json()) as Awaited<ReturnType<typeof logged>>;
}

describe("a sandbox's faults", () => {
  test('answer with errors that say too much', async () => {
    await order('error');
    expect(parsed(await bank.ask(asking)).errors?.[0]?.message).toMatch(/\d+\.\d\d/);
  });

  test('answer with something that is not JSON', async () => {
    await order('garbage');
    const answer = await bank.ask(asking);
    expect(() => parsed(answer)).toThrow(SyntaxError);
  });

  test('answer with wrong types and type names', async () => {
    await order('types');
    expect(parsed(await bank.ask(asking)).data).toEqual({ account: { __typename: 'Impostor', id: 12.3, kind: 12.3 } });
  });

  test('answer that there was too much asked, and when to come back', async () => {
    await order('throttle');
    const { status, headers } = await bank.ask(asking);
    expect([status, headers.get('retry-after')]).toEqual([429, '1']);
  });

  test('cut the connection', async () => {
    await order('down');
    await expect(bank.ask(asking)).rejects.toThrow('fetch failed');
  });

  test('leave a call without an answer', async () => {
    await order('hang');
    const response = fetch(`${bank.url}/graphql`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(100) });
    await expect(response).rejects.toThrow('timeout');
  });

  test('answer late, and honestly', async () => {
    await order('latency', 20);
    expect(parsed(await bank.ask(asking))).toEqual(honest);
  });

  test('end when they are taken back', async () => {
    await order('garbage');
    await fetch(`${bank.url}/__sandbox/fault`, { method: 'DELETE' });
    expect(parsed(await bank.ask(asking))).toEqual(honest);
  });

  test('are refused when nobody knows their kind', async () => {
    expect(await order('explode')).toBe(400);
    expect(await order('latency', -1)).toBe(400);
  });
});

describe("a sandbox's request log", () => {
  test('holds every request since the start: answered, refused and failed ones', async () => {
    const before = await logged();
    await bank.ask(asking);
    await bank.ask({ ...asking, wrong: { macOver: 'another body' } });
    await order('throttle');
    await bank.ask({ ...asking, variables: { a: 1 } });
    const { count, requests } = await logged();
    expect(count).toBe(before.count + 3);
    expect(requests.slice(-3)).toEqual([
      { query: asking.query, variables: {}, status: 200 },
      { query: asking.query, variables: {}, status: 401 },
      { query: asking.query, variables: { a: 1 }, status: 429 },
    ]);
  });
});
