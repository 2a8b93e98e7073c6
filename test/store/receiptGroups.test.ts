import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import {
  type DamagedReceipt,
  isDamaged,
  type ReceiptEntry,
  type ReceiptGroup,
  ReceiptTally,
} from '../../src/receipt/index.js';
import { type Database, eraseCustomer, type ReceiptStore, retainReceipts } from '../../src/store/index.js';
import { allOf } from '../consent/allOf.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { emptyEmbedded, emptyOnServer, type EmptyDatabase } from './databases.js';
import { allIn, keys, receiptStore, signing } from './receiptWorld.js';

const spring = Date.parse('2026-04-02T00:00:00.000Z');
const autumn = Date.parse('2026-11-15T00:00:00.000Z');

const sorted = (groups: readonly (ReceiptGroup | 'damaged')[]): string[] =>
  groups.map((group) => JSON.stringify(group === 'damaged' ? group : Object.entries(group).sort())).sort();

/** The groups as they come of reading every receipt. */
async function groupsOfAll(database: Database): Promise<string[]> {
  const tally = new ReceiptTally();
  const all = await allIn(database);
  for (const kept of all) if (!isDamaged(kept)) tally.add(kept);
  return sorted([...tally.groups().map(([, group]) => group), ...all.filter(isDamaged).map(() => 'damaged' as const)]);
}

const counted = async (store: ReceiptStore): Promise<string[]> => sorted(await allOf(await store.groups()));

/** Receipts of many customers, banks, quarters and decisions, some without a customer or a bank, some counted. */
function manyReceipts(): ReceiptEntry[] {
  return Array.from({ length: 2500 }, (_, index) => {
    const { customer: _customer, bank: _bank, ...bare } = makeEntry({ at: index % 7 === 0 ? spring : autumn });
    return {
      ...bare,
      ...(index % 11 !== 0 && { customer: `customer-${index % 40}` }),
      ...(index % 5 !== 0 && { bank: ['harbor', 'union'][index % 2] ?? '' }),
      ...(index % 3 === 0 && { decision: 'REFUSED' as const, count: index % 90 || 1 }),
    };
  });
}

describe.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)('groups of receipts, %s', (_kind, begin) => {
  let empty: EmptyDatabase;

  beforeEach(async () => {
    empty = await begin();
  });
  afterEach(() => empty.end());

  test('are what reading every receipt counts, also where two count at once and more is written meanwhile', async () => {
    const database = await empty.open();
    const [store, other] = [receiptStore(database), receiptStore(await empty.open())];
    const entries = manyReceipts();
    await store.append(entries.slice(0, 1900));
    const both = Promise.all([counted(store), counted(other)]);
    await other.append(entries.slice(1900));
    await both;
    const expected = await groupsOfAll(database);
    expect(await counted(store)).toEqual(expected);
    expect(await counted(other)).toEqual(expected);
    await Promise.all([store.close(), other.close()]);
  });

  test('lose what retention cuts off, and name nobody who was erased', async () => {
    const [database, owner] = [await empty.open(), await empty.open('owner')];
    const days = [spring, autumn].map((at) => receiptStore(database, { now: () => new Date(at) }));
    for (const store of days) {
      await store.append(manyReceipts());
      await counted(store);
      await store.close();
    }
    const before = await counted(receiptStore(database));
    await eraseCustomer(owner, keys, 'customer-3');
    const store = receiptStore(database);
    const erased = await counted(store);
    expect(erased).toHaveLength(before.length);
    expect(erased.join()).not.toContain('"customer-3"');
    expect(erased).toEqual(await groupsOfAll(database));
    const [cut] = await retainReceipts(owner, autumn, { signers: [signing.publicKey], keys });
    expect(cut?.removed).toBe(2500);
    await store.append(manyReceipts().slice(0, 5));
    expect(await counted(store)).toEqual(await groupsOfAll(database));
    await retainReceipts(owner, autumn + 1, { signers: [signing.publicKey], keys });
    expect(await counted(store)).toEqual(await groupsOfAll(database));
    await store.close();
  });

  test('stand for a receipt that cannot be read, and say where it is; the others are served', async () => {
    const [database, owner] = [await empty.open(), await empty.open('owner')];
    const unreadable: DamagedReceipt[] = [];
    const store = receiptStore(database, { onUnreadable: (receipt) => unreadable.push(receipt) });
    await store.append(
      Array.from({ length: 3 }, (_, index) => makeEntry({ at: autumn + index, requestId: String(index) })),
    );
    await sql`alter table ringfence_receipts disable trigger kept`.execute(owner.query);
    await sql`update ringfence_receipts set content = overlay(content placing '\\x00' from 40) where seq = 2`.execute(
      owner.query,
    );

    expect(await counted(store)).toEqual(await groupsOfAll(database));
    expect((await allOf(await store.groups())).filter((group) => group === 'damaged')).toHaveLength(1);
    expect(unreadable).toMatchObject([{ kind: 'damaged', chain: 1, seq: 2 }]);

    const all = await allIn(database);
    const page = await store.ofCustomer('customer-1', {}, { first: 10 });
    expect(page?.receipts.map((kept) => isDamaged(kept) || kept.requestId)).toEqual(['2', true, '0']);
    expect(page?.receipts[1]).toEqual(all[1]);
    const [last, damaged] = page?.receipts ?? [];
    const behind = await store.ofCustomer('customer-1', {}, { first: 10, after: damaged?.id ?? '' });
    expect(behind?.receipts).toEqual(page?.receipts.slice(2));
    const narrowed = await store.ofCustomer(
      'customer-1',
      { client: 'messenger' },
      { first: 10, after: last?.id ?? '' },
    );
    expect(narrowed?.receipts).toEqual(page?.receipts.slice(2));
    // One that was written for another place.
    await sql`insert into ringfence_receipts select chain, 4, at, customer, content, hash from ringfence_receipts
      where seq = 1`.execute(owner.query);
    expect((await allIn(database)).map(isDamaged)).toEqual([false, true, false, true]);
    expect(await counted(store)).toEqual(await groupsOfAll(database));
    await store.close();
  });

  test('are refused with STALE while too many are not counted yet, and are there once they are', async () => {
    const database = await empty.open();
    const hasty = receiptStore(database, { countingPatience: async () => undefined });
    await hasty.append(manyReceipts());
    await expect(hasty.groups()).rejects.toMatchObject({ code: 'STALE' });
    expect(await counted(receiptStore(database))).toEqual(await groupsOfAll(database));
    await hasty.close();
  });
});
