import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createMemoryRepository,
  dayMs,
  grant,
  settle,
  type Consent,
  type GrantOrder,
  type GrantOutcome,
} from '../../src/consent/index.js';
import { maskOf } from '../../src/policy/index.js';
import { makeConsent, noonMs } from './makeConsent.js';

const order: GrantOrder = {
  customer: 'customer-1',
  client: 'messenger',
  bank: 'harbor',
  customerReference: 'hb-1',
  purpose: 'ACCOUNT_SERVICING',
  categories: maskOf(['BALANCE']),
  accounts: ['hb-1-1'],
  duration: { kind: 'PERSISTENT' },
  region: 'US',
  idempotencyKey: 'k1',
};
const { accounts: _, ...waitingOrder } = order;

function storeOf(seeds: readonly Consent[] = []) {
  const repository = createMemoryRepository(seeds);
  let made = 0;
  return {
    grant: (wanted: GrantOrder, now = noonMs) =>
      repository.change(wanted.customer, grant(wanted, { now, newId: `new-${(made += 1)}` })),
    states: async (now = noonMs) => {
      const { consents } = await repository.ofCustomer('customer-1');
      return Object.fromEntries(consents.map((consent) => [consent.id, settle(consent, now).state]));
    },
  };
}

function granted(outcome: GrantOutcome): Consent {
  if (outcome.kind !== 'granted') throw new Error(outcome.kind);
  return outcome.consent;
}

describe('grant', () => {
  test('without accounts waits for the bank, and changes nothing that is in effect', async () => {
    const store = storeOf([makeConsent()]);
    expect(granted(await store.grant(waitingOrder))).toMatchObject({
      id: 'new-1',
      state: 'AWAITING_BANK',
      accounts: [],
    });
    expect(await store.states()).toEqual({ 'consent-1': 'ACTIVE', 'new-1': 'AWAITING_BANK' });
  });

  test('with accounts completes the consent that waited for them', async () => {
    const store = storeOf();
    await store.grant(waitingOrder);
    const active = granted(await store.grant({ ...order, idempotencyKey: 'k2' }, noonMs + 60_000));
    expect(active).toMatchObject({ id: 'new-1', state: 'ACTIVE', accounts: ['hb-1-1'], grantedAt: noonMs + 60_000 });
    expect(active.expiresAt).toBe(noonMs + 60_000 + 365 * dayMs);
  });

  test('too late to complete it, makes a new one', async () => {
    const store = storeOf();
    await store.grant(waitingOrder);
    const late = noonMs + 15 * 60_000;
    expect(granted(await store.grant({ ...order, idempotencyKey: 'k2' }, late)).id).toBe('new-2');
    expect(await store.states(late)).toEqual({ 'new-1': 'REJECTED', 'new-2': 'ACTIVE' });
  });

  test.each<[string, Partial<GrantOrder>]>([
    ['categories', { categories: maskOf(['BALANCE', 'TERMS']) }],
    ['accounts', { accounts: ['hb-1-2'] }],
    ['time', { duration: { kind: 'TIME_BOUND', days: 30 } }],
    ['history', { lookbackDays: 30 }],
  ])('of other %s supersedes the active consent in the same step', async (_name, change) => {
    const store = storeOf([makeConsent()]);
    await store.grant({ ...order, ...change });
    expect(await store.states()).toEqual({ 'consent-1': 'SUPERSEDED', 'new-1': 'ACTIVE' });
  });

  test('supersedes nothing of another client, bank, purpose or customer', async () => {
    const store = storeOf([
      makeConsent({ id: 'client', client: 'other' }),
      makeConsent({ id: 'bank', bank: 'summit' }),
      makeConsent({ id: 'purpose', purpose: 'FRAUD_ALERTS' }),
    ]);
    await store.grant(order);
    expect(await store.states()).toEqual({ client: 'ACTIVE', bank: 'ACTIVE', purpose: 'ACTIVE', 'new-1': 'ACTIVE' });
  });

  test('does not bring back a consent that was revoked', async () => {
    const store = storeOf([makeConsent({ state: 'REVOKED' })]);
    await store.grant(order);
    expect(await store.states()).toEqual({ 'consent-1': 'REVOKED', 'new-1': 'ACTIVE' });
  });

  test('of the same scope confirms the same consent: in the UK for another 90 days', async () => {
    const late = noonMs + 80 * dayMs;
    const uk = storeOf([makeConsent({ reconfirmBy: noonMs })]);
    const confirmed = granted(await uk.grant({ ...order, region: 'UK' }, late));
    expect(confirmed).toMatchObject({ id: 'consent-1', version: 2, state: 'ACTIVE', reconfirmBy: late + 90 * dayMs });
    expect(confirmed.expiresAt).toBe(makeConsent().expiresAt);
  });

  test('in the wording of today confirms what was agreed to in an older one, and keeps what was shown now', async () => {
    const old = makeConsent({ disclosureHash: 'old', disclosureVersion: 0, reconfirmBy: noonMs });
    const confirmed = granted(await storeOf([old]).grant({ ...order, region: 'UK' }));
    const { disclosureHash, disclosureVersion } = makeConsent();
    expect(confirmed).toMatchObject({ id: 'consent-1', disclosureHash, disclosureVersion });
  });

  test.each(['UK', 'US'])(
    'that confirms a consent bounds it by what the bank allows by now, in the %s',
    async (region) => {
      const store = storeOf([makeConsent()]);
      const { grantedAt, expiresAt } = makeConsent();
      const lower = granted(await store.grant({ ...order, region, maximumDays: 30 }));
      expect(lower).toMatchObject({ id: 'consent-1', version: 2, expiresAt: grantedAt + 30 * dayMs });
      const higher = granted(await store.grant({ ...order, region, maximumDays: 365, idempotencyKey: 'k2' }));
      expect([higher.id, higher.expiresAt < expiresAt]).toEqual(['consent-1', true]);
    },
  );

  test('of what the bank would have ended by now is granted anew', async () => {
    const store = storeOf([makeConsent()]);
    const anew = granted(await store.grant({ ...order, maximumDays: 30 }, noonMs + 40 * dayMs));
    expect(anew).toMatchObject({ id: 'new-1', version: 1, expiresAt: noonMs + 70 * dayMs });
    expect(await store.states(noonMs + 40 * dayMs)).toEqual({ 'consent-1': 'SUPERSEDED', 'new-1': 'ACTIVE' });
  });

  test('is bounded by what the bank allows', async () => {
    const consent = granted(await storeOf().grant({ ...order, maximumDays: 180 }));
    expect(consent.expiresAt).toBe(noonMs + 180 * dayMs);
  });
});

