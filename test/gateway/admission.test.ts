import { describe, expect, test } from '@jest/globals';
import { createAgreementPort, type RegisteredAgreement } from '../../src/consent/index.js';
import { createAdmission } from '../../src/gateway/admission.js';

describe('a bank', () => {
  const clock = { wall: 0, monotonic: 0 };
  const admission = (terms: Partial<RegisteredAgreement>) => {
    [clock.wall, clock.monotonic] = [0, 0];
    const agreement = { bank: 'harbor', status: 'LIVE', region: 'US', covers: new Map(), ...terms } as const;
    return createAdmission(createAgreementPort([agreement]), {
      now: () => new Date(clock.wall),
      monotonicMs: () => clock.monotonic,
    });
  };

  test('is not asked in its maintenance, and is again when it is over', () => {
    const { admit } = admission({ maintenance: [{ from: 10, until: 20 }] });
    const at = (wall: number) => {
      clock.wall = wall;
      return admit('harbor');
    };
    expect([9, 10, 19, 20].map(at)).toEqual([undefined, 'BANK_UNAVAILABLE', 'BANK_UNAVAILABLE', undefined]);
  });

  test('is asked no more often in any minute than its cap says, whatever the wall clock does', () => {
    const { admit } = admission({ callsPerMinute: 2 });
    const at = (monotonic: number) => {
      [clock.monotonic, clock.wall] = [monotonic, -monotonic];
      return admit('harbor');
    };
    expect([0, 30_000, 59_999].map(at)).toEqual([undefined, undefined, 'BANK_THROTTLED']);
    expect([60_000, 60_001, 90_000].map(at)).toEqual([undefined, 'BANK_THROTTLED', undefined]);
  });

  test('without cap or maintenance is always asked', () => {
    const { admit } = admission({});
    expect(Array.from({ length: 1000 }, () => admit('harbor')).every((code) => code === undefined)).toBe(true);
  });
});
