import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createAgreementPort,
  createConsentPort,
  createMemoryRepository,
  dayMs,
  revoke,
  type Consent,
} from '../../src/consent/index.js';
import { bankStatuses, maskOf, purposes, type BankStatus, type Purpose } from '../../src/policy/index.js';
import { makeConsent, noonMs } from './makeConsent.js';

const agreement = (bank: string, status: BankStatus = 'LIVE') => ({ bank, status, region: 'US', covers: new Map() });

interface Setting {
  readonly purpose?: Purpose;
  readonly now?: number;
  readonly status?: BankStatus;
  readonly client?: string;
  readonly lookbackDays?: number;
}

async function standing(consents: readonly Consent[], setting: Setting = {}) {
  const { purpose = 'ACCOUNT_SERVICING', now = noonMs, status = 'LIVE', client = 'messenger', lookbackDays } = setting;
  const harbor = { ...agreement('harbor', status), ...(lookbackDays === undefined ? {} : { lookbackDays }) };
  const agreements = createAgreementPort([agreement('summit'), harbor, agreement('wallet')]);
  const port = createConsentPort(createMemoryRepository(consents), agreements, () => new Date(now));
  return (await port.standing({ customer: 'customer-1', client, purpose }, new Date(now))).banks;
}

describe('standing', () => {
  test.each([
    ['another customer', makeConsent({ customer: 'customer-2' })],
    ['another client', makeConsent({ client: 'other' })],
    ['another purpose', makeConsent({ purpose: 'FRAUD_ALERTS' })],
    ['a draft', makeConsent({ state: 'DRAFT' })],
    ['a consent that waits for the bank', makeConsent({ state: 'AWAITING_BANK', stateSince: noonMs })],
    ['a suspended consent', makeConsent({ state: 'SUSPENDED' })],
    ['a revoked consent', makeConsent({ state: 'REVOKED' })],
    ['an expired consent', makeConsent({ expiresAt: noonMs })],
    ['a consent without accounts', makeConsent({ accounts: [] })],
    ['a bank that the registry does not list', makeConsent({ bank: 'nowhere' })],
  ])('does not rest on %s', async (_, consent) => {
    expect(await standing([consent])).toEqual([]);
  });

  test.each(bankStatuses.filter((status) => status !== 'LIVE' && status !== 'PILOT'))(
    'leaves a bank out that is %s',
    async (status) => {
      expect(await standing([makeConsent()], { status })).toEqual([]);
      expect(await standing([makeConsent()], { status, purpose: 'CONSENT_MANAGEMENT' })).toEqual([]);
    },
  );

  test.each(purposes.filter((purpose) => purpose !== 'ACCOUNT_SERVICING' && purpose !== 'CONSENT_MANAGEMENT'))(
    'a consent for ACCOUNT_SERVICING gives %s nothing',
    async (purpose) => {
      expect(await standing([makeConsent()], { purpose })).toEqual([]);
    },
  );

  test('implies RELATIONSHIP, and nothing more, for the accounts listed', async () => {
    const [bank] = await standing([makeConsent()]);
    expect(bank).toEqual({
      bank: 'harbor',
      customerReference: 'hb-1',
      state: 'active',
      accounts: [{ reference: 'hb-1-1', categories: maskOf(['RELATIONSHIP', 'BALANCE']) }],
      consents: [{ id: 'consent-1', version: 1 }],
    });
  });

  test('unites consents of one bank account by account', async () => {
    const other = makeConsent({ id: 'consent-2', categories: maskOf(['TERMS']), accounts: ['hb-1-1', 'hb-1-2'] });
    const [bank] = await standing([makeConsent(), other]);
    expect(bank?.accounts).toEqual([
      { reference: 'hb-1-1', categories: maskOf(['RELATIONSHIP', 'BALANCE', 'TERMS']) },
      { reference: 'hb-1-2', categories: maskOf(['RELATIONSHIP', 'TERMS']) },
    ]);
  });

  test('lists banks in registry order', async () => {
    const summit = makeConsent({ id: 'consent-2', bank: 'summit', customerReference: 'sm-1' });
    expect((await standing([makeConsent(), summit])).map(({ bank }) => bank)).toEqual(['summit', 'harbor']);
  });

  test('leaves a bank out when two consents disagree about who the customer is there', async () => {
    expect(await standing([makeConsent(), makeConsent({ id: 'consent-2', customerReference: 'hb-2' })])).toEqual([]);
  });
});

describe('reconfirmation', () => {
  const late = makeConsent({ reconfirmBy: noonMs });

  test('past its date the bank waits to be confirmed, and not before', async () => {
    expect(await standing([late])).toMatchObject([{ state: 'reauth' }]);
    expect(await standing([late], { now: noonMs - 1 })).toMatchObject([{ state: 'active' }]);
  });

  test('a consent that waits adds nothing to one that does not', async () => {
    const fresh = makeConsent({ id: 'consent-2', categories: maskOf(['TERMS']) });
    const [bank] = await standing([late, fresh]);
    expect(bank).toMatchObject({ state: 'active', consents: [{ id: 'consent-2' }] });
    expect(bank?.accounts).toEqual([{ reference: 'hb-1-1', categories: maskOf(['RELATIONSHIP', 'TERMS']) }]);
  });
});