describe('an idempotency key', () => {
  test('repeats the answer, and makes nothing new', async () => {
    const store = storeOf();
    const first = granted(await store.grant(order));
    expect(granted(await store.grant(order, noonMs + 1000))).toEqual(first);
    expect(Object.keys(await store.states())).toEqual(['new-1']);
  });

  test.each<Partial<GrantOrder>>([
    { bank: 'summit' },
    { purpose: 'FRAUD_ALERTS' },
    { categories: maskOf(['TERMS']) },
    { accounts: ['hb-1-2'] },
    { duration: { kind: 'TIME_BOUND', days: 3 } },
    { lookbackDays: 3 },
  ])('is refused with %j', async (change) => {
    const store = storeOf();
    await store.grant(order);
    expect(await store.grant({ ...order, ...change })).toEqual({ kind: 'keyReused' });
    expect(Object.keys(await store.states())).toEqual(['new-1']);
  });

  test('is free for another client, and again after 24 hours', async () => {
    const store = storeOf();
    await store.grant(order);
    expect(granted(await store.grant({ ...order, client: 'other', accounts: ['hb-1-2'] })).id).toBe('new-2');
    expect((await store.grant({ ...order, accounts: ['hb-1-2'] }, noonMs + dayMs)).kind).toBe('granted');
  });
});

test('whatever is granted, one consent at most is active for a client, bank and purpose', async () => {
  const wanted = fc.record({
    accounts: fc.constantFrom(undefined, ['hb-1-1'], ['hb-1-2'], ['hb-1-1', 'hb-1-2']),
    categories: fc.constantFrom(maskOf(['BALANCE']), maskOf(['TERMS'])),
    minutes: fc.integer({ min: 0, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wanted, { maxLength: 8 }), async (plan) => {
      const store = storeOf();
      let now = noonMs;
      for (const [index, { accounts, categories, minutes }] of plan.entries()) {
        now += minutes * 60_000;
        const next = { ...waitingOrder, categories, idempotencyKey: `k${index}` };
        await store.grant(accounts === undefined ? next : { ...next, accounts }, now);
        const states = Object.values(await store.states(now));
        expect(states.filter((state) => state === 'ACTIVE').length).toBeLessThanOrEqual(1);
        expect(states.filter((state) => state === 'AWAITING_BANK').length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 60 },
  );
});
