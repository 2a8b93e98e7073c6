import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { countRefusals, createMemoryJournal, type Receipt, type ReceiptEntry } from '../../src/receipt/index.js';
import { makeEntry } from './makeEntry.js';

const start = Date.parse('2026-11-15T12:00:00.000Z');
const refusal = (afterMs: number, facts: Partial<ReceiptEntry> = {}): ReceiptEntry =>
  makeEntry({ decision: 'REFUSED', objectCount: 0, at: start + afterMs, ...facts });

beforeEach(() => void jest.useFakeTimers({ now: start }));
afterEach(() => void jest.useRealTimers());

function counting() {
  const kept = createMemoryJournal();
  const failures: unknown[] = [];
  let isDown = false;
  const append = async (batch: readonly ReceiptEntry[]): Promise<void> => {
    if (isDown) throw new Error('the store is down');
    await kept.append(batch);
  };
  const journal = countRefusals(
    { ...kept, append },
    { now: () => new Date(), onFailure: (error) => failures.push(error) },
  );
  const receipts = async (): Promise<readonly Receipt[]> => kept.all();
  const counts = async () => (await receipts()).map(({ count }) => count);
  return { journal, receipts, counts, failures, setDown: (down: boolean) => (isDown = down) };
}

describe('refusals', () => {
  test('of one client, customer and set of coordinates are one receipt at once, and one for all others of the minute', async () => {
    const { journal, counts } = counting();
    for (let index = 0; index < 100; index += 1) await journal.append([refusal(index)]);
    expect(await counts()).toEqual([undefined]);
    await jest.advanceTimersByTimeAsync(75_000);
    expect(await counts()).toEqual([undefined, 99]);
    await journal.append([refusal(80_000)]);
    expect(await counts()).toEqual([undefined, 99, undefined]);
    await journal.close();
  });

  test('of others are receipts of their own, and releases are never counted', async () => {
    const { journal, counts } = counting();
    const others = [{ client: 'b' }, { customer: 'b' }, { purpose: 'FRAUD_ALERTS' as const }, { coordinatesHash: 'b' }];
    for (const facts of [{}, ...others]) await journal.append([refusal(0, facts)]);
    for (let index = 0; index < 3; index += 1) await journal.append([makeEntry()]);
    expect(await counts()).toHaveLength(8);
    await journal.close();
  });

  test('that are still counted are written when the journal closes', async () => {
    const { journal, counts } = counting();
    for (let index = 0; index < 3; index += 1) await journal.append([refusal(index)]);
    await journal.close();
    expect(await counts()).toEqual([undefined, 2]);
  });

  test('keep their count while it cannot be written', async () => {
    const { journal, counts, failures, setDown } = counting();
    for (let index = 0; index < 3; index += 1) await journal.append([refusal(index)]);
    setDown(true);
    await jest.advanceTimersByTimeAsync(75_000);
    expect(failures.length).toBeGreaterThan(0);
    setDown(false);
    await jest.advanceTimersByTimeAsync(75_000);
    expect(await counts()).toEqual([undefined, 2]);
    await journal.close();
  });

  test('are not counted as written when the first of them was not', async () => {
    const { journal, counts, setDown } = counting();
    setDown(true);
    await expect(journal.append([refusal(0)])).rejects.toThrow('down');
    setDown(false);
    await journal.append([refusal(1)]);
    expect(await counts()).toEqual([undefined]);
    await journal.close();
  });

  test('that arrive together are one receipt and a count', async () => {
    const { journal, counts } = counting();
    await Promise.all(Array.from({ length: 500 }, () => journal.append([refusal(0)])));
    expect(await counts()).toEqual([undefined]);
    await journal.close();
    expect(await counts()).toEqual([undefined, 499]);
  });

  test('that arrived while the first of them could not be written stay counted, and the next one is written', async () => {
    const { journal, counts, setDown } = counting();
    setDown(true);
    const [first, second] = [journal.append([refusal(0)]), journal.append([refusal(0)])];
    await expect(first).rejects.toThrow('down');
    await second;
    setDown(false);
    await journal.append([refusal(1)]);
    expect(await counts()).toEqual([undefined]);
    await journal.close();
    expect(await counts()).toEqual([undefined, 1]);
  });

  test('of 300 sets of coordinates by one client are 102 receipts, with the first set beyond 100 for the others', async () => {
    const { journal, receipts, counts } = counting();
    for (let index = 0; index < 300; index += 1) {
      await journal.append([refusal(index, { coordinatesHash: `set ${index}` })]);
    }
    await journal.append([refusal(300, { client: 'b', coordinatesHash: 'set of b' })]);
    await journal.close();
    const ofOne = (await receipts()).filter(({ client }) => client !== 'b');
    expect(ofOne).toHaveLength(102);
    expect(ofOne.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(300);
    expect(ofOne.slice(-2).map(({ coordinatesHash }) => coordinatesHash)).toEqual(['set 100', 'set 100']);
    expect(await counts()).toHaveLength(103);
  });

  test('beyond those that are told apart are counted for their own customer alone', async () => {
    const { journal, receipts } = counting();
    for (let index = 0; index < 120; index += 1) {
      await journal.append([refusal(index, { coordinatesHash: `set ${index}` })]);
    }
    for (let index = 0; index < 3; index += 1) await journal.append([refusal(200 + index, { customer: 'b' })]);
    await journal.close();
    const ofB = (await receipts()).filter(({ customer }) => customer === 'b');
    expect(ofB.map(({ count }) => count)).toEqual([undefined, 2]);
  });

  test('of a client are told apart again when the minute is over', async () => {
    const { journal, receipts } = counting();
    for (let index = 0; index < 120; index += 1) {
      await journal.append([refusal(index, { coordinatesHash: `set ${index}` })]);
    }
    await jest.advanceTimersByTimeAsync(75_000);
    await journal.append([refusal(75_000, { coordinatesHash: 'set 110' })]);
    expect((await receipts()).at(-1)).toMatchObject({ coordinatesHash: 'set 110' });
    await journal.close();
  });
});
