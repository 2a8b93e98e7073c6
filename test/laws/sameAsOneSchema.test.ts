import { describe, expect, test } from '@jest/globals';
import { sameAsOneSchema } from './sameAsOneSchema.js';

/** The same rounds every time; `npm run laws` takes fresh ones. */
const firstSeed = Number(process.env['RINGFENCE_LAWS_SEED'] ?? 1);
const rounds = 40;
const groups = Array.from({ length: 4 }, (_, group) => firstSeed + (group * rounds) / 4);

describe('a federated graph', () => {
  test.each(groups)('answers as one schema does, in ten worlds from seed %i', async (seed) => {
    let refused = 0;
    for (let round = seed; round < seed + rounds / 4; round += 1) {
      const report = await sameAsOneSchema.round(round, { cases: sameAsOneSchema.casesPerRound, small: 1 });
      expect({ seed: round, counterexamples: report.counterexamples.slice(0, 1) }).toEqual({
        seed: round,
        counterexamples: [],
      });
      refused += Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    }
    expect(refused).toBeLessThanOrEqual((sameAsOneSchema.refusable * sameAsOneSchema.casesPerRound * rounds) / 400);
  });
});
