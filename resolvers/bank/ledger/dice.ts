import { createHash } from 'node:crypto';

/** Chance that repeats: the same seed throws the same numbers, on every machine. */
export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
}

/** What a throw depends on; parts are kept apart, so no two lists of parts share a seed. */
export type Seed = readonly (string | number)[];

/** Dice for a seed. */
export function diceFrom(...seed: Seed): Dice {
  const next = smallFastCounter(createHash('sha256').update(JSON.stringify(seed)).digest());
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick: (list) => list[whole(0, list.length - 1)] ?? list[0],
    chance: (probability) => next() < probability,
  };
}

/** An identifier that says nothing about what it names: 20 hex digits after the prefix. */
export function idFrom(prefix: string, ...seed: Seed): string {
  return `${prefix}-${createHash('sha256').update(JSON.stringify(seed)).digest('hex').slice(0, 20)}`;
}

/** The generator sfc32 over 128 bits of seed. */
function smallFastCounter(seed: Buffer): () => number {
  let [a, b, c, d] = [seed.readInt32LE(0), seed.readInt32LE(4), seed.readInt32LE(8), seed.readInt32LE(12)];
  return () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
