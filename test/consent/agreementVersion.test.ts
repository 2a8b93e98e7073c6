import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createAgreementRegistry,
  narrowed,
  versionInForce,
  versionsToCome,
  type AgreementTerms,
  type AgreementVersion,
  type RegisteredAgreement,
} from '../../src/consent/index.js';
import { bankStatuses, financialMask, maskOf, purposes, type Purpose } from '../../src/policy/index.js';

const covers = fc
  .dictionary(fc.constantFrom(...purposes), fc.nat(financialMask), { maxKeys: 4 })
  .map((byPurpose) => new Map(Object.entries(byPurpose) as [Purpose, number][]));
const days = fc.integer({ min: 1, max: 400 });
const members = {
  status: fc.constantFrom(...bankStatuses),
  covers,
  lookbackDays: days,
  maximumConsentDays: days,
  callsPerMinute: days,
  maintenance: fc.array(fc.record({ from: fc.nat(50), until: fc.nat(50) }), { maxLength: 2 }),
};
const anyTerms: fc.Arbitrary<AgreementTerms> = fc.record(members, { requiredKeys: [] });
const anyAgreement: fc.Arbitrary<RegisteredAgreement> = fc.record(
  { ...members, bank: fc.constant('harbor'), region: fc.constant('US') },
  { requiredKeys: ['bank', 'region', 'status', 'covers'] },
);

const routed = (status: string): number => ['LIVE', 'PILOT'].indexOf(status) + 1 || 3;

describe('an agreement under a decision', () => {
  test('is never wider than it was configured, whatever the decision says', () => {
    fc.assert(
      fc.property(anyAgreement, anyTerms, (configured, terms) => {
        const effective = narrowed(configured, terms);
        for (const [purpose, mask] of effective.covers) expect(mask & ~(configured.covers.get(purpose) ?? 0)).toBe(0);
        expect(routed(effective.status)).toBeGreaterThanOrEqual(routed(configured.status));
        for (const member of ['lookbackDays', 'maximumConsentDays', 'callsPerMinute'] as const) {
          const limit = configured[member];
          if (limit !== undefined) expect(effective[member]).toBeLessThanOrEqual(limit);
        }
        expect(effective.maintenance ?? []).toEqual(expect.arrayContaining([...(configured.maintenance ?? [])]));
      }),
    );
  });

  test('is never wider than the decision says', () => {
    fc.assert(
      fc.property(anyAgreement, anyTerms, (configured, terms) => {
        const effective = narrowed(configured, terms);
        for (const [purpose, mask] of effective.covers) {
          if (terms.covers) expect(mask & ~(terms.covers.get(purpose) ?? 0)).toBe(0);
        }
        if (terms.status) expect(routed(effective.status)).toBeGreaterThanOrEqual(routed(terms.status));
        if (terms.lookbackDays) expect(effective.lookbackDays).toBeLessThanOrEqual(terms.lookbackDays);
      }),
    );
  });
});

const harbor: RegisteredAgreement = {
  bank: 'harbor',
  status: 'LIVE',
  region: 'US',
  covers: new Map([['ACCOUNT_SERVICING', maskOf(['RELATIONSHIP', 'BALANCE'])]]),
};
const entry = (version: number, terms: AgreementTerms, effectiveFrom?: number): AgreementVersion => ({
  bank: 'harbor',
  version,
  terms,
  ...(effectiveFrom !== undefined && { effectiveFrom }),
  enteredAt: 0,
  by: 'ops',
  reason: 'a test',
});

describe('of several decisions about a bank', () => {
  const versions = [entry(2, { status: 'TERMINATED' }, 100), entry(1, { status: 'SUSPENDED' })];

  test('the newest one in effect holds', () => {
    expect(versionInForce(versions, 99)?.version).toBe(1);
    expect(versionInForce(versions, 100)?.version).toBe(2);
  });

  test('one that is replaced before its time never takes effect', () => {
    const replaced = [...versions, entry(3, {})];
    expect(versionInForce(replaced, 200)?.version).toBe(3);
    expect(versionsToCome(replaced, 50)).toEqual([]);
    expect(versionsToCome(versions, 50).map(({ version }) => version)).toEqual([2]);
  });
});

describe('a registry', () => {
  let [wall, monotonic] = [0, 0];
  const open = () => {
    [wall, monotonic] = [0, 0];
    return createAgreementRegistry([harbor], { now: () => new Date(wall), monotonicMs: () => monotonic });
  };

  test('answers no question of what it stands at before the decisions were read', () => {
    expect(() => open().revision()).toThrow(expect.objectContaining({ code: 'STALE' }));
  });

  test('answers none when they were read more than five seconds ago, whatever the wall clock says', () => {
    const registry = open();
    registry.apply([], 0);
    [wall, monotonic] = [-86_400_000, 5000];
    expect(registry.revision()).toBe(0);
    monotonic = 5001;
    expect(() => registry.revision()).toThrow(expect.objectContaining({ code: 'STALE' }));
  });

  test('moves with a decision that is entered, and with one whose time comes', () => {
    const registry = open();
    registry.apply([entry(1, { status: 'SUSPENDED' }), entry(2, { status: 'TERMINATED' }, 100)], 0);
    expect([registry.revision(), registry.agreement('harbor')?.status]).toEqual([1, 'SUSPENDED']);
    wall = 100;
    expect([registry.revision(), registry.agreement('harbor')?.status]).toEqual([2, 'TERMINATED']);
    expect(registry.agreements().map(({ status }) => status)).toEqual(['TERMINATED']);
  });

  test('does not hear of banks that are not configured', () => {
    const registry = open();
    registry.apply([{ ...entry(1, { status: 'LIVE' }), bank: 'union' }], 0);
    expect(registry.agreement('union')).toBeUndefined();
  });
});
