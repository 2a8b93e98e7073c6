import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { coordinatesHashOf, type WitnessStatement } from '../../src/receipt/index.js';
import { type Database, eraseCustomer, retainReceipts, verifyReceipts } from '../../src/store/index.js';
import { receiptCustomerName } from '../../src/store/receiptCustomers.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { emptyOnServer, onEachDatabase } from './databases.js';
import { allIn, keys, receiptStore, signing } from './receiptWorld.js';

const signers = [signing.publicKey];
const noon = Date.parse('2026-11-15T12:00:00.000Z');
const dayMs = 86_400_000;
const numbered = (count: number, customer = 'customer-1') =>
  Array.from({ length: count }, (_, index) => makeEntry({ customer, requestId: String(index) }));

onEachDatabase('a store of receipts', (open) => {
  test('verifies with its key and without, and goes on doing so through erasure and retention', async () => {
    const database = await open();
    const owner = await open('owner');
    for (const day of [0, 1, 2]) {
      const store = receiptStore(database, { now: () => new Date(noon + day * dayMs) });
      await store.append([...numbered(3, 'erased'), ...numbered(2, 'kept')]);
      await store.close();
    }
    const sound = { entries: 15, findings: [] };
    expect(await verifyReceipts(database, { signers, keys })).toMatchObject(sound);
    expect(await verifyReceipts(await open('auditor'), { signers })).toMatchObject(sound);

    expect(await eraseCustomer(owner, keys, 'erased')).toBe(true);
    expect(await eraseCustomer(owner, keys, 'erased')).toBe(false);
    expect(await verifyReceipts(database, { signers, keys })).toMatchObject(sound);
    const store = receiptStore(database);
    expect(await store.ofCustomer('erased', {}, { first: 10 })).toEqual({ receipts: [], hasMore: false });
    expect((await store.ofCustomer('kept', {}, { first: 10 }))?.receipts).toHaveLength(6);
    expect(JSON.stringify(await allIn(database))).not.toContain('"erased"');

    const cuts = await retainReceipts(owner, noon + dayMs + 1, { signers, keys });
    expect(cuts.reduce((sum, { removed }) => sum + removed, 0)).toBe(10);
    expect(await retainReceipts(owner, noon + dayMs + 1, { signers, keys })).toEqual([]);
    expect(await verifyReceipts(database, { signers, keys })).toMatchObject({ entries: 5, findings: [] });
    await store.append(numbered(1));
    await store.close();
    expect(await verifyReceipts(database, { signers, keys })).toMatchObject({ entries: 6, findings: [] });
    const [other] = [generateKeyPairSync('ed25519').publicKey];
    expect((await verifyReceipts(database, { signers: [other] })).findings).not.toEqual([]);
  });

  test('is cut from checkpoint to checkpoint, and verifies however far a cut that was broken off had come', async () => {
    const [owner, database] = [await open('owner'), await open()];
    const store = receiptStore(database, {
      now: () => new Date(noon),
      checkpoints: { everyEntries: 6000, everyMs: 2 ** 30 },
    });
    for (let batch = 0; batch < 13; batch += 1) await store.append(numbered(1000, 'long'));
    await store.close();
    const { chain } = await owner.query
      .selectFrom('ringfence_receipt_chains')
      .select('chain')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    let transactions = 0;
    const breaking: Database = {
      ...owner,
      query: owner.query,
      transaction: (work) => {
        transactions += 1;
        if (transactions === 2) return Promise.reject(new Error('broken off'));
        return owner.transaction(work);
      },
    };
    await expect(retainReceipts(breaking, noon + 1, { signers, keys })).rejects.toThrow('broken off');
    const { entries, findings } = await verifyReceipts(database, { signers, keys });
    expect(findings).toEqual([]);
    const cuts = await retainReceipts(owner, noon + 1, { signers, keys });
    const removed = cuts.find((cut) => cut.chain === chain)?.removed ?? 0;
    expect(removed).toBeGreaterThan(5000);
    const after = await verifyReceipts(database, { signers, keys });
    expect(after).toMatchObject({ findings: [], entries: entries - cuts.reduce((sum, cut) => sum + cut.removed, 0) });
  });

  test('names what its owner changed, and a chain that was rewritten after a bank had witnessed it', async () => {
    const owner = await open('owner');
    const witness: WitnessStatement[] = [];
    const store = receiptStore(await open(), { onWitness: (statement) => witness.push(statement) });
    await store.append(numbered(4, 'named'));
    await store.close();
    const { findings: before } = await verifyReceipts(owner, { signers, keys, witness });
    expect(before).toEqual([]);
    const { rows } = await sql<{ chain: number; seq: number }>`
      select chain, seq::int as seq from ringfence_receipts where chain = ${witness.at(-1)?.chain}
      order by seq desc limit 3`.execute(owner.query);
    const [last, middle] = rows;
    await sql`alter table ringfence_receipts disable trigger kept`.execute(owner.query);
    await sql`update ringfence_receipts set at = at + 1 where chain = ${middle?.chain} and seq = ${middle?.seq}`.execute(
      owner.query,
    );
    const changed = { kind: 'changed', chain: middle?.chain, from: middle?.seq, to: middle?.seq };
    expect((await verifyReceipts(owner, { signers, keys })).findings).toMatchObject([changed]);

    await sql`delete from ringfence_receipts where chain = ${last?.chain} and seq = ${last?.seq}`.execute(owner.query);
    const gone = { kind: 'missing', chain: last?.chain, from: last?.seq, to: last?.seq };
    expect((await verifyReceipts(owner, { signers, keys })).findings).toMatchObject([changed, gone]);

    await sql`delete from ringfence_receipt_checkpoints where chain = ${last?.chain}`.execute(owner.query);
    const { findings } = await verifyReceipts(owner, { signers, keys, witness });
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'rewritten', chain: witness.at(-1)?.chain }));
    const forged = witness.map((statement) => ({ ...statement, digest: '00' }));
    expect((await verifyReceipts(owner, { signers, witness: forged })).findings).toContainEqual(
      expect.objectContaining({ kind: 'invented' }),
    );
    await sql`update ringfence_receipt_chains set seq = seq - 1 where chain = ${last?.chain}`.execute(owner.query);
    const behind = { kind: 'invented', chain: last?.chain, from: last?.seq, to: last?.seq };
    await sql`insert into ringfence_receipts select chain, ${last?.seq}, at, customer, content, hash from ringfence_receipts
      where chain = ${last?.chain} and seq = ${middle?.seq}`.execute(owner.query);
    expect((await verifyReceipts(owner, { signers, keys })).findings).toContainEqual(expect.objectContaining(behind));
    await sql`update ringfence_receipt_coordinates set coordinates = '["Account.nickname"]'`.execute(owner.query);
    expect((await verifyReceipts(owner, { signers, keys })).findings).toContainEqual(
      expect.objectContaining({ kind: 'missing', words: 'its set of coordinates is gone' }),
    );
  });
});

