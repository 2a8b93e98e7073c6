import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import {
  acceptRestored,
  type Database,
  findReceiptMark,
  type GoneChain,
  openReceiptMarks,
  receiptMarkFile,
  type ReceiptMarkFile,
  retainReceipts,
  verifyReceipts,
} from '../../src/store/index.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { emptyEmbedded, emptyOnServer, type EmptyDatabase } from './databases.js';
import { keys, receiptStore, signing } from './receiptWorld.js';

const signers = [signing.publicKey];
const folder = mkdtempSync(join(tmpdir(), 'ringfence-marks-'));
afterAll(() => rmSync(folder, { recursive: true }));
let machines = 0;

/** A machine of its own: what it keeps outside the database, and what it is told of. */
function machine() {
  machines += 1;
  const file = receiptMarkFile(join(folder, `store-${machines}.mark`));
  const gone: GoneChain[] = [];
  const aside: string[] = [];
  const open = (database: Database) =>
    openReceiptMarks(database, {
      file,
      signers,
      onGone: (chain) => gone.push(chain),
      onOther: (path) => aside.push(path),
    });
  /** A gateway that starts, writes so many receipts, one write each, and ends. */
  const writes = async (database: Database, count: number, at = new Date()): Promise<void> => {
    const store = receiptStore(database, { marks: await open(database), now: () => at });
    for (let index = 0; index < count; index += 1) await store.append([makeEntry()]);
    await store.close();
  };
  return { file, gone, aside, open, writes };
}

/** What `ringfence receipts verify` finds on that machine. */
async function found(database: Database, file: ReceiptMarkFile) {
  const mark = await findReceiptMark(database, file);
  const marked = mark.kind === 'held' ? mark.checkpoints : [];
  return (await verifyReceipts(database, { signers, keys, marked })).findings;
}

/** As the owner, who knows how chains are built: the end of a chain, with its head and the checkpoints that speak of it. */
async function cutEnd({ query }: Database, chain: number, last: number): Promise<void> {
  await sql`delete from ringfence_receipt_checkpoints where chain = ${chain} and seq > ${last}`.execute(query);
  await sql`delete from ringfence_receipts where chain = ${chain} and seq > ${last}`.execute(query);
  await sql`update ringfence_receipt_chains set seq = ${last}, leased_until = now() - interval '1 s',
    hash = coalesce((select hash from ringfence_receipts where chain = ${chain} and seq = ${last}), cut_hash)
    where chain = ${chain}`.execute(query);
}

/** As the owner: whole chains, with all that speaks of them. */
async function dropChains({ query }: Database, last: number): Promise<void> {
  for (const name of ['receipt_checkpoints', 'receipts', 'receipt_chains']) {
    await sql`delete from ${sql.table(`ringfence_${name}`)} where chain > ${last}`.execute(query);
  }
}

const letGo = ({ query }: Database) =>
  sql`update ringfence_receipt_chains set leased_until = now() - interval '1 s' where leased_until < 'infinity'`.execute(
    query,
  );

test.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)(
  '%s: a chain whose end is gone with all that spoke of it is noticed, and left as it is',
  async (_, empty) => {
    const { open, end } = await empty();
    const [owner, database, one] = [await open('owner'), await open(), machine()];
    await one.writes(database, 5);
    expect(await found(owner, one.file)).toEqual([]);
    await cutEnd(owner, 1, 3);
    expect((await verifyReceipts(owner, { signers, keys })).findings).toEqual([]);
    const missing = expect.objectContaining({ kind: 'missing', chain: 1, from: 4, to: 5 });
    expect(await found(owner, one.file)).toEqual([missing]);

    await one.writes(database, 4);
    expect(one.gone).toMatchObject([{ marked: { chain: 1, seq: 5 }, end: 3 }]);
    // The gateway went on in another chain, so that nothing stands where something is missing.
    expect(await found(owner, one.file)).toEqual([missing]);
    expect((await verifyReceipts(owner, { signers })).spans).toMatchObject([{ last: 3 }, { chain: 2, last: 4 }]);

    await dropChains(owner, 0);
    expect((await verifyReceipts(owner, { signers, keys })).findings).toEqual([]);
    await one.writes(database, 1);
    expect(one.gone.map(({ marked, end: last }) => [marked.chain, last])).toEqual([
      [1, 3],
      [1, undefined],
      [2, undefined],
    ]);
    expect(await found(owner, one.file)).toMatchObject([
      { kind: 'missing', chain: 1, from: 1, to: 5 },
      { kind: 'missing', chain: 2, from: 1, to: 4 },
    ]);
    await end();
  },
);

