import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { demoAgreements as configured } from '../../resolvers/demo/registry.js';
import { carryOutReceipts, type ReceiptAnswer } from '../../src/cli/receiptDesk.js';
import { receiptOrderSchema } from '../../src/cli/receiptOrder.js';
import { receiptsCommand } from '../../src/cli/receipts.js';
import { receiptText } from '../../src/cli/receiptText.js';
import { isAttested } from '../../src/receipt/index.js';
import { checkpointKeysOf, createReceiptStore, storeKeysOf } from '../../src/store/index.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { onEachDatabase } from '../store/databases.js';
import { runIn } from './running.js';

const secret = randomBytes(32);
const now = () => new Date('2026-11-20T00:00:00Z');
const ever = { from: 0, to: 8_640_000_000_000_000 };
const act = { by: 'anna', reason: 'test' };

onEachDatabase('`ringfence receipts`', (open) => {
  test('verifies, exports, attests, erases and retains', async () => {
    const owner = await open('owner');
    const order = (wanted: object): Promise<ReceiptAnswer> =>
      carryOutReceipts(desk, receiptOrderSchema.parse(wanted), take);
    const desk = { database: owner, secret, now: () => new Date(clock), configured };
    let clock = now().getTime();
    const lines: string[] = [];
    const take = async (part: readonly string[]): Promise<void> => void lines.push(...part);
    const parsed = async (reader: object): Promise<Record<string, unknown>[]> => {
      lines.length = 0;
      expect(await order({ kind: 'receipts-export', reader, ...ever })).toEqual({
        ...{ kind: 'exported', lines: lines.length, unreadable: 0, damaged: [] },
      });
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const store = createReceiptStore(await open(), storeKeysOf(secret), {
      checkpointKey: checkpointKeysOf(secret).privateKey,
      now,
      onFailure: () => undefined,
      onDamage: () => undefined,
    });
    await store.append([
      makeEntry({ interactions: ['call-1'] }),
      makeEntry({ bank: 'summit', decision: 'REQUESTED', interactions: ['call-2'] }),
      makeEntry({ customer: 'customer-2' }),
    ]);
    await store.close();

    expect(receiptText(await order({ kind: 'receipts-verify', witness: [] }))).toBe(
      '3 receipts in 1 chains, 1 checkpoints: whole\nthis machine has no mark of these receipts: ' +
        'it cannot tell whether ends of chains were cut off; `--witness` can\n',
    );

    const own = await parsed({ kind: 'customer', customer: 'customer-1' });
    expect(own).toMatchObject([
      { bank: 'summit', decision: 'REQUESTED', coordinates: ['Account.balances'], categories: ['BALANCE'] },
      { bank: 'harbor', decision: 'RELEASED', customer: 'customer-1' },
    ]);
    const banks = await parsed({ kind: 'bank', bank: 'harbor' });
    expect(banks.map(({ bank }) => bank)).toEqual(['harbor', 'harbor']);
    expect(new Set(banks.map(({ customer }) => customer)).size).toBe(2);
    expect(JSON.stringify(banks)).not.toMatch(/customer-|summit/);
    const audited = await parsed({ kind: 'auditor', auditor: 'auditor' });
    expect(audited).toHaveLength(3);
    expect(audited[0]).toMatchObject({ count: 'ONE_TO_NINE', quarter: '2026-Q4' });
    expect(JSON.stringify(audited)).not.toMatch(/customer-|call-|request-|Account/);
    expect(audited.map(({ pseudonym }) => pseudonym)).not.toEqual(
      (await parsed({ kind: 'auditor', auditor: 'another' })).map(({ pseudonym }) => pseudonym),
    );

    const union = await order({ kind: 'receipts-attest', bank: 'union', ...ever, witness: [], log: [] });
    expect(union).toMatchObject({
      attestation: { nothingHappened: true, receiptsInPeriod: 3, log: { differences: [] } },
    });
    expect(receiptText(union)).toMatch(/^nothing was requested from `union`, and nothing of it was released/);
    if (union.kind === 'attested') {
      const travelled = JSON.parse(JSON.stringify(union.attestation)) as typeof union.attestation;
      expect(isAttested(travelled, checkpointKeysOf(secret).publicKey)).toBe(true);
    }
    const log = [{ at: now().getTime() - 3_600_000, interaction: 'call-9' }];
    const secretly = await order({ kind: 'receipts-attest', bank: 'union', ...ever, witness: [], log });
    expect(receiptText(secretly)).toMatch(/^it cannot be attested[^]*unrecorded: 2026-11-19T23:00:00.000Z call-9/);
    const summit = await order({ kind: 'receipts-attest', bank: 'summit', ...ever, witness: [] });
    expect(summit).toMatchObject({
      attestation: { nothingHappened: false, counts: { requested: 1, released: 0, calls: 1 } },
    });

    const yearFrom = (year: number) => ({ from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) });
    await expect(order({ kind: 'receipts-attest', bank: 'union', ...yearFrom(2030), witness: [] })).rejects.toThrow(
      /is to come: nothing can be attested of it/,
    );

    expect(receiptText(await order({ kind: 'receipts-erase', ...act, customer: 'customer-1' }))).toMatch(
      /no receipt leads/,
    );
    expect(await parsed({ kind: 'customer', customer: 'customer-1' })).toEqual([]);
    expect(receiptText(await order({ kind: 'receipts-verify', witness: [] }))).toMatch(/whole/);

    const before = now().getTime() + 1;
    clock = Date.parse('2029-11-20T00:00:00Z');
    await expect(order({ kind: 'receipts-retain', ...act, before })).rejects.toThrow(
      'receipts are kept for three years: `--before` must not be later than 2026-11-20T00:00:00.000Z',
    );
    expect(await order({ kind: 'receipts-retain', ...act })).toEqual({ kind: 'retained', cuts: [] });
    clock += 1;
    expect(receiptText(await order({ kind: 'receipts-retain', ...act }))).toMatch(/3 receipts cut off, up to entry 3/);
    const verified = await order({ kind: 'receipts-verify', witness: [] });
    expect(verified).toMatchObject({ entries: 0, findings: [], cutAt: '2026-11-20T00:00:00.000Z' });
    expect(receiptText(verified)).toMatch(
      /^0 receipts .* whole\nreceipts up to 2026-11-20T00:00:00.000Z were cut off\nthis machine has no mark/,
    );
    // Whoever looks before the three years have passed sees a cut that nobody was allowed to make.
    clock = now().getTime();
    const early = await order({ kind: 'receipts-verify', witness: [] });
    expect(early).toMatchObject({ findings: [{ kind: 'missing', chain: 1, from: 1, to: 3 }] });
    clock = Date.parse('2029-11-21T00:00:00Z');
    const cut = await order({ kind: 'receipts-attest', bank: 'union', ...ever, witness: [] });
    expect(receiptText(cut)).toMatch(/^it cannot be attested[^]*no longer kept/);
  });
});

test('a store that is not there is no store without findings', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-'));
  const before = process.env;
  process.env = { ...before, RINGFENCE_STORE: './nothing', DATABASE_URL: '' };
  const { failed, out, err } = await runIn(folder, receiptsCommand(), ['verify']);
  process.env = before;
  expect([failed, out]).toEqual([true, '']);
  expect(err).toMatch(/^receipts of the store in `nothing`\nringfence: CONFIG_INVALID: there is no store in `nothing`/);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
