/** Laws of what auditors page through, against a model that reads everything at once. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryRepository, isDisclosed, type Roll, rollOf, settle } from '../../src/consent/index.js';
import { categoriesOf, maskOf } from '../../src/policy/index.js';
import { createMemoryJournal, type Receipt } from '../../src/receipt/index.js';
import { auditedConsents, auditedReceipts, type Auditor } from '../../resolvers/consent/audit.js';
import { auditedPage, type AuditedPage, type AuditedRange } from '../../resolvers/consent/auditPage.js';
import type { ConsentParts } from '../../resolvers/consent/parts.js';
import { demoRegistry } from '../../resolvers/demo/registry.js';
import { createPseudonymizer } from '../../resolvers/platform/pseudonym.js';
import { makeConsent, noonMs } from '../consent/makeConsent.js';
import { makeEntry } from '../receipt/makeEntry.js';

const nameOf = createPseudonymizer('audit');
const agreements = demoRegistry();
const shownBank = (bank: string): string | null => (isDisclosed(agreements.agreement(bank)) ? bank : null);

const mostEntries = 500;

/** All pages one after the other, each of the next size. */
async function paged<Entry extends object>(
  page: (range: AuditedRange) => Promise<AuditedPage<Entry> | undefined>,
  sizes: readonly number[],
): Promise<readonly (Entry | 'damaged')[]> {
  const found: (Entry | 'damaged')[] = [];
  let after: string | undefined;
  for (let turn = 0; ; turn += 1) {
    const part = await page({ first: sizes[turn % sizes.length] ?? 1, after });
    if (!part) throw new RangeError('a page is not followed by its own last id');
    const { items, hasMore } = part;
    found.push(...items.map(({ entry }) => entry));
    after = items.at(-1)?.id ?? after;
    if (!hasMore) return found;
    if (found.length > mostEntries) throw new RangeError('the pages come to no end');
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
const auditorOf = (client: string): Auditor => ({ client, nameOf });

describe('an auditor’s pages', () => {
  const keys = fc.uniqueArray(fc.uuid({ version: 4 }), { maxLength: 120, size: 'max' });
  const rollIn = (ids: readonly string[]): Roll<{ readonly id: string }> => rollOf(ids.map((id) => [id, { id }]));
  const orderKeyOf = (client: string) => Buffer.from(nameOf('order', client), 'base64url');

  test('hold every entry once, in one order whatever their sizes', async () => {
    const law = fc.asyncProperty(keys, sizes, fc.integer({ min: 1, max: 60 }), async (ids, cut, leastInBlock) => {
      const list = (client: string, cuts: readonly number[]) =>
        paged((range) => auditedPage({ roll: rollIn(ids), orderKey: orderKeyOf(client), leastInBlock }, range), cuts);
      const whole = await list('one', [1000]);
      expect(sorted(whole)).toEqual(sorted(ids.map((id) => ({ id }))));
      expect(await list('one', cut)).toEqual(whole);
    });
    await fc.assert(law, { numRuns: 60 });
  });

  test('stand in another order for another auditor, in blocks and within one', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => String(index));
    for (const leastInBlock of [10, 1000]) {
      const list = (client: string) =>
        paged((range) => auditedPage({ roll: rollIn(ids), orderKey: orderKeyOf(client), leastInBlock }, range), [1000]);
      const [one, other] = [await list('one'), await list('other')];
      expect(other).not.toEqual(one);
      expect(sorted(other)).toEqual(sorted(one));
    }
  });

  test('hold what is there throughout exactly once, whatever comes and goes meanwhile', async () => {
    const law = fc.asyncProperty(fc.tuple(keys, keys, keys), sizes, async ([staying, coming, going], cut) => {
      let turn = 0;
      const page = (range: AuditedRange) => {
        const there = turn % 2 === 0 ? [...staying, ...going] : [...staying, ...coming];
        turn += 1;
        return auditedPage({ roll: rollIn(there), orderKey: orderKeyOf('one'), leastInBlock: 8 }, range);
      };
      const found = (await paged(page, cut)).map((entry) => (entry === 'damaged' ? entry : entry.id));
      expect(new Set(found).size).toBe(found.length);
      expect(found).toEqual(expect.arrayContaining([...staying]));
    });
    await fc.assert(law, { numRuns: 60 });
  });
});

