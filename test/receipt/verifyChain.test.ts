import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chainStart, ChainVerifier, type ReceiptFinding } from '../../src/receipt/index.js';
import { chainOf, findingsOf, type StoredChain, tampering } from './randomChain.js';

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

  test('has the signature of each checkpoint checked as its entry passes, and not before', () => {
    const { entries, head, checkpoints } = chainOf(2, 1);
    const read: number[] = [];
    const watched = checkpoints.map((checkpoint) => ({
      ...checkpoint,
      get signature() {
        read.push(checkpoint.seq);
        return checkpoint.signature;
      },
    }));
    const signers = [generateKeyPairSync('ed25519').publicKey];
    const verifier = new ChainVerifier({ chain: 1, start: chainStart, head, checkpoints: watched, signers });
    expect([verifier.begin(), read]).toEqual([[], []]);
    for (const entry of entries) {
      expect(kinds(verifier.next(entry))).toEqual([['invented', entry.seq, entry.seq]]);
      expect(read.at(-1)).toBe(entry.seq);
    }
    expect(read).toEqual([1, 2]);
  });

  test('is not vouched for by a checkpoint that somebody else signed', () => {
    const [chain, other] = [chainOf(3, 3), chainOf(3, 3)];
    expect(kinds(findingsOf({ ...chain, checkpoints: other.checkpoints }))).toEqual([['rewritten', 1, 3]]);
    const forged = chain.checkpoints.map((checkpoint) => ({ ...checkpoint, signature: Buffer.alloc(64) }));
    expect(kinds(findingsOf({ ...chain, checkpoints: forged }))).toEqual([['invented', 3, 3]]);
    const behind = forged.map((checkpoint) => ({ ...checkpoint, seq: 9 }));
    expect(kinds(findingsOf({ ...chain, checkpoints: [...chain.checkpoints, ...behind] }))).toEqual([
      ['invented', 9, 9],
      ['missing', 4, 9],
    ]);
  });
});
