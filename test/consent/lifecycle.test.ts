import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bankStepMs,
  consentStates,
  dayMs,
  expiryOf,
  isFinal,
  legalSteps,
  reconfirmationOf,
  settle,
  take,
  withoutAccount,
} from '../../src/consent/index.js';
import { makeConsent, noonMs } from './makeConsent.js';

const step = { reason: 'because', initiator: 'PLATFORM', at: noonMs } as const;

describe('take', () => {
  const pairs = consentStates.flatMap((from) => consentStates.map((to) => [from, to] as const));

  test.each(pairs.filter(([from, to]) => !legalSteps[from].includes(to)))('refuses %s → %s', (from, to) => {
    expect(() => take(makeConsent({ state: from }), { ...step, to })).toThrow('cannot go');
  });

  test.each(pairs.filter(([from, to]) => legalSteps[from].includes(to)))('takes %s → %s', (from, to) => {
    const after = take(makeConsent({ state: from }), { ...step, to });
    expect(after).toMatchObject({ state: to, stateReason: 'because', initiator: 'PLATFORM', stateSince: noonMs });
  });

  test('nothing leaves the four final states, and every other state can be left', () => {
    expect(consentStates.filter(isFinal)).toEqual(['REVOKED', 'EXPIRED', 'REJECTED', 'SUPERSEDED']);
  });
});

describe('settle', () => {
  test('ends a consent at its expiry and not before', () => {
    const consent = makeConsent({ expiresAt: noonMs });
    expect(settle(consent, noonMs - 1).state).toBe('ACTIVE');
    expect(settle(consent, noonMs)).toMatchObject({ state: 'EXPIRED', stateSince: noonMs });
  });

  test('rejects a bank step that took 15 minutes', () => {
    const consent = makeConsent({ state: 'AWAITING_BANK', stateSince: noonMs });
    expect(settle(consent, noonMs + bankStepMs - 1).state).toBe('AWAITING_BANK');
    expect(settle(consent, noonMs + bankStepMs).state).toBe('REJECTED');
  });

  test('leaves a final consent as it is, and settling twice is settling once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...consentStates), fc.integer({ min: -400, max: 400 }), (state, days) => {
        const consent = makeConsent({ state });
        const now = noonMs + days * dayMs;
        const settled = settle(consent, now);
        expect(settle(settled, now)).toEqual(settled);
        if (isFinal(state)) expect(settled).toBe(consent);
      }),
    );
  });
});

test('a consent lasts as long as asked, 365 days, or the bank allows, whichever is least', () => {
  expect(expiryOf({ kind: 'PERSISTENT' }, 0)).toBe(365 * dayMs);
  expect(expiryOf({ kind: 'PERSISTENT' }, 0, 180)).toBe(180 * dayMs);
  expect(expiryOf({ kind: 'TIME_BOUND', days: 400 }, 0, 500)).toBe(365 * dayMs);
  expect(expiryOf({ kind: 'TIME_BOUND', days: 30 }, 0, 180)).toBe(30 * dayMs);
});

test('only the UK asks for confirmation, after 90 days', () => {
  expect(reconfirmationOf('UK', 0)).toBe(90 * dayMs);
  expect(reconfirmationOf('GB', 0)).toBe(90 * dayMs);
  expect(reconfirmationOf('US', 0)).toBeUndefined();
});

test('a closed account leaves the consent, and only that account', () => {
  const consent = makeConsent({ accounts: ['a', 'b'] });
  expect(withoutAccount(consent, 'a')).toMatchObject({ accounts: ['b'], state: 'ACTIVE', version: 2 });
  expect(withoutAccount(consent, 'c')).toBe(consent);
});
