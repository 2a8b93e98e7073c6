import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReceiptFinding } from '../../src/receipt/index.js';
import { chainOf, changedIn, findingsOf, type StoredChain, tampering } from './randomChain.js';

const names = (findings: readonly ReceiptFinding[], seq: number): boolean =>
  findings.some(({ from, to }) => from <= seq && seq <= to);
const without = (chain: StoredChain, seq: number): StoredChain => ({
  ...chain,
  entries: chain.entries.filter((entry) => entry.seq !== seq),
});
const kinds = (findings: readonly ReceiptFinding[]) => findings.map(({ kind, from, to }) => [kind, from, to]);

describe('a chain of receipts', () => {
  test('is found whole when nobody touched it, with the key and without', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 7 }), (length, each) => {
        const chain = chainOf(length, each);
        expect(findingsOf(chain)).toEqual([]);
        expect(findingsOf(chain, false)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('law: whatever is changed, taken out, moved, invented or rewritten up to a checkpoint is found, and named', () => {
    const cases = fc
      .integer({ min: 2, max: 15 })
      .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: 7 }), tampering(length)));
    fc.assert(
      fc.property(cases, ([length, each, tamper]) => {
        const { chain, places } = tamper(chainOf(length, each));
        const findings = findingsOf(chain);
        for (const place of places) expect([place, findings, names(findings, place)]).toEqual([place, findings, true]);
        expect(findingsOf(chain, false)).not.toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test('tells what happened: a gap, an end that is gone, an entry behind the end', () => {
    const chain = chainOf(6, 3);
    expect(kinds(findingsOf(without(chain, 4)))).toEqual([['missing', 4, 4]]);
    expect(kinds(findingsOf(without(chain, 6)))).toEqual([['missing', 6, 6]]);
    const { seq, hash } = chain.entries[3] ?? chain.head;
    expect(kinds(findingsOf({ ...chain, head: { seq, hash } }))).toEqual([['invented', 5, 6]]);
  });

  test('that was shortened with its head is held against the checkpoint that knew more', () => {
    const chain = chainOf(6, 3);
    const { seq, hash } = chain.entries[4] ?? chain.head;
    expect(kinds(findingsOf({ ...without(chain, 6), head: { seq, hash } }))).toEqual([['missing', 6, 6]]);
  });

  test.each(['content', 'at', 'customer', 'hash'] as const)(
    'names two neighbours that were both changed, the first in its %s, and neither of those beside them',
    (field) => {
      for (const other of ['content', 'at', 'customer', 'hash'] as const) {
        for (const first of [1, 3, 5]) {
          const both = changedIn(changedIn(chainOf(6, 6), first, field), first + 1, other);
          // The last one's checkpoint speaks of its hash too.
          const found = findingsOf(both).filter(({ kind }) => kind !== 'rewritten');
          expect([other, kinds(found)]).toEqual([
            other,
            [
              ['changed', first, first],
              ['changed', first + 1, first + 1],
            ],
          ]);
          const withoutKey = findingsOf(both, false);
          expect(names(withoutKey, first) && names(withoutKey, first + 1)).toBe(true);
        }
      }
    },
  );

  test('names each of a long run of false hashes, and nothing behind it', () => {
    const chain = Array.from({ length: 20 }, (_, index) => index + 5).reduce(
      (before, seq) => changedIn(before, seq, 'hash'),
      chainOf(30, 30),
    );
    expect(kinds(findingsOf(chain))).toEqual(
      Array.from({ length: 20 }, (_, index) => ['changed', index + 5, index + 5]),
    );
  });

  test('whose entry was changed with its own hash alone is told from one whose next hash was changed too', () => {
    const whole = changedIn(changedIn(chainOf(6, 6), 3, 'content'), 3, 'hash');
    expect(kinds(findingsOf(whole))).toEqual([['changed', 3, 3]]);
    expect(kinds(findingsOf(changedIn(whole, 4, 'hash')))).toEqual([
      ['changed', 3, 3],
      ['changed', 3, 4],
    ]);
  });

  test('is not vouched for by a checkpoint that somebody else signed', () => {
    const [chain, other] = [chainOf(3, 3), chainOf(3, 3)];
    expect(kinds(findingsOf({ ...chain, checkpoints: other.checkpoints }))).toEqual([['rewritten', 1, 3]]);
    const forged = chain.checkpoints.map((checkpoint) => ({ ...checkpoint, signature: Buffer.alloc(64) }));
    expect(kinds(findingsOf({ ...chain, checkpoints: forged }))).toEqual([['invented', 3, 3]]);
    const behind = forged.map((checkpoint) => ({ ...checkpoint, seq: 9 }));
    expect(kinds(findingsOf({ ...chain, checkpoints: [...chain.checkpoints, ...behind] }))).toEqual([
      ['invented', 9, 9],
    ]);
  });
});
