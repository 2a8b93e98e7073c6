import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { chainStart, linkHash } from '../../src/receipt/index.js';
import { type Database, eraseCustomer, openContent, sealContent, verifyReceipts } from '../../src/store/index.js';
import { openConsents, openReceipt, sealReceipt } from '../../src/store/receiptContent.js';
import { ReceiptCustomers } from '../../src/store/receiptCustomers.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { readable } from '../receipt/readable.js';
import { onEachDatabase } from './databases.js';
import { allIn, keys, receiptStore, signing } from './receiptWorld.js';

const first = { first: 10 };
const signers = [signing.publicKey];

/** Everything in the journal of one customer that the store's key alone opens, as text. */
async function openedText(database: Database, customer: string): Promise<string> {
  const pseudonym = (await new ReceiptCustomers(database, keys).find(customer))?.pseudonym;
  const rows = await database.query
    .selectFrom('ringfence_receipts')
    .selectAll()
    .where('customer', '=', pseudonym ?? Buffer.alloc(0))
    .execute();
  const context = (at: number): string => `receipt ${at} ${Buffer.from(pseudonym ?? []).toString('hex')}`;
  return rows.map(({ at, content }) => openContent(keys.receipts, context(Number(at)), content)).join('\n');
}

/** Writes a receipt as programs did before consents were sealed under the customer's own key. */
async function writeOfFirstFormat(database: Database, customer: string, consent: string): Promise<void> {
  const name = (await new ReceiptCustomers(database, keys).named([customer])).get(customer);
  if (!name) throw new RangeError('no name');
  const { at, requestId, client, purpose, bank, categories, coordinatesHash, policyHash } = makeEntry();
  const { chain } = await database.query
    .selectFrom('ringfence_receipt_chains')
    .select(({ fn }) => fn.coalesce(fn.max('chain'), fn.max('chain')).as('chain'))
    .executeTakeFirstOrThrow();
  const place = { chain: Number(chain ?? 0) + 1, seq: 1 };
  const facts = [requestId, client, purpose, bank, categories, coordinatesHash, 1, 'RELEASED', policyHash];
  const content = sealContent(
    keys.receipts,
    `receipt ${at} ${Buffer.from(name.pseudonym).toString('hex')}`,
    JSON.stringify([place.chain, place.seq, ...facts, [[consent, 1]], [], 1]),
  );
  const link = { ...place, at, customer: name.pseudonym, content };
  const hash = linkHash(chainStart.hash, link);
  const writer = { writer: randomUUID(), leased_until: new Date() };
  await database.query
    .insertInto('ringfence_receipt_chains')
    .values({ ...place, hash, ...writer })
    .execute();
  await database.query
    .insertInto('ringfence_receipts')
    .values({ ...link, hash })
    .execute();
}

/** While `work` runs, as many names as `times` are erased as soon as they are made, before anybody reads them. */
async function erasedAtOnce({ query }: Database, times: number, work: () => Promise<void>): Promise<void> {
  await sql`create sequence erasures`.execute(query);
  await sql`create function erase_at_once() returns trigger language plpgsql security definer as $$ begin
    if nextval('erasures') <= ${sql.lit(times)} then delete from ringfence_receipt_customers where name = new.name; end if;
    return null;
  end $$`.execute(query);
  await sql`create trigger at_once after insert on ringfence_receipt_customers
    for each row execute function erase_at_once()`.execute(query);
  await work();
  await sql`drop function erase_at_once cascade`.execute(query);
  await sql`drop sequence erasures`.execute(query);
}

