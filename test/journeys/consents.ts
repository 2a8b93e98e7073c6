/** Consents granted, superseded and revoked, and the records of it. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { askedSince, marksOf, textOf } from './asking.js';
import { bankNames, type DemoWorld } from './demoWorld.js';

let world: DemoWorld;

const as = (purpose: string, customer: string) => world.as({ purpose, customer });
const grant = `mutation ($bank: ID!, $purpose: ConsentPurpose!, $categories: [ConsentCategory!]!, $accounts: [ID!], $key: String!) {
  grantConsent(bankId: $bank, purpose: $purpose, categories: $categories, accountIds: $accounts, idempotencyKey: $key) {
    id state purpose categories bank { id } accountIds expiresAt reconfirmBy version } }`;
const revoke = 'mutation ($id: ID!, $key: String) { revokeConsent(consentId: $id, idempotencyKey: $key) { id state } }';
const picking = '{ me { accounts { id bank { id } kind nickname maskedNumber } } }';

/** The tests of this journey, through a demo that runs. */
export function consentsJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });

  describe('a customer who shares one account', () => {
    const manage = (query: string, variables?: Record<string, unknown>) =>
      as('CONSENT_MANAGEMENT', 'customer-2')(query, variables);
    const serve = (query: string) => as('ACCOUNT_SERVICING', 'customer-2')(query);
    const order = {
      bank: 'harbor',
      purpose: 'ACCOUNT_SERVICING',
      categories: ['ACCOUNT_IDENTITY', 'BALANCE', 'TRANSACTION_CORE'],
    };

    test('sees under consent management what was consented to, and nothing but what picking needs', async () => {
      const marks = await marksOf(world);
      const { data, errors } = await manage(
        '{ me { accounts { id kind nickname maskedNumber currency balances { asOf } } } }',
      );
      expect(data.me?.accounts).toHaveLength(1);
      expect(data.me?.accounts?.[0]).toMatchObject({ kind: 'CHECKING', currency: null, balances: null });
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['PURPOSE_DENIED']));
      expect(textOf(await askedSince(world, 'harbor', marks))).not.toMatch(/currency|balances/);
    });

    test("picks among all accounts during the bank's step, then grants both, which supersedes the old consent", async () => {
      const waiting = await manage(grant, { ...order, key: 'step-1' });
      expect(waiting.errors).toEqual([]);
      expect(waiting.data.grantConsent).toMatchObject({ state: 'AWAITING_BANK', accountIds: [] });
      const { data: open } = await manage(picking);
      const ids = open.me?.accounts?.map(({ id }) => id) ?? [];
      expect(ids).toHaveLength(2);
      expect((await serve('{ me { accounts { id } } }')).data.me?.accounts).toHaveLength(1);
      const granted = await manage(grant, { ...order, accounts: ids, key: 'step-2' });
      expect(granted.errors).toEqual([]);
      expect(granted.data.grantConsent).toMatchObject({ state: 'ACTIVE', accountIds: ids, bank: { id: 'harbor' } });
      expect(granted.data.grantConsent?.id).toBe(waiting.data.grantConsent?.id);
      const { data } = await manage('{ me { consents { id state purpose } } }');
      expect(data.me?.consents?.map(({ state }) => String(state)).toSorted()).toEqual(['ACTIVE', 'SUPERSEDED']);
      const read = await serve('{ me { accounts { id transactions { edges { node { amount { amount } } } } } } }');
      expect(read.errors).toEqual([]);
      expect(read.data.me?.accounts?.map(({ id }) => id)).toEqual(ids);
    });

    test('repeats an order with its key and gets the same consent; another order under that key is refused', async () => {
      const { data } = await manage(picking);
      const accounts = data.me?.accounts?.map(({ id }) => id);
      const again = await manage(grant, { ...order, accounts, key: 'step-2' });
      expect(again.data.grantConsent?.state).toBe('ACTIVE');
      const other = await manage(grant, { ...order, categories: ['BALANCE'], accounts, key: 'step-2' });
      expect(other.data).toEqual({ grantConsent: null });
      expect(other.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    test('revokes, and from then on nothing is read and no bank is called', async () => {
      const { data } = await manage('{ me { consents { id state } } }');
      const active = data.me?.consents?.find(({ state }) => String(state) === 'ACTIVE');
      const reused = await manage(revoke, { id: active?.id, key: 'step-2' });
      expect(reused.data).toEqual({ revokeConsent: null });
      expect(reused.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      expect((await serve('{ me { accounts { id } } }')).data.me?.accounts?.length).toBeGreaterThan(0);
      for (const key of ['step-3', 'step-3', null]) {
        const { data: revoked, errors } = await manage(revoke, { id: active?.id, key });
        expect([revoked, errors]).toEqual([{ revokeConsent: { id: active?.id, state: 'REVOKED' } }, []]);
      }
      const marks = await marksOf(world);
      const { data: after, errors } = await serve('{ me { accounts { id balances { asOf } } connections { id } } }');
      expect([after, errors]).toEqual([{ me: { accounts: [], connections: [] } }, []]);
      expect((await manage(picking)).data.me?.accounts).toEqual([]);
      expect(await marksOf(world)).toEqual(marks);
    });

    test('finds receipts of what was released and refused, without a value in them', async () => {
      const { data, errors } = await manage(
        '{ me { receipts(first: 100) { edges { node { id at purpose client bank { id } categories decision } } pageInfo { hasNextPage } } } }',
      );
      expect(errors).toEqual([]);
      const receipts = data.me?.receipts?.edges?.map(({ node }) => node) ?? [];
      expect(receipts).toContainEqual(
        expect.objectContaining({
          client: 'messenger',
          purpose: 'ACCOUNT_SERVICING',
          bank: { id: 'harbor' },
          decision: 'RELEASED',
        }),
      );
      expect(receipts.map((receipt) => receipt?.decision)).toContain('REFUSED');
      const released = receipts.filter((receipt) => String(receipt?.decision) === 'RELEASED');
      expect(released.some((receipt) => JSON.stringify(receipt?.categories).includes('TRANSACTION_CORE'))).toBe(true);
    });
  });

  describe('records of consents and receipts', () => {
    test('are all shown under consent management, and elsewhere those of this purpose alone', async () => {
      const query = '{ me { consents { id purpose bank { id } } receipts(first: 50) { edges { node { purpose } } } } }';
      await as('P2P_PAYMENT', 'customer-1')('{ me { payments { id } } }');
      const { data: all } = await as('CONSENT_MANAGEMENT', 'customer-1')(query);
      expect(new Set(all.me?.consents?.map(({ purpose }) => purpose)).size).toBe(5);
      const { data: own } = await as('FRAUD_ALERTS', 'customer-1')(query);
      expect(own.me?.consents).toMatchObject([{ purpose: 'FRAUD_ALERTS', bank: { id: 'harbor' } }]);
      const purposes = own.me?.receipts?.edges?.map(({ node }) => String(node?.purpose)) ?? [];
      expect(purposes.filter((purpose) => purpose !== 'FRAUD_ALERTS')).toEqual([]);
    });
  });

  describe('a grant', () => {
    const order = { bank: 'harbor', purpose: 'FRAUD_ALERTS', categories: ['FRAUD_SIGNAL'] };

    test.each(['union', 'nowhere', ''])('at `%s` gives null, changes nothing, and calls nobody', async (bank) => {
      const manage = as('CONSENT_MANAGEMENT', 'customer-3');
      const marks = await marksOf(world);
      const { status, text } = await manage(grant, { ...order, bank, key: `at-${bank}` });
      expect([status, text]).toEqual([200, '{"data":{"grantConsent":null}}']);
      expect((await manage('{ me { consents { id } } }')).data).toEqual({ me: { consents: [] } });
      expect(await marksOf(world)).toEqual(marks);
    });

    test('needs a login of the last five minutes; revoking does not', async () => {
      const stale = world.as({ purpose: 'CONSENT_MANAGEMENT', customer: 'customer-4', authenticatedAgoS: 400 });
      const refused = await stale(grant, { ...order, key: 'stale' });
      expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      const { data } = await stale('{ me { consents { id state } } }');
      expect(data.me?.consents).toHaveLength(1);
      expect((await stale(revoke, { id: data.me?.consents?.[0]?.id })).errors).toEqual([]);
    });

    test.each(['AD_TARGETING', 'CROSS_SELL', 'THIRD_PARTY_SHARING', 'DATA_SALE', 'CONSENT_MANAGEMENT'])(
      'for %s cannot be said',
      async (purpose) => {
        const { status, errors } = await as('CONSENT_MANAGEMENT', 'customer-1')(grant, { ...order, purpose, key: 'k' });
        expect(status).toBe(400);
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      },
    );

    test('of a category beyond what the purpose admits is refused', async () => {
      const { errors } = await as('CONSENT_MANAGEMENT', 'customer-1')(grant, {
        ...order,
        categories: ['BALANCE'],
        key: 'k',
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    test('is made under consent management only', async () => {
      const { data, errors } = await as('ACCOUNT_SERVICING', 'customer-1')(grant, { ...order, key: 'k' });
      expect(data).toEqual({ grantConsent: null });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_DENIED']);
    });

    test('is honoured at once: who had revoked everything reads again after granting anew', async () => {
      const manage = as('CONSENT_MANAGEMENT', 'customer-4');
      const terms = { bank: 'harbor', purpose: 'ACCOUNT_SERVICING', categories: ['BALANCE'] };
      await manage(grant, { ...terms, key: 'again-1' });
      const { data } = await manage(picking);
      const accounts = data.me?.accounts?.map(({ id }) => id);
      expect(accounts).toHaveLength(1);
      const { errors } = await manage(grant, { ...terms, accounts, key: 'again-2' });
      expect(errors).toEqual([]);
      const read = await as(
        'ACCOUNT_SERVICING',
        'customer-4',
      )('{ me { accounts { id nickname balances { money { amount } } } } }');
      expect(read.data.me?.accounts).toMatchObject([{ id: accounts?.[0], nickname: null }]);
      expect(read.data.me?.accounts?.[0]?.balances?.length).toBeGreaterThan(0);
      expect(read.errors.map(({ extensions }) => extensions.code)).toEqual(['CONSENT_REQUIRED']);
      const { data: records } = await manage(
        '{ me { receipts(first: 50) { edges { node { decision bank { id } categories } } } } }',
      );
      expect(records.me?.receipts?.edges?.map(({ node }) => node)).toContainEqual({
        decision: 'REFUSED',
        bank: { id: 'harbor' },
        categories: ['ACCOUNT_IDENTITY'],
      });
    });
  });

  test('the bank that takes no part was never called', async () => {
    expect((await world.bankLog('union')).count).toBe(0);
    expect(bankNames).toContain('union');
  });
}
