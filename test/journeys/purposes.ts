/** What each purpose reads, and what no bank is asked for under it. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { askedSince, marksOf, type Marks, textOf } from './asking.js';
import { type BankName, type DemoWorld, type Tree } from './demoWorld.js';

let world: DemoWorld;
let marks: Marks;

const as = (purpose: string, customer = 'customer-1') => world.as({ purpose, customer });
const asked = async (bank: BankName) => textOf(await askedSince(world, bank, marks));
const silent = async (...banks: BankName[]) => {
  for (const bank of banks) expect(await askedSince(world, bank, marks)).toEqual([]);
};
const codes = ({ errors }: { readonly errors: readonly { readonly extensions: { readonly code: string } }[] }) =>
  new Set(errors.map(({ extensions }) => extensions.code));

/** The tests of this journey, through a demo that runs. */
export function purposesJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });
  beforeEach(async () => {
    marks = await marksOf(world);
  });

  describe('SUPPORT_CHAT', () => {
    const messages = (data: Tree | undefined) =>
      (data?.me?.conversations ?? []).flatMap(({ messages }) => messages?.edges ?? []).map(({ node }) => node);

    test('reads a conversation with the entry, the payment and the alert that the bank attached', async () => {
      const { data, errors } = await as('SUPPORT_CHAT')(
        `{ me { conversations { id subject bank { id } messages { edges { node { id author text
           transaction { id amount { amount currency } description merchant { name } }
           payment { id state amount { amount } } alert { id severity state } } } } } } }`,
      );
      expect(errors).toEqual([]);
      const all = messages(data);
      expect(all.filter((message) => message?.transaction?.amount?.amount).length).toBeGreaterThan(0);
      expect(all.filter((message) => message?.payment?.amount?.amount).length).toBeGreaterThan(0);
      expect(all.filter((message) => message?.alert?.severity).length).toBeGreaterThan(0);
      await silent('summit', 'prairie', 'union');
    });

    test('reads only the item itself: what leads on from it is denied and never asked for', async () => {
      const answer = await as('SUPPORT_CHAT')(
        `{ me { conversations { messages { edges { node { id alert { id account { id balances { kind } }
           transaction { id amount { amount } } } } } } } } }`,
      );
      const alerts = messages(answer.data).flatMap((message) => message?.alert ?? []);
      expect(alerts.length).toBeGreaterThan(0);
      for (const alert of alerts) expect(alert).toMatchObject({ transaction: null });
      expect([...codes(answer)]).toEqual(['PURPOSE_DENIED']);
      expect(await asked('harbor')).not.toMatch(/balances|amount/);
    });

    test('reads neither alerts, payments nor entries from the customer, only from a message', async () => {
      const answer = await as('SUPPORT_CHAT')(
        '{ me { fraudAlerts { id } payments { id } accounts { id transactions { edges { node { id } } } } } }',
      );
      expect(answer.data.me).toMatchObject({ fraudAlerts: null, payments: null });
      expect(answer.data.me?.accounts?.map(({ transactions }) => transactions)).toEqual([null, null, null]);
      expect([...codes(answer)]).toEqual(['PURPOSE_DENIED']);
      expect(await asked('harbor')).not.toMatch(/fraudAlerts|transactions/);
      expect(textOf((await world.platformLog('wallet')).requests)).not.toContain('payments');
    });
  });

  describe('P2P_PAYMENT', () => {
    test('reads what can be spent and the payments, but no balance, and never asks for one', async () => {
      const answer = await as('P2P_PAYMENT')(
        `{ me { payments { id state amount { amount } counterparty note }
           accounts { id nickname availableBalance { money { amount } asOf } balances { kind } } } }`,
      );
      expect(answer.data.me?.payments?.length).toBeGreaterThan(0);
      const available = answer.data.me?.accounts?.map(({ availableBalance }) => availableBalance?.money?.amount);
      expect(available?.filter((amount) => amount !== undefined).length).toBeGreaterThan(0);
      expect(answer.data.me?.accounts?.map(({ balances }) => balances)).toEqual([null, null, null]);
      expect([...codes(answer)]).toEqual(['PURPOSE_DENIED']);
      expect(await asked('harbor')).toContain('availableBalance');
      expect(await asked('harbor')).not.toContain('balances');
      await silent('summit', 'prairie', 'union');
    });
  });

  describe('MERCHANT_CHECKOUT', () => {
    test('reads checkouts, each with the payment that settled it, and no payment in another way', async () => {
      const answer = await as('MERCHANT_CHECKOUT')(
        '{ me { checkouts { id merchant state payment { id state amount { amount } } } payments { id } } }',
      );
      const paid = answer.data.me?.checkouts?.filter(({ payment }) => payment?.amount?.amount) ?? [];
      expect(paid.length).toBeGreaterThan(0);
      expect(answer.data.me?.payments).toBeNull();
      expect(answer.errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
        [['me', 'payments'], 'PURPOSE_DENIED'],
      ]);
      await silent('harbor', 'summit', 'prairie', 'union');
    });

    test('sees which accounts there are, but neither balances nor what can be spent', async () => {
      const answer = await as('MERCHANT_CHECKOUT')(
        '{ me { accounts { id nickname maskedNumber availableBalance { asOf } balances { asOf } } } }',
      );
      expect(answer.data.me?.accounts).toHaveLength(3);
      expect(answer.errors).toHaveLength(6);
      expect([...codes(answer)]).toEqual(['PURPOSE_DENIED']);
      expect(await asked('harbor')).not.toMatch(/alance|asOf/);
    });
  });

  describe('ACCOUNT_SERVICING', () => {
    test('reads neither alerts nor chats, and no bank hears of them', async () => {
      const answer = await as('ACCOUNT_SERVICING')(
        '{ me { fraudAlerts { id } conversations { id } checkouts { id } } }',
      );
      expect(answer.data.me).toMatchObject({ fraudAlerts: null, conversations: null });
      expect([...codes(answer)]).toEqual(['PURPOSE_DENIED']);
      await silent('harbor', 'summit', 'prairie', 'union');
    });

    test('reads what an account costs, owes and who holds it', async () => {
      const { data, errors } = await as('ACCOUNT_SERVICING')(
        `{ me { accounts { __typename kind holder { name address { city country } email } terms { interestRate summary }
           bills { payee dueOn amount { amount } } ... on CardAccount { card { id lastFour state } }
           ... on LoanAccount { nextPaymentDue } } } }`,
      );
      expect(errors).toEqual([]);
      const accounts = data.me?.accounts ?? [];
      expect(new Set(accounts.map(({ __typename }) => __typename))).toEqual(
        new Set(['DepositAccount', 'CardAccount', 'LoanAccount']),
      );
      expect(accounts.every(({ holder, terms }) => holder?.name && terms?.summary !== undefined)).toBe(true);
      expect(accounts.find(({ card }) => card)?.card).toMatchObject({ lastFour: expect.stringMatching(/^\d{4}$/) });
    });

    test('reads less with a narrower token: without the scope a category is denied and not asked for', async () => {
      const narrow = world.as({
        purpose: 'ACCOUNT_SERVICING',
        customer: 'customer-1',
        scope: 'data:account-identity data:balance',
      });
      const answer = await narrow(
        '{ me { accounts { id nickname balances { asOf } holder { name } transactions { edges { node { id } } } } } }',
      );
      expect(answer.data.me?.accounts).toHaveLength(7);
      expect(answer.data.me?.accounts?.[0]).toMatchObject({ holder: null, transactions: null });
      expect([...codes(answer)]).toEqual(['PURPOSE_DENIED']);
      expect(await asked('harbor')).not.toMatch(/holder|transactions/);
    });

    test('reads nothing financial with an empty scope, and calls no bank', async () => {
      const answer = await world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1', scope: '' })(
        '{ me { displayName connections { id } payments { id } } banks { id } }',
      );
      expect(answer.data.me).toMatchObject({ displayName: 'Maya Lindqvist', connections: null, payments: null });
      expect(answer.data.banks).toHaveLength(3);
      await silent('harbor', 'summit', 'prairie', 'union');
    });
  });

  describe('COMPLIANCE_AUDIT', () => {
    const audit = (query: string) => world.as({ client: 'auditor', purpose: 'COMPLIANCE_AUDIT' })(query);

    test('reads consents and receipts under pseudonyms, in buckets, without an id that leads anywhere', async () => {
      await as('ACCOUNT_SERVICING')('{ me { accounts { id balances { asOf } } fraudAlerts { id } } }');
      const before = await marksOf(world);
      const { status, data, errors, text } = await audit(
        `{ auditedConsents(first: 100) { edges { node { pseudonym bank purpose categories state quarter } } }
           auditedReceipts(first: 100) { edges { node { pseudonym bank client purpose categories decision quarter count } } } }`,
      );
      expect([status, errors]).toEqual([200, []]);
      const consents = data.auditedConsents?.edges?.map(({ node }) => node) ?? [];
      const receipts = data.auditedReceipts?.edges?.map(({ node }) => node) ?? [];
      expect(consents.some((consent) => String(consent?.state) === 'REVOKED')).toBe(true);
      expect(new Set(receipts.map((receipt) => receipt?.decision))).toEqual(new Set(['RELEASED', 'REFUSED']));
      expect(new Set(receipts.map((receipt) => receipt?.bank)).size).toBeGreaterThan(1);
      expect(text).not.toMatch(/customer-\d|hb-\d|sm-\d|pr-\d|wl-\d|Lindqvist|union/);
      expect(await marksOf(world)).toEqual(before);
    });

    test('gives a customer another pseudonym at each bank', async () => {
      const { data } = await audit('{ auditedConsents(first: 100) { edges { node { pseudonym bank } } } }');
      const banksOf = new Map<string, Set<string>>();
      for (const { node } of data.auditedConsents?.edges ?? []) {
        const banks = banksOf.get(String(node?.pseudonym)) ?? new Set();
        banksOf.set(String(node?.pseudonym), banks.add(String(node?.bank)));
      }
      expect(banksOf.size).toBeGreaterThanOrEqual(5);
      for (const banks of banksOf.values()) expect(banks.size).toBe(1);
    });

    test('reads what was refused to those who have no path, by what they wanted, and nothing of names that never were', async () => {
      const ads = world.as({ client: 'ads-engine', purpose: 'AD_TARGETING' });
      await ads('{ me { holder { wishes } } }');
      for (const _ of [1, 2, 3]) expect((await ads('{ me { accounts { balances { asOf } } } }')).status).toBe(400);
      const { data } = await audit(
        '{ auditedReceipts(first: 1000) { edges { node { client purpose decision bank categories count } } } }',
      );
      const receipts = data.auditedReceipts?.edges?.map(({ node }) => node) ?? [];
      const refusal = { client: 'ads-engine', purpose: 'AD_TARGETING', decision: 'REFUSED', bank: null };
      expect(receipts.filter((receipt) => String(receipt?.client) === 'ads-engine')).toEqual([
        { ...refusal, categories: ['RELATIONSHIP', 'BALANCE'], count: 'ONE_TO_NINE' },
      ]);
    });

    test('sees a view in which customers have no accounts', async () => {
      const { status, errors, text } = await audit('{ me { accounts { id } } }');
      expect(status).toBe(400);
      expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(text).not.toMatch(/did you mean/i);
    });
  });
}