describe('what an auditor pages through', () => {
  const entry = fc
    .record({
      customer: fc.constantFrom('customer-1', 'customer-2', undefined),
      bank: fc.constantFrom('harbor', 'summit', 'union', 'nowhere', undefined),
      client: fc.constantFrom('messenger', 'ads-engine'),
      purpose: fc.constantFrom('ACCOUNT_SERVICING', 'FRAUD_ALERTS', 'AD_TARGETING'),
      categories: fc.constantFrom(maskOf(['BALANCE']), maskOf(['BALANCE', 'TERMS'])),
      decision: fc.constantFrom('RELEASED', 'REFUSED'),
      at: fc.constantFrom(noonMs, Date.parse('2026-03-31T23:59:59.999Z'), Date.parse('2026-04-01T00:00:00.000Z')),
      count: fc.constantFrom(undefined, 9, 100),
    })
    .map(({ customer, bank, count, ...facts }) => {
      const { customer: _customer, bank: _bank, ...bare } = makeEntry(facts as never);
      return { ...bare, ...(customer && { customer }), ...(bank && { bank }), ...(count && { count }) };
    });

  test('is every group of equal receipts, as counting all of them at once gives them', async () => {
    const law = fc.asyncProperty(fc.array(entry, { maxLength: 80, size: 'max' }), sizes, async (entries, cut) => {
      const journal = createMemoryJournal();
      await journal.append(entries);
      const parts = { journal, agreements } as unknown as ConsentParts;
      const found = await paged((range) => auditedReceipts(auditorOf('auditor'), parts, range), cut);
      expect(sorted(found)).toEqual(sorted(groupsAtOnce(journal.all())));
    });
    await fc.assert(law, { numRuns: 60 });
  });

  test('is every consent, as reading all of them at once gives them', async () => {
    const consent = fc.record({
      id: fc.uuid({ version: 4 }),
      customer: fc.constantFrom('customer-1', 'customer-2'),
      bank: fc.constantFrom('harbor', 'union', 'nowhere'),
      state: fc.constantFrom('ACTIVE', 'REVOKED', 'AWAITING_BANK'),
      grantedAt: fc.constantFrom(noonMs, noonMs - 200 * 86_400_000, noonMs - 400 * 86_400_000),
    });
    const law = fc.asyncProperty(
      fc.uniqueArray(consent, { selector: ({ id }) => id, maxLength: 60, size: 'max' }),
      sizes,
      async (facts, cut) => {
        const consents = facts.map((own) => makeConsent(own as never));
        const parts = { repository: createMemoryRepository(consents), agreements, now: () => new Date(noonMs) };
        const found = await paged(
          (range) => auditedConsents(auditorOf('auditor'), parts as unknown as ConsentParts, range),
          cut,
        );
        const expected = consents
          .map((one) => settle(one, noonMs))
          .map(({ grantedAt, customer, bank, ...one }) => ({
            pseudonym: nameOf('customer', 'auditor', bank, quarterAtOnce(grantedAt), customer),
            bank: shownBank(bank),
            purpose: one.purpose,
            categories: categoriesOf(one.categories),
            state: one.state,
            quarter: quarterAtOnce(grantedAt),
          }));
        expect(sorted(found)).toEqual(sorted(expected));
      },
    );
    await fc.assert(law, { numRuns: 60 });
  });
});

/** Counts equal rows as they are shown. */
function groupsAtOnce(receipts: readonly Receipt[]): readonly object[] {
  const counts = new Map<string, number>();
  for (const { bank = '', customer = '', client, purpose, decision, categories, at, count = 1 } of receipts) {
    const quarter = quarterAtOnce(at);
    const pseudonym = nameOf('customer', 'auditor', bank, quarter, customer);
    const named = { pseudonym, bank: shownBank(bank), client, purpose, categories: categoriesOf(categories) };
    const key = JSON.stringify({ ...named, decision, quarter });
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const bucket = (count: number): string =>
    ['ONE_TO_NINE', 'TEN_TO_NINETY_NINE'][String(count).length - 1] ?? 'HUNDRED_OR_MORE';
  return [...counts].map(([key, count]) => ({ ...(JSON.parse(key) as object), count: bucket(count) }));
}

function quarterAtOnce(instant: number): string {
  const [year, month] = new Date(instant).toISOString().split('-');
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}