test.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)('%s: an end that was written anew after a cut is noticed as another one', async (_, empty) => {
  const { open, end } = await empty();
  const [owner, one, other] = [await open('owner'), machine(), machine()];
  await one.writes(await open(), 5);
  await cutEnd(owner, 1, 3);
  // A machine that has seen nothing of it goes on behind the cut.
  await other.writes(await open(), 4);
  expect(other.gone).toEqual([]);
  expect(await found(owner, other.file)).toEqual([]);
  expect(await found(owner, one.file)).toMatchObject([{ kind: 'rewritten', chain: 1, from: 1, to: 5 }]);
  await (await one.open(owner)).look();
  expect(one.gone).toMatchObject([{ marked: { chain: 1, seq: 5 }, end: 7 }]);
  expect(one.file.read()?.checkpoints).toMatchObject([{ chain: 1, seq: 5 }]);
  await end();
});

test.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)(
  '%s: what was written behind a cut by a gateway that is gone replaces no mark, whoever signs it',
  async (_, empty) => {
    const { open, end } = await empty();
    const [owner, one, other] = [await open('owner'), machine(), machine()];
    await one.writes(await open(), 5);
    await cutEnd(owner, 1, 3);
    const marks = await one.open(await open());
    const running = receiptStore(await open(), { marks });
    await running.append([makeEntry()]);
    const free = sql`update ringfence_receipt_chains set leased_until = now() - interval '1 s' where chain = 1`;
    await free.execute(owner.query);
    const killed = receiptStore(await open(), { marks: await other.open(await open()) });
    for (let index = 0; index < 4; index += 1) await killed.append([makeEntry()]);
    await free.execute(owner.query);

    const marked = () => one.file.read()?.checkpoints.find(({ chain }) => chain === 1);
    const rewritten = [expect.objectContaining({ kind: 'rewritten', chain: 1, from: 1, to: 5 })];
    await running.close();
    expect([await found(owner, one.file), marked()?.seq]).toEqual([rewritten, 5]);
    expect((await verifyReceipts(owner, { signers })).checkpoints).toBe(1);
    await killed.close();
    const [theirs] = other.file.read()?.checkpoints ?? [];
    expect(theirs).toMatchObject({ chain: 1, seq: 7 });
    if (theirs) marks.keep(theirs);
    await marks.look();
    expect([await found(owner, one.file), marked()?.seq]).toEqual([rewritten, 5]);
    await end();
  },
);

test.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)(
  '%s: a chain that is gone whole is named until an operator confirms the loss, and by nothing after that',
  async (_, empty) => {
    const { open, end } = await empty();
    const [owner, one] = [await open('owner'), machine()];
    const stores = [];
    for (let index = 0; index < 3; index += 1) stores.push(receiptStore(await open()));
    for (const store of stores) await store.append([makeEntry()]);
    for (const store of stores) await store.close();
    await one.open(owner);
    await dropChains(owner, 1);
    await sql`update ringfence_receipt_chains set leased_until = 'infinity'`.execute(owner.query);
    await one.writes(await open(), 1);
    expect(await found(owner, one.file)).toMatchObject([2, 3].map((chain) => ({ kind: 'missing', chain })));
    expect((await verifyReceipts(owner, { signers })).spans).toMatchObject([{}, {}, {}, { chain: 4, last: 1 }]);
    await acceptRestored(owner);
    await one.writes(await open(), 1);
    expect(await found(owner, one.file)).toEqual([]);
    await end();
  },
);