onEachDatabase('erasure', (open) => {
  test('leaves no consent and no customer that all keys of the store could find in the journal', async () => {
    const [database, owner] = [await open(), await open('owner')];
    const consents = [{ id: randomUUID(), version: 3 }];
    const store = receiptStore(database);
    await store.append([
      makeEntry({ customer: 'leaving', consents }),
      makeEntry({ customer: 'leaving', decision: 'REFUSED' }),
      makeEntry({ customer: 'staying', consents }),
    ]);
    await store.close();
    const before = readable((await store.ofCustomer('leaving', {}, first))?.receipts);
    expect(before.map((receipt) => receipt.consents)).toEqual([[], consents]);
    expect(await openedText(database, 'leaving')).not.toContain(consents[0]?.id);

    expect(await eraseCustomer(owner, keys, 'leaving')).toBe(true);
    const all = readable(await allIn(database));
    const erased = all.filter(({ customer }) => customer?.startsWith('erased '));
    expect(erased.map((receipt) => [receipt.decision, receipt.consents])).toEqual([
      ['RELEASED', undefined],
      ['REFUSED', []],
    ]);
    expect(JSON.stringify(erased)).not.toContain('leaving');
    expect(readable((await store.ofCustomer('staying', {}, first))?.receipts)).toMatchObject([{ consents }]);
    expect(await verifyReceipts(owner, { signers, keys })).toMatchObject({ entries: 3, findings: [] });
  });

  test('gives a customer who comes back a key that opens nothing of before', async () => {
    const [database, owner] = [await open(), await open('owner')];
    const [before, after] = [[{ id: randomUUID(), version: 1 }], [{ id: randomUUID(), version: 1 }]];
    const first1 = receiptStore(database);
    await first1.append([makeEntry({ customer: 'returning', consents: before })]);
    await first1.close();
    const old = await new ReceiptCustomers(database, keys).find('returning');
    await eraseCustomer(owner, keys, 'returning');
    const again = receiptStore(database);
    await again.append([makeEntry({ customer: 'returning', consents: after })]);
    await again.close();
    expect(readable((await again.ofCustomer('returning', {}, first))?.receipts)).toMatchObject([{ consents: after }]);
    const fresh = await new ReceiptCustomers(database, keys).find('returning');
    const row = await database.query
      .selectFrom('ringfence_receipts')
      .selectAll()
      .where('customer', '=', old?.pseudonym ?? Buffer.alloc(0))
      .executeTakeFirstOrThrow();
    const entry = { ...row, seq: Number(row.seq), at: Number(row.at), customer: old?.pseudonym ?? Buffer.alloc(0) };
    const kept = openReceipt(keys, entry).consents;
    expect(openConsents(kept, entry, old?.consentsKey)).toEqual(before);
    expect(() => openConsents(kept, entry, fresh?.consentsKey)).toThrow(/does not open/);
  });

  test('verifies and shows receipts of the first format, and shows their consents to nobody once their customer is erased', async () => {
    const [database, owner] = [await open(), await open('owner')];
    const consent = randomUUID();
    await writeOfFirstFormat(database, 'old', consent);
    const store = receiptStore(database);
    const shown = readable((await store.ofCustomer('old', {}, first))?.receipts);
    expect(shown).toMatchObject([{ consents: [{ id: consent, version: 1 }] }]);
    expect((await verifyReceipts(owner, { signers, keys })).findings).toEqual([]);
    await eraseCustomer(owner, keys, 'old');
    expect(JSON.stringify(await allIn(database))).not.toContain(consent);
    expect((await verifyReceipts(owner, { signers, keys })).findings).toEqual([]);
    await store.close();
  });

  test('between making a name and reading it costs no receipt its customer, and nobody else a receipt', async () => {
    const [database, owner] = [await open(), await open('owner')];
    const consents = [{ id: randomUUID(), version: 1 }];
    const store = receiptStore(database);
    await store.append([makeEntry({ customer: 'known' })]);
    await erasedAtOnce(owner, 3, async () => {
      const entries = ['hurried', 'hasty'].map((customer) => makeEntry({ customer, consents }));
      await Promise.all([...entries, makeEntry({ customer: 'known' })].map((entry) => store.append([entry])));
    });
    for (const customer of ['hurried', 'hasty']) {
      expect(readable((await store.ofCustomer(customer, {}, first))?.receipts)).toMatchObject([{ consents }]);
    }
    expect((await store.ofCustomer('known', {}, first))?.receipts.length).toBe(2);
    await store.close();
  });

  test('of every name that is made leaves no receipt without its customer', async () => {
    const [database, owner] = [await open(), await open('owner')];
    const store = receiptStore(database, { onFailure: () => undefined });
    const before = await allIn(database);
    await erasedAtOnce(owner, 1000, async () => {
      await expect(store.append([makeEntry({ customer: 'gone' })])).rejects.toMatchObject({ reason: 'STORE_SLOW' });
    });
    expect(await allIn(database)).toEqual(before);
    await store.close();
    const unnamed = { entry: makeEntry({ customer: 'gone' }), name: undefined };
    expect(() => sealReceipt(keys, { chain: 1, seq: 1 }, unnamed)).toThrow('no name');
  });
});
