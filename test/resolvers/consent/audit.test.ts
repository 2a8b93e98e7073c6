import { beforeEach, describe, expect, test } from '@jest/globals';
import { rollOf } from '../../../src/consent/index.js';
import { createMemoryJournal } from '../../../src/receipt/index.js';
import { makeEntry } from '../../receipt/makeEntry.js';
import { at, listAt, type GrantFacts } from '../platform/call.js';
import { createCutPager } from '../../../resolvers/platform/page.js';
import { as, createBench, idKey, type ConsentBench } from './consentSubgraph.js';

const auditor: GrantFacts = { aud: 'consent', purpose: 'COMPLIANCE_AUDIT', client: 'auditor', scope: [] };
const consents = `{ auditedConsents(first: 100) { edges { cursor node { pseudonym bank purpose categories state quarter } } } }`;
const receipts = `{ auditedReceipts { edges { node { pseudonym bank client purpose decision quarter count } } } }`;

let bench: ConsentBench;

beforeEach(async () => {
  bench = await createBench();
});

/** What the tests look at in a reduced record. */
interface Reduced {
  readonly pseudonym: string;
  readonly bank: string | null;
  readonly purpose: string;
  readonly quarter: string;
  readonly count?: string;
}

const nodes = async (query: string, facts: GrantFacts = auditor) => {
  const answer = await bench.run(facts, query);
  return listAt(answer, `${query === consents ? 'auditedConsents' : 'auditedReceipts'}.edges.*.node`) as Reduced[];
};

describe('an auditor', () => {
  test('is the only one who reads reduced records', async () => {
    for (const purpose of ['ACCOUNT_SERVICING', 'CONSENT_MANAGEMENT', 'ANALYTICS'] as const) {
      expect((await bench.run({ ...as('customer-1', purpose) }, consents)).data).toEqual({ auditedConsents: null });
    }
  });

  test('sees every consent under a pseudonym, and no id', async () => {
    const all = await nodes(consents);
    expect(all).toHaveLength(12);
    expect(JSON.stringify(all)).not.toMatch(/customer-|hb-|sm-|pr-|wl-|messenger/);
    expect(all).toContainEqual(
      expect.objectContaining({ bank: 'harbor', purpose: 'ACCOUNT_SERVICING', state: 'REVOKED', quarter: '2026-Q4' }),
    );
  });

  test('meets one customer under one pseudonym at a bank in a quarter, and another one at the next bank', async () => {
    const all = await nodes(consents);
    const at = (bank: string, purpose: string) =>
      all.filter((node) => node.bank === bank && node.purpose === purpose).map(({ pseudonym }) => pseudonym);
    const harbor = at('harbor', 'ACCOUNT_SERVICING');
    expect(new Set(harbor).size).toBe(3);
    expect(harbor).toContain(at('harbor', 'FRAUD_ALERTS')[0]);
    expect(harbor).not.toContain(at('summit', 'ACCOUNT_SERVICING')[0]);
  });

  test('shares no pseudonym with another auditor', async () => {
    const own = await nodes(consents);
    const others = await nodes(consents, { ...auditor, client: 'second-auditor' });
    const known = new Set(own.map(({ pseudonym }) => pseudonym));
    expect(others.some(({ pseudonym }) => known.has(pseudonym))).toBe(false);
  });

  test('sees receipts in groups, counted in buckets, by quarter', async () => {
    const spring = Date.parse('2026-04-02T00:00:00.000Z');
    await bench.journal.append([
      ...Array.from({ length: 10 }, () => makeEntry()),
      makeEntry({ at: spring }),
      makeEntry({ bank: 'union' }),
    ]);
    const groups = await nodes(receipts);
    const seen = groups.map(({ bank, quarter, count }) => [bank, quarter, count]);
    expect(seen).toHaveLength(3);
    expect(seen).toContainEqual(['harbor', '2026-Q4', 'TEN_TO_NINETY_NINE']);
    expect(seen).toContainEqual(['harbor', '2026-Q2', 'ONE_TO_NINE']);
    expect(seen).toContainEqual([null, '2026-Q4', 'ONE_TO_NINE']);
    expect(new Set(groups.map(({ pseudonym }) => pseudonym)).size).toBe(3);
  });

  test('sees a position with an error where a record cannot be read, and the records beside it', async () => {
    const roll = rollOf([
      ['one', { ...makeEntry(), quarter: '2026-Q4', count: 1 }],
      ['other', { ...makeEntry({ bank: 'summit' }), quarter: '2026-Q4', count: 1 }],
    ]);
    const entries: typeof roll.entries = async (names) =>
      new Map([...(await roll.entries(names))].map(([name, entry], index) => [name, index === 0 ? 'damaged' : entry]));
    bench = await createBench({ ...createMemoryJournal(), groups: async () => ({ ...roll, entries }) });
    const answer = await bench.run(auditor, receipts);
    expect(listAt(answer, 'auditedReceipts.edges.*.node').filter((node) => node !== null)).toHaveLength(1);
    expect(answer.errors).toMatchObject([
      { path: ['auditedReceipts', 'edges', 0, 'node'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });

  test('pages through all of it without loss', async () => {
    const query = `query ($after: String) {
      auditedConsents(first: 5, after: $after) { edges { node { pseudonym purpose } } pageInfo { hasNextPage endCursor } }
    }`;
    let after: unknown = null;
    let count = 0;
    for (let more: unknown = true; more;) {
      const answer = await bench.run(auditor, query, { after });
      count += listAt(answer, 'auditedConsents.edges').length;
      more = at(answer, 'auditedConsents.pageInfo.hasNextPage');
      after = at(answer, 'auditedConsents.pageInfo.endCursor');
    }
    expect(count).toBe(12);
  });

  test.each(['Zm9vYmFyYmF6', '12.1', `17.0.${'0'.repeat(32)}`, `1.2.${'0'.repeat(32)}`, `0.0.${'0'.repeat(31)}g`])(
    'is told that a cursor of another order, at %j, is none of this list',
    async (id) => {
      const cut = async () => ({ items: [{ id, node: {} }], hasMore: true });
      const { pageInfo } = await createCutPager(idKey)({ scope: ['auditedConsents', 'auditor'], cut }, {});
      const query = `query ($after: String) { auditedConsents(after: $after) { edges { cursor } } }`;
      const answer = await bench.run(auditor, query, { after: pageInfo.endCursor });
      expect(answer.errors).toMatchObject([{ path: ['auditedConsents'], extensions: { code: 'BAD_USER_INPUT' } }]);
    },
  );
});