onEachDatabase('the table of pseudonyms', (open) => {
  test('shows nobody the receipts of a customer whose pseudonym was swapped with theirs, and names both', async () => {
    const owner = await open('owner');
    const store = receiptStore(await open());
    await store.append([...numbered(1, 'one'), ...numbered(1, 'other')]);
    await store.close();
    const [one, other] = [receiptCustomerName(keys, 'one'), receiptCustomerName(keys, 'other')];
    const swap = () =>
      owner.query.transaction().execute(async (transaction) => {
        const rows = await transaction
          .selectFrom('ringfence_receipt_customers')
          .selectAll()
          .where('name', 'in', [one, other])
          .execute();
        const [first, second] = rows;
        if (!first || !second) throw new RangeError('two customers are needed');
        await transaction.deleteFrom('ringfence_receipt_customers').where('name', 'in', [one, other]).execute();
        const swapped = [
          { ...first, pseudonym: second.pseudonym },
          { ...second, pseudonym: first.pseudonym },
        ];
        await transaction.insertInto('ringfence_receipt_customers').values(swapped).execute();
      });
    await swap();
    const damaged = expect.objectContaining({ reason: 'STORE_DAMAGED' });
    await expect(receiptStore(owner).ofCustomer('one', {}, { first: 10 })).rejects.toEqual(damaged);
    expect((await allIn(owner)).map((kept) => 'kind' in kept && kept.kind)).toEqual(['damaged', 'damaged']);
    const { findings } = await verifyReceipts(owner, { signers, keys });
    expect(findings).toHaveLength(2);
    for (const name of [one, other]) {
      const words = `the pseudonym under the customer's name ${name.toString('hex')} is not theirs`;
      expect(findings).toContainEqual(expect.objectContaining({ kind: 'changed', words }));
    }
    await swap();
    expect((await verifyReceipts(owner, { signers, keys })).findings).toEqual([]);
  });
});

test('a store of receipts is whole while receipts, sets of coordinates and checkpoints come between any two of the reads', async () => {
  const { open, end } = await emptyOnServer();
  const database = await open();
  const writeMore = async (): Promise<void> => {
    const store = receiptStore(await open());
    const coordinates = [`Account.made${randomUUID()}`];
    await store.append([makeEntry({ coordinates, coordinatesHash: coordinatesHashOf(coordinates) })]);
    await store.close();
  };
  await writeMore();
  // Read as an embedded store is, which has no snapshot; on a server, where others can write between two reads.
  const query = database.query.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await writeMore();
      return result;
    },
  });
  const written: Database = { ...database, kind: 'embedded', query } as Database;
  expect(await verifyReceipts(written, { signers, keys })).toMatchObject({ findings: [] });
  await end();
});
