import { describe, expect, test } from '@jest/globals';
import {
  closeAccount,
  createMemoryRepository,
  dayMs,
  grant,
  rejectBy,
  resume,
  revoke,
  revokeBy,
  settle,
  suspend,
  type Consent,
  type ConsentState,
  type GrantOrder,
  type Intervener,
} from '../../src/consent/index.js';
import { maskOf } from '../../src/policy/index.js';
import { makeConsent, noonMs } from './makeConsent.js';

const harbor: Intervener = { kind: 'BANK', bank: 'harbor' };
const summit: Intervener = { kind: 'BANK', bank: 'summit' };
const platform: Intervener = { kind: 'PLATFORM' };

/** One customer's consents, and what is done to them. */
function storeOf(...seeds: readonly Consent[]) {
  const repository = createMemoryRepository(seeds);
  const step =
    (make: typeof suspend) =>
    (by: Intervener, consentId = 'consent-1', now = noonMs) =>
      repository.change('customer-1', make({ by, consentId, now }));
  return {
    repository,
    suspend: step(suspend),
    resume: step(resume),
    revokeBy: step(revokeBy),
    rejectBy: step(rejectBy),
    close: (account: string, bank = 'harbor') =>
      repository.change('customer-1', closeAccount({ bank, account, now: noonMs })),
    grant: (change: Partial<GrantOrder> = {}) =>
      repository.change('customer-1', grant({ ...order, ...change }, { now: noonMs, newId: 'new' })),
    states: async () => {
      const { consents } = await repository.ofCustomer('customer-1');
      return Object.fromEntries(consents.map((consent) => [consent.id, settle(consent, noonMs).state]));
    },
    epoch: async () => (await repository.ofCustomer('customer-1')).epoch,
  };
}

const order: GrantOrder = {
  customer: 'customer-1',
  client: 'messenger',
  bank: 'harbor',
  customerReference: 'hb-1',
  purpose: 'ACCOUNT_SERVICING',
  categories: maskOf(['BALANCE', 'TERMS']),
  accounts: ['hb-1-1'],
  duration: { kind: 'PERSISTENT' },
  region: 'US',
  idempotencyKey: 'k1',
};

const steps = ['suspend', 'resume', 'revokeBy', 'rejectBy'] as const;