test.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)('%s: nothing is noticed where nothing is gone', async (_, empty) => {
  const { open, end }: EmptyDatabase = await empty();
  const [owner, one, other] = [await open('owner'), machine(), machine()];
  const calm = async () => {
    for (const { file, gone } of [one, other]) expect([await found(owner, file), gone]).toEqual([[], []]);
  };
  // Two gateways at once, on two machines, and two on one of them.
  const long = new Date('2020-01-01T00:00:00Z');
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([one, other, other].map(async ({ writes }) => writes(await open(), 4, long)));
    await calm();
    await letGo(owner);
  }
  await retainReceipts(owner, long.getTime() + 1, { signers, keys });
  await calm();
  await Promise.all([one, other].map(async ({ writes }) => writes(await open(), 2)));
  await calm();
  await letGo(owner);
  // A machine that comes later begins with what is there.
  const late = machine();
  await late.open(owner);
  expect(late.file.read()?.checkpoints.length).toBeGreaterThan(1);
  await late.writes(await open(), 1);
  expect([await found(owner, late.file), late.gone]).toEqual([[], []]);
  await end();
});

test.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)(
  '%s: the end that a killed gateway left is signed and marked by the next one, once its lease is over',
  async (_, empty) => {
    const { open, end } = await empty();
    const [owner, one] = [await open('owner'), machine()];
    const killed = receiptStore(await open());
    await killed.append([makeEntry(), makeEntry()]);
    const next = receiptStore(await open(), { marks: await one.open(await open()) });
    await next.append([makeEntry()]);
    await one.writes(await open(), 1);
    const chains = () => one.file.read()?.checkpoints.map(({ chain, seq }) => [chain, seq]);
    // Whoever has the other two may still be there.
    expect(chains()).toEqual([[3, 1]]);
    await sql`update ringfence_receipt_chains set leased_until = now() - interval '1 s' where chain = 1`.execute(
      owner.query,
    );
    await next.close();
    expect(chains()?.toSorted()).toEqual([
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
    expect([await found(owner, one.file), one.gone]).toEqual([[], []]);
    await end();
  },
);

test('a mark of another generation of the store is held against nothing, and put aside for whoever wants to look', async () => {
  const { open, end } = await emptyEmbedded();
  const [owner, one] = [await open('owner'), machine()];
  await one.writes(await open(), 5);
  const before = one.file.read();
  await cutEnd(owner, 1, 3);
  await acceptRestored(owner);
  expect(await findReceiptMark(owner, one.file)).toMatchObject({ kind: 'other' });
  await one.writes(await open(), 1);
  expect([one.gone, one.aside.length]).toEqual([[], 1]);
  expect(JSON.parse(readFileSync(one.aside[0] ?? '', 'utf8'))).toMatchObject({ generation: before?.generation });
  expect(await found(owner, one.file)).toEqual([]);
  expect(await findReceiptMark(owner, machine().file)).toEqual({ kind: 'none' });
  await end();
});

test('a mark comes back out of its file as it was, with nothing beside it, and anything else in it is refused', () => {
  const path = join(folder, 'alone.mark');
  const file = receiptMarkFile(path);
  expect([file.read(), file.putAside()]).toEqual([undefined, undefined]);
  const bytes = { hash: Buffer.alloc(32, 1), signature: Buffer.alloc(64, 2) };
  const mark = { generation: 'g', checkpoints: [{ chain: 1, seq: 7, at: 5, key: 'k', ...bytes }] };
  file.write(mark);
  expect(file.read()).toEqual(mark);
  expect(readdirSync(folder).filter((name) => name.startsWith('alone'))).toEqual(['alone.receipts.mark']);
  for (const text of ['', '{}', '{"generation":"g","checkpoints":[{"chain":1}]}']) {
    writeFileSync(join(folder, 'alone.receipts.mark'), text);
    expect(() => file.read()).toThrow('holds no mark of receipts');
  }
});
