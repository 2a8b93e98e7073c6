import { expect, test } from '@jest/globals';
import { type KyselyPlugin, sql } from 'kysely';
import { makeEntry } from '../receipt/makeEntry.js';
import { readable } from '../receipt/readable.js';
import { onEachDatabase } from './databases.js';
import { allIn, receiptStore } from './receiptWorld.js';

const first = { first: 100 };

onEachDatabase('receipts in the store', (open) => {
  test('come back whole, newest first, to their customer alone', async () => {
    const store = receiptStore(await open());
    const facts = { customer: 'whole', interactions: ['call-1'], consents: [{ id: 'consent-1', version: 2 }] };
    const { coordinates: _, ...kept } = makeEntry({ ...facts, at: 2 });
    await store.append([makeEntry({ ...facts, at: 1 }), makeEntry({ ...facts, at: 2 })]);
    await store.append([makeEntry({ customer: 'another' })]);
    const page = await store.ofCustomer('whole', {}, first);
    expect(readable(page?.receipts).map(({ at }) => at)).toEqual([2, 1]);
    expect(page?.receipts[0]).toEqual({ ...kept, id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await store.ofCustomer('nobody', {}, first)).toEqual({ receipts: [], hasMore: false });
    await store.close();
  });

  test('are paged by ids that name one customer’s receipts only', async () => {
    const store = receiptStore(await open());
    const numbered = Array.from({ length: 25 }, (_, at) => makeEntry({ customer: 'paged', at: Math.floor(at / 3) }));
    await store.append(numbered);
    await store.append([makeEntry({ customer: 'other pages' })]);
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.ofCustomer('paged', {}, { first: 7, ...(after !== undefined && { after }) });
      ids.push(...(page?.receipts.map(({ id }) => id) ?? []));
      after = page?.hasMore ? ids.at(-1) : undefined;
    } while (after !== undefined);
    expect(new Set(ids).size).toBe(25);
    const [theirs] = (await store.ofCustomer('other pages', {}, first))?.receipts ?? [];
    expect(await store.ofCustomer('paged', {}, { first: 1, after: theirs?.id ?? '' })).toBeUndefined();
    expect(await store.ofCustomer('paged', {}, { first: 1, after: 'no id' })).toBeUndefined();
    await store.close();
  });

  test('are narrowed to a client and a purpose, however many others stand before them', async () => {
    const store = receiptStore(await open());
    const others = Array.from({ length: 30 }, (_, at) => makeEntry({ customer: 'narrow', at: 100 + at }));
    await store.append([
      makeEntry({ customer: 'narrow', at: 1, purpose: 'FRAUD_ALERTS', requestId: 'wanted' }),
      ...others,
    ]);
    const page = await store.ofCustomer('narrow', { client: 'messenger', purpose: 'FRAUD_ALERTS' }, { first: 2 });
    expect(readable(page?.receipts).map(({ requestId }) => requestId)).toEqual(['wanted']);
    await store.close();
  });

  test('are searched by a thousand a statement where the filter passes over them', async () => {
    const database = await open();
    let statements = 0;
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const store = receiptStore({ ...database, query: database.query.withPlugin(counting) });
    const others = Array.from({ length: 3000 }, (_, at) => makeEntry({ customer: 'searched', at: 100 + at }));
    await store.append([makeEntry({ customer: 'searched', at: 1, purpose: 'FRAUD_ALERTS' }), ...others]);
    await store.ofCustomer('searched', {}, { first: 1 });
    statements = 0;
    const page = await store.ofCustomer('searched', { purpose: 'FRAUD_ALERTS' }, { first: 1 });
    expect(readable(page?.receipts).map(({ at }) => at)).toEqual([1]);
    // One small read, three of a thousand, and the customer's pseudonym.
    expect(statements).toBeLessThanOrEqual(5);
    await store.close();
  });

  test('hold no name of customer, client, bank or request, and each set of coordinates once', async () => {
    const database = await open();
    const store = receiptStore(database);
    const secret = { customer: 'secret-customer', requestId: 'secret-request', bank: 'harbor' };
    await store.append([
      makeEntry(secret),
      makeEntry(secret),
      makeEntry({ customer: 'secret-customer', decision: 'REFUSED' }),
    ]);
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ringfence_receipts t union all select t::text from ringfence_receipt_customers t
      union all select t::text from ringfence_receipt_coordinates t`.execute(database.query);
    const text = rows.map(({ row }) => row).join('\n');
    const hidden = ['secret-customer', 'secret-request', 'harbor', 'messenger', 'RELEASED'];
    for (const word of hidden) {
      expect(text).not.toContain(word);
      expect(text).not.toContain(Buffer.from(word).toString('hex'));
    }
    expect(rows.filter(({ row }) => row.includes('Account.balances'))).toHaveLength(1);
    await store.close();
  });

  test('belong to one chain per writer, whoever writes at the same time', async () => {
    const database = await open();
    const writers = [receiptStore(database), receiptStore(await open())];
    const one = (index: number) => [makeEntry({ customer: 'raced', requestId: String(index) })];
    await Promise.all(Array.from({ length: 40 }, (_, index) => writers[index % 2]?.append(one(index))));
    const kept = readable(await allIn(database)).filter(({ customer }) => customer === 'raced');
    expect(new Set(kept.map(({ requestId }) => requestId)).size).toBe(40);
    expect(kept).toHaveLength(40);
    await Promise.all(writers.map((writer) => writer.close()));
  });

  test('cannot be changed or deleted by the gateway, nor changed by the owner', async () => {
    const database = await open();
    const store = receiptStore(database);
    await store.append([makeEntry()]);
    await store.close();
    const attempts = [
      sql`update ringfence_receipts set at = 0`,
      sql`delete from ringfence_receipts`,
      sql`truncate ringfence_receipts`,
      sql`update ringfence_receipt_chains set cut_seq = 1`,
      sql`delete from ringfence_receipt_chains`,
      sql`update ringfence_receipt_checkpoints set at = 0`,
      sql`delete from ringfence_receipt_checkpoints`,
      sql`delete from ringfence_receipt_customers`,
      sql`update ringfence_receipt_coordinates set coordinates = '[]'`,
    ];
    for (const attempt of attempts)
      await expect(attempt.execute(database.query)).rejects.toMatchObject({ code: '42501' });
    const owner = await open('owner');
    await expect(sql`update ringfence_receipts set at = 0`.execute(owner.query)).rejects.toThrow('does not change');
    const auditor = await open('auditor');
    await expect(
      sql`insert into ringfence_receipt_coordinates values (${Buffer.alloc(32)}, '[]')`.execute(auditor.query),
    ).rejects.toMatchObject({ code: '42501' });
    expect((await allIn(auditor)).length).toBeGreaterThan(0);
  });

  test('of a chain whose end was changed are left as they stand, and another chain is begun', async () => {
    const owner = await open('owner');
    const before = receiptStore(await open());
    await before.append([makeEntry({ customer: 'damaged' })]);
    await before.close();
    await sql`update ringfence_receipt_chains set hash = ${Buffer.alloc(32, 7)}, leased_until = now() - interval '1 s'`.execute(
      owner.query,
    );
    const damaged: number[] = [];
    const after = receiptStore(await open(), { onDamage: (chain) => damaged.push(chain) });
    await after.append([makeEntry({ customer: 'damaged' })]);
    expect(damaged.length).toBeGreaterThan(0);
    expect((await after.ofCustomer('damaged', {}, first))?.receipts).toHaveLength(2);
    await after.close();
  });
});
