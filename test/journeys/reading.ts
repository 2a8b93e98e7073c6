/** What customers read, and what they do not. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bankNames, type BankName, type DemoWorld } from './demoWorld.js';
import { askedSince, marksOf, textOf } from './asking.js';

let world: DemoWorld;

let marks: Awaited<ReturnType<typeof marksOf>>;
const asked = (bank: BankName) => askedSince(world, bank, marks);

const one = (query: string, variables?: Record<string, unknown>) =>
  world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' })(query, variables);
const two = (query: string, variables?: Record<string, unknown>) =>
  world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-2' })(query, variables);

const balances = 'balances { kind money { amount currency } asOf source }';
const decimal = /^-?\d+(\.\d+)?$/;

/** The tests of this journey, through a demo that runs. */
export function readingJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });
  beforeEach(async () => {
    marks = await marksOf(world);
  });

  describe('a customer of three banks', () => {
    test('reads the accounts of all of them in one list, in the order that the contract declares', async () => {
      const { status, data, errors } = await one(
        `{ me { displayName accounts { id bank { id name } kind ${balances} } } }`,
      );
      expect(status).toBe(200);
      expect(errors).toEqual([]);
      expect(data.me?.displayName).toBe('Maya Lindqvist');
      const accounts = data.me?.accounts ?? [];
      expect(accounts.map(({ bank }) => bank?.id)).toEqual([
        ...['harbor', 'harbor', 'harbor', 'prairie', 'prairie', 'summit', 'summit'],
      ]);
      const money = accounts.flatMap((account) => account.balances?.map((balance) => balance.money?.amount) ?? []);
      expect(money.length).toBeGreaterThanOrEqual(7);
      for (const amount of money) expect(amount).toMatch(decimal);
      expect((await asked('harbor')).length).toBe(1);
      expect(await asked('union')).toEqual([]);
    });

    test('tells each bank its own reference of the customer and nothing of the other banks', async () => {
      await one('{ me { id displayName connections { id accounts { id } } accounts { id nickname } } }');
      const own: Readonly<Record<string, string>> = { harbor: 'hb-', summit: 'sm-', prairie: 'pr-' };
      for (const bank of ['harbor', 'summit', 'prairie'] as const) {
        const text = textOf(await asked(bank));
        expect(text).toContain(own[bank]);
        const foreign = [...Object.values(own).filter((prefix) => prefix !== own[bank]), 'customer-1', 'un-', 'Maya'];
        expect(foreign.filter((word) => text.includes(word))).toEqual([]);
      }
    });

    test('pages through transactions to the last one, each once, newest first', async () => {
      const { data } = await one('{ me { accounts { id } } }');
      const id = data.me?.accounts?.[0]?.id;
      const seen: { id: string; at: string }[] = [];
      let after: string | null = null;
      do {
        const page = await one(
          `query ($id: ID!, $after: String) { account(id: $id) { transactions(first: 400, after: $after) {
            edges { cursor node { id bookedAt } } pageInfo { hasNextPage endCursor } } } }`,
          { id, after },
        );
        expect(page.errors).toEqual([]);
        const found = page.data.account?.transactions;
        seen.push(...(found?.edges ?? []).map(({ node }) => ({ id: String(node?.id), at: String(node?.bookedAt) })));
        after = found?.pageInfo?.hasNextPage ? String(found.pageInfo.endCursor) : null;
      } while (after !== null);
      expect(seen.length).toBeGreaterThan(400);
      expect(new Set(seen.map((entry) => entry.id)).size).toBe(seen.length);
      expect(seen.map((entry) => entry.at)).toEqual(
        seen
          .map((entry) => entry.at)
          .toSorted()
          .toReversed(),
      );
    });

    test('holds an account at a bank that takes no part, and no answer ever says so', async () => {
      const { data, text } = await one(
        '{ banks { id name } bank(id: "union") { id name } me { connections { bank { id } } } }',
      );
      expect(text.toLowerCase()).not.toContain('union');
      expect(data.bank).toBeNull();
      expect(data.banks?.map(({ id }) => String(id)).toSorted()).toEqual(['harbor', 'prairie', 'summit']);
      expect(await asked('union')).toEqual([]);
    });
  });

  describe('a consent for one account and its balance', () => {
    test('shows that account with its balances, and the other one not at all', async () => {
      const { data, errors } = await two(`{ me { accounts { id kind ${balances} } connections { accounts { id } } } }`);
      expect(errors).toEqual([]);
      expect(data.me?.accounts).toHaveLength(1);
      expect(data.me?.accounts?.[0]).toMatchObject({ kind: 'CHECKING' });
      expect(data.me?.accounts?.[0]?.balances?.length).toBeGreaterThan(0);
      expect(data.me?.connections?.[0]?.accounts).toEqual([{ id: data.me?.accounts?.[0]?.id }]);
    });

    test('leaves transactions null with CONSENT_REQUIRED, and never asks the bank for them', async () => {
      const { data, errors } = await two(
        `{ me { accounts { id ${balances} transactions { edges { node { id amount { amount } } } pageInfo { hasNextPage } } } } }`,
      );
      expect(data.me?.accounts?.[0]?.balances?.length).toBeGreaterThan(0);
      expect(data.me?.accounts?.[0]?.transactions).toBeNull();
      expect(errors).toMatchObject([
        { path: ['me', 'accounts', 0, 'transactions'], extensions: { code: 'CONSENT_REQUIRED', bank: 'harbor' } },
      ]);
      const requests = await asked('harbor');
      expect(requests.length).toBeGreaterThan(0);
      expect(textOf(requests)).toContain('balances');
      expect(textOf(requests)).not.toContain('transactions');
    });

    test('does not let a balance beside it through: available balance, holder, terms and bills stay unasked', async () => {
      const { data, errors } = await two(
        '{ me { accounts { id kind availableBalance { money { amount } } holder { name } terms { summary } bills { payee } } } }',
      );
      expect(data.me?.accounts?.[0]).toMatchObject({ availableBalance: null, holder: null, terms: null, bills: null });
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['CONSENT_REQUIRED']));
      expect(errors).toHaveLength(4);
      expect(textOf(await asked('harbor'))).not.toMatch(/availableBalance|holder|terms|bills/);
    });

    test('does not answer for the account beside it, whatever name asks', async () => {
      const { data } = await two(
        `{ first: me { accounts { id } } again: me { connections { other: accounts { id } } } }`,
      );
      expect(new Set(data.first?.accounts?.map(({ id }) => id)).size).toBe(1);
      expect(data.again?.connections?.[0]?.other).toEqual(data.first?.accounts);
      expect(textOf(await asked('harbor'))).not.toContain('hb-20533-2');
    });
  });

  describe('nobody connected, or nothing consented to', () => {
    test.each(['customer-3', 'customer-4'])(
      'gives %s empty lists, no error, and no bank is called',
      async (customer) => {
        const { data, errors } = await world.as({ purpose: 'ACCOUNT_SERVICING', customer })(
          '{ me { accounts { id balances { kind } } connections { id accounts { id } } } }',
        );
        expect(errors).toEqual([]);
        expect(data.me).toEqual({ accounts: [], connections: [] });
        for (const bank of bankNames) expect(await asked(bank)).toEqual([]);
      },
    );

    test('gives a purpose without consent at any bank an empty list too', async () => {
      const { data, errors } = await world.as({ purpose: 'P2P_PAYMENT', customer: 'customer-2' })(
        '{ me { accounts { id availableBalance { asOf } } } }',
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({ me: { accounts: [] } });
      expect(await asked('harbor')).toEqual([]);
    });
  });

  describe('FRAUD_ALERTS', () => {
    const alerts = (query: string) => world.as({ purpose: 'FRAUD_ALERTS', customer: 'customer-1' })(query);

    test("reads an alert's transaction, but not the balances of its account, which nobody asks for", async () => {
      const { data, errors } = await alerts(
        `{ me { fraudAlerts { id severity state account { id nickname ${balances} }
           transaction { id amount { amount } bookedAt description merchant { name } } } } }`,
      );
      const all = data.me?.fraudAlerts ?? [];
      expect(all.some(({ state }) => String(state) === 'OPEN')).toBe(true);
      for (const alert of all) {
        expect(alert.transaction?.amount?.amount).toMatch(decimal);
        expect(alert.transaction?.merchant?.name).toEqual(expect.any(String));
        expect(alert.account?.nickname).toEqual(expect.any(String));
        expect(alert.account?.balances).toBeNull();
      }
      expect(errors).toHaveLength(all.length);
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['PURPOSE_DENIED']));
      const text = textOf(await asked('harbor'));
      expect(text).toContain('fraudAlerts');
      expect(text).not.toMatch(/balances|asOf/);
      expect(await asked('summit')).toEqual([]);
      expect(await asked('prairie')).toEqual([]);
    });

    test('does not reach transactions by another way than the alert', async () => {
      const { data, errors } = await alerts(
        `{ me { accounts { id transactions { edges { node { id } } } }
           fraudAlerts { account { id transactions { edges { node { id } } } } } } }`,
      );
      const lists = [...(data.me?.accounts ?? []), ...(data.me?.fraudAlerts ?? []).map(({ account }) => account)];
      expect(lists.map((account) => account?.transactions)).toEqual(lists.map(() => null));
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['PURPOSE_DENIED']));
      expect(textOf(await asked('harbor'))).not.toContain('transactions');
    });
  });

  describe('a bank whose agreement leaves TRANSACTION_DETAIL out', () => {
    test('shows the core of an entry, and its merchant as null with BANK_EXCLUDED, never asked for', async () => {
      const { data, errors } = await one(
        `{ me { connections { bank { id } accounts { id transactions(first: 25) { edges { node {
           id status amount { amount } bookedAt merchant { name mcc } description } } } } } } }`,
      );
      const nodesOf = (bank: string) =>
        (data.me?.connections ?? [])
          .filter((connection) => String(connection.bank?.id) === bank)
          .flatMap((connection) => connection.accounts ?? [])
          .flatMap((account) => account.transactions?.edges ?? [])
          .map(({ node }) => node);
      expect(nodesOf('summit').length).toBeGreaterThan(10);
      for (const node of nodesOf('summit')) {
        expect(node).toMatchObject({ merchant: null, description: null });
        expect(node?.amount?.amount).toMatch(decimal);
      }
      expect(nodesOf('harbor').some((node) => node?.merchant?.name)).toBe(true);
      const excluded = errors.filter(({ extensions }) => extensions.code === 'BANK_EXCLUDED');
      expect(excluded).toHaveLength(errors.length);
      expect(excluded).toHaveLength(2 * nodesOf('summit').length);
      expect(new Set(excluded.map(({ extensions }) => extensions.bank))).toEqual(new Set(['summit']));
      expect(textOf(await asked('summit'))).toContain('bookedAt');
      expect(textOf(await asked('summit'))).not.toMatch(/merchant|description|mcc/);
      expect(textOf(await asked('harbor'))).toContain('merchant');
    });
  });
}