describe('every intervention', () => {
  test.each(steps)(
    '%s reaches no consent of another bank, of another customer, or that does not exist',
    async (name) => {
      const store = storeOf(makeConsent(), makeConsent({ id: 'foreign', customer: 'customer-2' }));
      expect(await store[name](summit)).toEqual({ kind: 'unknown' });
      expect(await store[name](platform, 'foreign')).toEqual({ kind: 'unknown' });
      expect(await store[name](platform, 'nothing')).toEqual({ kind: 'unknown' });
      expect([await store.states(), await store.epoch()]).toEqual([{ 'consent-1': 'ACTIVE' }, 0]);
    },
  );

  test.each<[(typeof steps)[number], readonly ConsentState[]]>([
    ['suspend', ['DRAFT', 'AWAITING_BANK', 'REVOKED', 'EXPIRED', 'REJECTED', 'SUPERSEDED']],
    ['resume', ['DRAFT', 'AWAITING_BANK', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'REJECTED', 'SUPERSEDED']],
    ['revokeBy', ['DRAFT', 'AWAITING_BANK', 'EXPIRED', 'REJECTED', 'SUPERSEDED']],
    ['rejectBy', ['ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'SUPERSEDED']],
  ])('%s is refused from %j, and writes nothing', async (name, states) => {
    for (const state of states) {
      const store = storeOf(makeConsent({ state, stateSince: noonMs }));
      expect((await store[name](harbor)).kind).toBe('refused');
      expect([await store.states(), await store.epoch()]).toEqual([{ 'consent-1': state }, 0]);
    }
  });

  test.each<[(typeof steps)[number], ConsentState, object]>([
    ['suspend', 'ACTIVE', { state: 'SUSPENDED', stateReason: 'suspended by the bank' }],
    ['revokeBy', 'ACTIVE', { state: 'REVOKED', stateReason: 'revoked by the bank' }],
    ['revokeBy', 'SUSPENDED', { state: 'REVOKED', stateReason: 'revoked by the bank' }],
    ['rejectBy', 'DRAFT', { state: 'REJECTED', stateReason: 'rejected by the bank' }],
    ['rejectBy', 'AWAITING_BANK', { state: 'REJECTED', stateReason: 'rejected by the bank' }],
  ])('%s from %s says who and why, and twice is once', async (name, state, expected) => {
    const store = storeOf(makeConsent({ state, stateSince: noonMs - 1 }));
    const first = await store[name](harbor);
    expect(first).toMatchObject({ kind: 'done', consent: { ...expected, initiator: 'BANK', stateSince: noonMs } });
    expect(await store[name](harbor)).toEqual(first);
    expect(await store.epoch()).toBe(1);
  });

  test('meets a consent as it stands now: what has run out cannot be suspended', async () => {
    const store = storeOf(makeConsent({ expiresAt: noonMs }));
    expect(await store.suspend(platform)).toMatchObject({ kind: 'refused', consent: { state: 'EXPIRED' } });
  });
});

describe('a suspension', () => {
  test('is lifted by whoever laid it, and by nobody else', async () => {
    const store = storeOf(makeConsent());
    await store.suspend(harbor);
    expect((await store.resume(platform)).kind).toBe('refused');
    expect(await store.states()).toEqual({ 'consent-1': 'SUSPENDED' });
    expect(await store.resume(harbor)).toMatchObject({
      kind: 'done',
      consent: { state: 'ACTIVE', initiator: 'BANK', stateReason: 'resumed by the bank' },
    });
  });

  test('by bank and platform holds until both have lifted it, and names who still holds it', async () => {
    const store = storeOf(makeConsent());
    await store.suspend(harbor);
    await store.suspend(platform);
    expect(await store.resume(harbor)).toMatchObject({
      consent: { state: 'SUSPENDED', initiator: 'PLATFORM', stateReason: 'suspended by the platform' },
    });
    expect(await store.resume(platform)).toMatchObject({ consent: { state: 'ACTIVE', initiator: 'PLATFORM' } });
  });

  test('is not got round by granting another scope, the same scope, or anew after revoking', async () => {
    const store = storeOf(makeConsent());
    await store.suspend(harbor);
    await store.grant({ categories: maskOf(['BALANCE']) });
    expect(await store.states()).toEqual({ 'consent-1': 'SUSPENDED' });
    await store.repository.change('customer-1', revoke('consent-1', noonMs));
    expect(await store.grant({ idempotencyKey: 'k2' })).toMatchObject({
      consent: { id: 'new', state: 'SUSPENDED', initiator: 'BANK', suspendedBy: ['BANK'] },
    });
    expect((await store.resume(platform, 'new')).kind).toBe('refused');
    await store.resume(harbor, 'new');
    expect(await store.states()).toEqual({ 'consent-1': 'REVOKED', new: 'ACTIVE' });
  });

  test('goes over to the consent that supersedes, and is lifted from both by either id', async () => {
    const store = storeOf(makeConsent());
    await store.suspend(platform);
    await store.grant();
    expect(await store.states()).toEqual({ 'consent-1': 'SUPERSEDED', new: 'SUSPENDED' });
    await store.resume(platform, 'consent-1');
    expect(await store.states()).toEqual({ 'consent-1': 'SUPERSEDED', new: 'ACTIVE' });
    await store.grant({ accounts: ['hb-1-2'], idempotencyKey: 'k2' });
    expect((await store.states())['new']).toBe('ACTIVE');
  });

  test('of one purpose, bank or client holds no other back', async () => {
    const store = storeOf(makeConsent());
    await store.suspend(platform);
    for (const [index, change] of [{ purpose: 'FRAUD_ALERTS' }, { bank: 'summit' }, { client: 'other' }].entries()) {
      const outcome = await store.grant({ ...(change as Partial<GrantOrder>), idempotencyKey: `other-${index}` });
      expect(outcome).toMatchObject({ consent: { state: 'ACTIVE' } });
    }
  });

  test('still runs out', () => {
    const consent = makeConsent({ state: 'SUSPENDED', suspendedBy: ['BANK'] });
    expect(settle(consent, noonMs + 364 * dayMs).state).toBe('EXPIRED');
  });
});

describe('a closed account', () => {
  test('leaves every consent at its bank that lists it, whatever its purpose, and no other', async () => {
    const two = { accounts: ['hb-1-1', 'hb-1-2'] };
    const store = storeOf(
      makeConsent(two),
      makeConsent({ ...two, id: 'alerts', purpose: 'FRAUD_ALERTS' }),
      makeConsent({ ...two, id: 'held', state: 'SUSPENDED', purpose: 'SUPPORT_CHAT' }),
      makeConsent({ ...two, id: 'elsewhere', bank: 'summit' }),
      makeConsent({ ...two, id: 'over', state: 'REVOKED' }),
      makeConsent({ id: 'without', accounts: ['hb-1-2'], purpose: 'P2P_PAYMENT' }),
    );
    expect((await store.close('hb-1-1')).map(({ id }) => id)).toEqual(['consent-1', 'alerts', 'held']);
    const { consents } = await store.repository.ofCustomer('customer-1');
    expect(consents.map(({ id, accounts, version, state }) => [id, accounts, version, state])).toEqual([
      ['consent-1', ['hb-1-2'], 2, 'ACTIVE'],
      ['alerts', ['hb-1-2'], 2, 'ACTIVE'],
      ['held', ['hb-1-2'], 2, 'SUSPENDED'],
      ['elsewhere', ['hb-1-1', 'hb-1-2'], 1, 'ACTIVE'],
      ['over', ['hb-1-1', 'hb-1-2'], 1, 'REVOKED'],
      ['without', ['hb-1-2'], 1, 'ACTIVE'],
    ]);
  });

  test('that was the last one ends its consent, on account of the bank', async () => {
    const store = storeOf(makeConsent());
    expect(await store.close('hb-1-1')).toMatchObject([
      {
        state: 'REVOKED',
        initiator: 'BANK',
        stateReason: 'the bank closed its last account',
        accounts: [],
        version: 2,
      },
    ]);
    expect(await store.close('hb-1-1')).toEqual([]);
    expect(await store.epoch()).toBe(1);
  });
});
