import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Block {
  readonly a: readonly number[];
  readonly b: readonly number[];
}
interface Compared {
  readonly superiority: number;
  readonly low: number;
  readonly high: number;
  readonly z: number;
}
interface Ranks {
  superiority(a: readonly number[], b: readonly number[]): number;
  zOf(probability: number, aCount: number, bCount: number): number;
  overBlocks(blocks: readonly Block[]): Compared;
  judged(compared: Compared): string;
}

const file = pathToFileURL(join(process.cwd(), 'bench/measure/ranks.mjs')).href;
const { superiority, zOf, overBlocks, judged } = (await import(file)) as Ranks;

/** Numbers that look random and are the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Twenty blocks of 200 samples a side; those of `a` are larger by `shift`, in units of the noise's whole width. */
function blocksShiftedBy(shift: number): readonly Block[] {
  const next = noise(7);
  const samples = (by: number) => Array.from({ length: 200 }, () => next() + by);
  return Array.from({ length: 20 }, () => ({ a: samples(shift), b: samples(0) }));
}

describe('superiority', () => {
  test('is how often the first exceeds the second, ties by half', () => {
    expect(superiority([3, 4], [1, 2])).toBe(1);
    expect(superiority([1, 2], [3, 4])).toBe(0);
    expect(superiority([1, 2], [1, 2])).toBe(0.5);
    expect(superiority([2, 2, 5], [2, 3])).toBeCloseTo((0.5 + 0.5 + 1 + 0 + 0 + 1) / 6);
  });

  test('has the deviation that the textbook gives it', () => {
    expect(zOf(0.5, 10, 10)).toBe(0);
    expect(zOf(1, 10, 10)).toBeCloseTo(50 / Math.sqrt(175));
  });
});

describe('samples over blocks', () => {
  test('are alike when nothing tells them apart', () => {
    expect(judged(overBlocks(blocksShiftedBy(0)))).toBe('alike');
  });

  test('are different when one kind takes a tenth of the spread longer, or shorter', () => {
    expect(judged(overBlocks(blocksShiftedBy(0.1)))).toBe('different');
    expect(judged(overBlocks(blocksShiftedBy(-0.1)))).toBe('different');
  });

  test('are undecided when there are few', () => {
    expect(judged(overBlocks(blocksShiftedBy(0).slice(0, 2)))).toBe('undecided');
  });
});
