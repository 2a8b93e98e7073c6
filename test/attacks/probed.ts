/** The probes of `npm run walls`, but for the slow ones, against the whole system: none learns anything. */
import { beforeAll, expect, test } from '@jest/globals';
import { partProbes } from './composedProbes.js';
import { demoProbes } from './demoProbes.js';
import { type Target, targetOf } from './probe.js';
import type { Section } from './running.js';

/** Every probe, each under the number of its class. */
export const probeAttacks: Section = (running) => {
  let target: Target;
  beforeAll(async () => {
    target = await targetOf(running().world);
  });

  test.each([...partProbes, ...demoProbes].map((probe) => [probe.of, probe.tries, probe] as const))(
    '%i nothing is learned where %s',
    async (_of, _tries, { learns }) => {
      expect(await learns(target)).toEqual([]);
    },
  );
};