describe('picking', () => {
  const purpose = 'CONSENT_MANAGEMENT';
  const waiting = makeConsent({ state: 'AWAITING_BANK', stateSince: noonMs, accounts: [] });

  test('shows accounts of consents that are not final, of this client alone', async () => {
    const consents = [
      makeConsent({ purpose: 'FRAUD_ALERTS' }),
      makeConsent({ id: 'consent-2', state: 'SUSPENDED', accounts: ['hb-1-2'] }),
      makeConsent({ id: 'consent-3', state: 'REVOKED', accounts: ['hb-1-3'] }),
      makeConsent({ id: 'consent-4', client: 'other', accounts: ['hb-1-4'] }),
    ];
    const [bank] = await standing(consents, { purpose });
    const categories = maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY']);
    expect(bank?.state).toBe('picking');
    expect(bank?.accounts).toEqual(['hb-1-1', 'hb-1-2'].map((reference) => ({ reference, categories })));
  });

  test('shows all accounts at one bank for 15 minutes while the customer picks there', async () => {
    const summit = makeConsent({ id: 'consent-2', bank: 'summit', customerReference: 'sm-1' });
    const banks = await standing([waiting, summit], { purpose, now: noonMs + 15 * 60_000 - 1 });
    expect(banks).toMatchObject([
      { bank: 'summit', accounts: [{}] },
      { bank: 'harbor', accounts: 'all' },
    ]);
    expect(await standing([waiting], { purpose, now: noonMs + 15 * 60_000 })).toEqual([]);
  });

  test('shows nothing where the bank has not said who the customer is', async () => {
    const { customerReference: _, ...unknown } = waiting;
    expect(await standing([unknown], { purpose })).toEqual([]);
  });
});

describe('lookback', () => {
  const days = (count: number) => new Date(noonMs - count * dayMs).toISOString();
  const core = (lookbackDays?: number, facts: Partial<Consent> = {}) =>
    makeConsent({ categories: maskOf(['TRANSACTION_CORE']), ...(lookbackDays ? { lookbackDays } : {}), ...facts });
  const notBefore = async (consents: readonly Consent[], lookbackDays?: number) => {
    const [bank] = await standing(consents, lookbackDays === undefined ? {} : { lookbackDays });
    return bank?.accounts === 'all' ? undefined : bank?.accounts[0]?.notBefore;
  };

  test('is the least of consent and agreement, and absent without either', async () => {
    expect(await notBefore([core()])).toBeUndefined();
    expect(await notBefore([core(30)], 90)).toBe(days(30));
    expect(await notBefore([core(90)], 30)).toBe(days(30));
    expect(await notBefore([core()], 30)).toBe(days(30));
  });

  test.each([1, 59 * 60_000, 12 * 3_600_000 - 1])(
    'reaches back no further than agreed, and an hour less at most (%d ms past noon)',
    async (ms) => {
      const [bank] = await standing([core(1)], { now: noonMs + ms });
      const since = bank?.accounts === 'all' ? Number.NaN : Date.parse(bank?.accounts[0]?.notBefore ?? '');
      const short = since - (noonMs + ms - dayMs);
      expect([short >= 0, short < 3_600_000]).toEqual([true, true]);
    },
  );

  test('of a category is the widest that a consent gives it', async () => {
    expect(await notBefore([core(30), core(90, { id: 'consent-2' })])).toBe(days(90));
  });

  test('is never widened by a consent for another category', async () => {
    expect(await notBefore([core(30), makeConsent({ id: 'consent-2' })])).toBe(days(30));
    const detail = core(undefined, { id: 'consent-2', categories: maskOf(['TRANSACTION_DETAIL']) });
    expect(await notBefore([core(30), detail])).toBe(days(30));
  });
});

describe('epoch', () => {
  const portAt = (consents: readonly Consent[], clock: { now: number }) => {
    const repository = createMemoryRepository(consents);
    const port = createConsentPort(repository, createAgreementPort([agreement('harbor')]), () => new Date(clock.now));
    return { repository, port };
  };

  test('moves when a consent is revoked, and for that customer alone', async () => {
    const { repository, port } = portAt([makeConsent()], { now: noonMs });
    const before = await port.epoch('customer-1');
    await repository.change('customer-1', revoke('consent-1', noonMs));
    expect(await port.epoch('customer-1')).toBeGreaterThan(before);
    expect(await port.epoch('customer-2')).toBe(0);
  });

  test('moves when time alone ends or pauses a consent', async () => {
    const clock = { now: noonMs };
    const { port } = portAt([makeConsent({ expiresAt: noonMs + 2, reconfirmBy: noonMs + 1 })], clock);
    const seen = [await port.epoch('customer-1')];
    for (clock.now = noonMs + 1; clock.now <= noonMs + 2; clock.now += 1) seen.push(await port.epoch('customer-1'));
    expect(new Set(seen).size).toBe(3);
  });

  test('never falls, however time and changes mix', async () => {
    const acts = fc.array(fc.constantFrom('wait', 'confirm', 'revoke'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(acts, async (plan) => {
        const clock = { now: noonMs };
        const { repository, port } = portAt([makeConsent({ reconfirmBy: noonMs + dayMs })], clock);
        let last = await port.epoch('customer-1');
        for (const act of plan) {
          if (act === 'wait') clock.now += dayMs;
          else
            await repository.change(
              'customer-1',
              act === 'revoke' ? revoke('consent-1', clock.now) : confirmAt(clock.now),
            );
          const next = await port.epoch('customer-1');
          expect(next).toBeGreaterThanOrEqual(last);
          last = next;
        }
      }),
      { numRuns: 50 },
    );
  });

  const confirmAt = (now: number) => (current: { consents: readonly Consent[] }) => ({
    consents: current.consents.map((consent) => ({ ...consent, reconfirmBy: now + dayMs })),
    result: undefined,
  });
});
