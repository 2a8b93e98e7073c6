import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { attest, AttestationCount, isAttested, type LoggedCall, type Receipt } from '../../src/receipt/index.js';
import { makeEntry } from './makeEntry.js';

const [from, to] = [Date.parse('2026-11-15T00:00:00Z'), Date.parse('2026-11-16T00:00:00Z')];
const noon = from + 12 * 3_600_000;

function receipt(facts: Partial<Receipt>): Receipt {
  const { coordinates: _, ...entry } = makeEntry({ at: noon });
  return { ...entry, id: 'receipt-1', ...facts };
}

function counted(bank: string, ...receipts: readonly Partial<Receipt>[]): AttestationCount {
  const count = new AttestationCount({ bank, from, to });
  for (const facts of receipts) count.add(receipt(facts));
  return count;
}

describe('an attestation', () => {
  test('counts what a bank was asked in the period, and neither refusals nor other banks', () => {
    const count = counted(
      'harbor',
      { interactions: ['1', '2'] },
      { decision: 'REQUESTED', interactions: ['3'] },
      { decision: 'REFUSED' },
      { bank: 'summit', interactions: ['4'] },
      { at: to, interactions: ['5'] },
      { at: from - 1, interactions: ['6'] },
    );
    expect(count.counts).toEqual({ requested: 2, released: 1, calls: 3 });
    expect(count.inPeriod).toBe(4);
  });

  test.each([[[0, 1]], [[1, 0]]])(
    'counts a release that was discarded on its way as asked once, and not released (%j)',
    (order) => {
      const released: Partial<Receipt> = { id: 'first', interactions: ['1', '2'] };
      const discarded: Partial<Receipt> = { id: 'second', interactions: ['2', '1'], decision: 'REVOKED_IN_FLIGHT' };
      const both = order.map((index) => [released, discarded][index] ?? {});
      expect(counted('harbor', ...both).counts).toEqual({ requested: 1, released: 0, calls: 2 });
    },
  );

  test('names the calls of a bank’s log that no receipt knows, and those of receipts that the log lacks', () => {
    const log: LoggedCall[] = [
      { at: noon, interaction: 'both' },
      { at: noon + 1, interaction: 'log' },
      { at: noon + 2 },
    ];
    const count = counted('harbor', { interactions: ['both', 'receipt'] });
    expect(count.differences(log)).toEqual([
      { kind: 'unrecorded', at: new Date(noon + 1).toISOString(), interaction: 'log' },
      { kind: 'unrecorded', at: new Date(noon + 2).toISOString(), interaction: null },
      { kind: 'unlogged', at: new Date(noon).toISOString(), interaction: 'receipt', receipt: 'receipt-1' },
    ]);
  });

  test('makes nothing of a call that one side dates before the edge of the period and the other behind it', () => {
    const count = counted('harbor', { at: from - 1, interactions: ['early'] }, { at: to - 1, interactions: ['late'] });
    const log = [
      { at: from + 5, interaction: 'early' },
      { at: to + 5, interaction: 'late' },
    ];
    expect(count.differences(log)).toEqual([]);
  });

  test('holds as long as nobody changes it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const counts = { requested: 0, released: 0, calls: 0 };
    const instants = { from: '', to: '', madeAt: '' };
    const facts = {
      bank: 'union',
      ...instants,
      nothingHappened: true,
      counts,
      receiptsInPeriod: 4,
      problems: [],
      checked: { chains: 1, entries: 4, checkpoints: 1, spans: [], mark: { kind: 'none', chains: 0 } } as const,
    };
    const attestation = attest(facts, privateKey);
    expect(isAttested(attestation, publicKey)).toBe(true);
    expect(isAttested({ ...attestation, bank: 'harbor' }, publicKey)).toBe(false);
    expect(isAttested(attestation, generateKeyPairSync('ed25519').publicKey)).toBe(false);
  });
});
