import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { carryOutReceipts, type ReceiptAnswer } from '../../src/cli/receiptDesk.js';
import { receiptOrderSchema } from '../../src/cli/receiptOrder.js';
import { receiptsCommand } from '../../src/cli/receipts.js';
import {
  bringToSchema,
  checkpointKeysOf,
  createReceiptStore,
  createRegistryStore,
  type Database,
  openDatabase,
  storeKeysOf,
} from '../../src/store/index.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { onEachDatabase } from '../store/databases.js';
import { runIn } from './running.js';

const secret = randomBytes(32);
const now = () => new Date('2026-11-20T00:00:00Z');
const ever = { from: 0, to: 8_640_000_000_000_000 };

type Exported = Extract<ReceiptAnswer, { kind: 'exported' }>;
type Line = Readonly<Record<string, unknown>>;

/** An export over a database, with its lines. */
async function exported(database: Database, reader: object): Promise<{ answer: Exported; lines: readonly Line[] }> {
  const lines: Line[] = [];
  const answer = await carryOutReceipts(
    { database, secret, now, configured: demoAgreements },
    receiptOrderSchema.parse({ kind: 'receipts-export', reader, ...ever }),
    async (part) => void lines.push(...part.map((line) => JSON.parse(line) as Line)),
  );
  return { answer: answer as Exported, lines };
}

const auditor = { kind: 'auditor', auditor: 'auditor' };
const storeIn = (database: Database) =>
  createReceiptStore(database, storeKeysOf(secret), {
    checkpointKey: checkpointKeysOf(secret).privateKey,
    now,
    onFailure: () => undefined,
    onDamage: () => undefined,
  });

onEachDatabase('`receipts export`', (open) => {
  test('names to an auditor the banks alone that are disclosed now, whatever they were', async () => {
    const owner = await open('owner');
    const store = storeIn(await open());
    await store.append(['harbor', 'summit', 'union', 'gone'].map((bank) => makeEntry({ bank })));
    await store.append([makeEntry({ consents: [{ id: 'consent-1', version: 1 }] })]);
    await store.close();
    const banks = async () => new Set((await exported(owner, auditor)).lines.map(({ bank }) => bank));
    expect(await banks()).toEqual(new Set(['harbor', 'summit', null]));
    const act = { by: 'anna', reason: 'test', command: 'bank suspend', bank: 'summit', at: now().getTime() };
    await createRegistryStore(owner).enter(act, () => [{ terms: { status: 'UNDISCLOSED' } }]);
    expect(await banks()).toEqual(new Set(['harbor', null]));
    const { lines } = await exported(owner, auditor);
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map(({ pseudonym }) => pseudonym)).size).toBe(4);
  });

  test('hands a bank no consent of a customer who was erased, and keeps no record of who that was', async () => {
    const owner = await open('owner');
    const bank = { kind: 'bank', bank: 'harbor' };
    const consents = async () => (await exported(owner, bank)).lines.map((line) => line['consents']);
    expect(await consents()).toContainEqual([{ id: 'consent-1', version: 1 }]);
    const erase = { kind: 'receipts-erase', by: 'anna', reason: 'asked for', customer: 'customer-1' };
    const desk = { database: owner, secret, now, configured: demoAgreements };
    await carryOutReceipts(desk, receiptOrderSchema.parse(erase), async () => undefined);
    expect(await consents()).toEqual([[], null]);
    const log = await owner.query.selectFrom('ringfence_operator_log').selectAll().execute();
    expect(log.filter(({ command }) => command === 'receipts erase')).toMatchObject([{ by: 'anna', subject: null }]);
  });

  test('says at its end which receipts cannot be read, and hands out the others', async () => {
    const owner = await open('owner');
    const store = storeIn(await open());
    await store.append([makeEntry({ customer: 'customer-2', requestId: 'kept' })]);
    await store.append([makeEntry({ customer: 'customer-2', requestId: 'damaged' })]);
    await store.close();
    const { rows } = await sql<{ chain: number; seq: number }>`
      select chain, seq::int as seq from ringfence_receipts order by chain desc, seq desc limit 1`.execute(owner.query);
    const [place] = rows;
    await sql`alter table ringfence_receipts disable trigger kept`.execute(owner.query);
    await sql`update ringfence_receipts set at = at + 1 where chain = ${place?.chain} and seq = ${place?.seq}`.execute(
      owner.query,
    );
    for (const reader of [{ kind: 'customer', customer: 'customer-2' }, { kind: 'bank', bank: 'harbor' }, auditor]) {
      const { answer, lines } = await exported(owner, reader);
      expect(answer).toMatchObject({ unreadable: 1, damaged: [{ kind: 'damaged', ...place }] });
      expect(lines.at(-1)).toEqual({ unreadable: 1 });
      expect(lines).toHaveLength(answer.lines + 1);
      expect(answer.lines).toBeGreaterThan(0);
    }
  });
});

test('`receipts export` ends with 1 and names what it left out, where something cannot be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-'));
  const settings = { kind: 'embedded', folder: join(folder, 'store') } as const;
  await bringToSchema(settings, { isRestored: false });
  const database = await openDatabase(settings, 'gateway');
  // Another key than the command has.
  const store = storeIn(database);
  await store.append([makeEntry()]);
  await store.close();
  await database.close();
  const before = process.env;
  process.env = { ...before, RINGFENCE_STORE: settings.folder, DATABASE_URL: '' };
  const { failed, out, err } = await runIn(folder, receiptsCommand(), ['export', '--bank', 'harbor']);
  process.env = before;
  expect([failed, out]).toEqual([true, '{"unreadable":1}\n']);
  expect(err).toMatch(
    /\ndamaged: chain 1, entry 1 \(receipt [0-9a-f-]{36}\): cannot be read\n0 lines; 1 receipts cannot be read and are not among them: run `ringfence receipts verify`\n$/,
  );
  await rm(folder, { recursive: true });
});
