/** Ids of other customers, wherever an id is accepted. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { marksOf } from './asking.js';
import { type DemoWorld, platformNames } from './demoWorld.js';
import { bytesOf } from './httpClient.js';

let world: DemoWorld;
/** What `customer-1` holds, by the ids that it was given; collected as that customer, purpose by purpose. */
let foreign: Readonly<Record<string, string>>;

const as = (purpose: string, customer: string) => world.as({ purpose, customer });

interface Attempt {
  readonly purpose: string;
  /** Which of `customer-1`'s ids is tried. */
  readonly id: string;
  readonly query: string;
}

const attempts: readonly (readonly [string, Attempt])[] = [
  [
    'account',
    {
      purpose: 'ACCOUNT_SERVICING',
      id: 'account',
      query: 'query ($id: ID!) { account(id: $id) { id kind balances { asOf } } }',
    },
  ],
  [
    'account, of a bank of its own',
    { purpose: 'ACCOUNT_SERVICING', id: 'summitAccount', query: 'query ($id: ID!) { account(id: $id) { id } }' },
  ],
  [
    'account, with a transaction id',
    { purpose: 'ACCOUNT_SERVICING', id: 'transaction', query: 'query ($id: ID!) { account(id: $id) { id } }' },
  ],
  [
    'setCardLock',
    {
      purpose: 'ACCOUNT_SERVICING',
      id: 'cardAccount',
      query: 'mutation ($id: ID!) { setCardLock(accountId: $id, locked: true) { id state } }',
    },
  ],
  [
    'disputeTransaction',
    {
      purpose: 'ACCOUNT_SERVICING',
      id: 'transaction',
      query: 'mutation ($id: ID!) { disputeTransaction(transactionId: $id, reason: DUPLICATE) { id } }',
    },
  ],
  [
    'acknowledgeFraudAlert',
    {
      purpose: 'FRAUD_ALERTS',
      id: 'alert',
      query: 'mutation ($id: ID!) { acknowledgeFraudAlert(alertId: $id) { id state } }',
    },
  ],
  [
    'sendMessage',
    {
      purpose: 'SUPPORT_CHAT',
      id: 'conversation',
      query: 'mutation ($id: ID!) { sendMessage(conversationId: $id, text: "hello") { id } }',
    },
  ],
  [
    'openConversation',
    {
      purpose: 'SUPPORT_CHAT',
      id: 'bank',
      query: 'mutation ($id: ID!) { openConversation(bankId: $id, subject: "s", text: "t") { id } }',
    },
  ],
  [
    'revokeConsent',
    {
      purpose: 'CONSENT_MANAGEMENT',
      id: 'consent',
      query: 'mutation ($id: ID!) { revokeConsent(consentId: $id) { id state } }',
    },
  ],
  [
    'grantConsent',
    {
      purpose: 'CONSENT_MANAGEMENT',
      id: 'account',
      query:
        'mutation ($id: ID!) { grantConsent(bankId: "harbor", purpose: FRAUD_ALERTS, categories: [FRAUD_SIGNAL], accountIds: [$id], idempotencyKey: "k") { id state } }',
    },
  ],
];

/** An id that nobody was ever given, of the same length and letters. */
const unknownFor = (id: string): string => id.split('').toReversed().join('');

/** The tests of this journey, through a demo that runs. */
export function foreignIdsJourney(demo: () => DemoWorld): void {
  beforeAll(async () => {
    world = demo();
    foreign = await idsOfCustomer1();
  });

  describe.each(['customer-2', 'customer-3', 'customer-4'])('%s, with an id of another customer', (customer) => {
    test.each(attempts)(
      'gets from %s byte for byte what an unknown id gives, and no bank is called',
      async (_name, { purpose, id, query }) => {
        const own = String(foreign[id]);
        const before = await callsOf(world);
        const ask = as(purpose, customer);
        const tried = await ask(query, { id: own });
        expect(bytesOf(tried)).toBe(bytesOf(await ask(query, { id: unknownFor(own) })));
        expect(bytesOf(tried)).toBe(bytesOf(await ask(query, { id: 'nothing' })));
        expect(tried.status).toBe(200);
        expect(tried.errors).toEqual([]);
        expect(Object.values(tried.data)).toEqual([null]);
        expect(await callsOf(world)).toEqual(before);
      },
    );
  });

  describe('an own id that consent does not reach', () => {
    test('gives what an unknown id gives: the account beside the consented one stays out of sight', async () => {
      const manage = as('CONSENT_MANAGEMENT', 'customer-2');
      await manage(
        'mutation { grantConsent(bankId: "harbor", purpose: FRAUD_ALERTS, categories: [FRAUD_SIGNAL], idempotencyKey: "w") { state } }',
      );
      const { data } = await manage('{ me { accounts { id } } }');
      const { data: seen } = await as('ACCOUNT_SERVICING', 'customer-2')('{ me { accounts { id } } }');
      const consented = seen.me?.accounts?.map(({ id }) => id) ?? [];
      const beside =
        data.me?.accounts?.map(({ id }) => String(id)).find((id) => !JSON.stringify(consented).includes(id)) ?? '';
      expect(beside).not.toBe('');
      const before = await callsOf(world);
      const ask = as('ACCOUNT_SERVICING', 'customer-2');
      for (const query of [
        'query ($id: ID!) { account(id: $id) { id balances { asOf } } }',
        'mutation ($id: ID!) { setCardLock(accountId: $id, locked: true) { id } }',
      ]) {
        const tried = await ask(query, { id: beside });
        expect(bytesOf(tried)).toBe(bytesOf(await ask(query, { id: unknownFor(beside) })));
        expect(tried.errors).toEqual([]);
      }
      expect(await callsOf(world)).toEqual(before);
    });
  });

  describe('a cursor', () => {
    const query =
      'query ($id: ID!, $after: String) { account(id: $id) { transactions(after: $after) { edges { cursor node { id } } pageInfo { hasNextPage } } } }';

    test("of another customer's page gives what a cursor gives that nobody was given", async () => {
      const { id } = await openTransactions();
      const ask = as('ACCOUNT_SERVICING', 'customer-2');
      const cursor = String(foreign['cursor']);
      const tried = await ask(query, { id, after: cursor });
      expect(bytesOf(tried)).toBe(bytesOf(await ask(query, { id, after: unknownFor(cursor) })));
      const text = JSON.stringify(tried.data);
      expect(text).not.toContain('edges":[{');
    });

    test('of receipts gives what an unknown one gives', async () => {
      const receipts =
        'query ($after: String) { me { receipts(first: 1, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }';
      await as('FRAUD_ALERTS', 'customer-1')('{ me { fraudAlerts { id } accounts { id } } }');
      const { data } = await as('FRAUD_ALERTS', 'customer-1')(receipts);
      const cursor = String(data.me?.receipts?.pageInfo?.endCursor);
      expect(cursor.length).toBeGreaterThan(10);
      const ask = as('FRAUD_ALERTS', 'customer-3');
      expect(bytesOf(await ask(receipts, { after: cursor }))).toBe(
        bytesOf(await ask(receipts, { after: unknownFor(cursor) })),
      );
    });
  });

  describe('two customers of the wallet', () => {
    const payments = '{ me { payments { id note amount { amount } } } }';
    const send = (customer: string, { amount, key }: { readonly amount: string; readonly key: string }) =>
      as('P2P_PAYMENT', customer)(
        `mutation ($amount: Decimal!, $key: String!) { sendPayment(recipient: "a", amount: $amount, currency: "USD",
           note: "from ${customer}", idempotencyKey: $key) { state amount { amount } note } }`,
        { amount, key },
      );

    test('without consent of their own, the second pays nothing and sees nothing', async () => {
      const { data } = await send('customer-2', { amount: '6.00', key: 'too early' });
      expect(data).toEqual({ sendPayment: null });
      expect((await as('P2P_PAYMENT', 'customer-2')(payments)).data).toEqual({ me: { payments: [] } });
    });

    test('may use the same key for different payments, and see their own alone', async () => {
      const { data: granted } = await as(
        'CONSENT_MANAGEMENT',
        'customer-2',
      )(
        `mutation { grantConsent(bankId: "wallet", purpose: P2P_PAYMENT, categories: [PAYMENT_ACTIVITY], idempotencyKey: "wallet") { state } }`,
      );
      expect(granted).toEqual({ grantConsent: { state: 'ACTIVE' } });
      const sent = { state: 'COMPLETED', amount: { amount: '5.00' }, note: 'from customer-1' };
      expect((await send('customer-1', { amount: '5.00', key: 'same' })).data).toEqual({ sendPayment: sent });
      const other = { state: 'COMPLETED', amount: { amount: '6.00' }, note: 'from customer-2' };
      expect((await send('customer-2', { amount: '6.00', key: 'same' })).data).toEqual({ sendPayment: other });
      const lists = await Promise.all(
        ['customer-1', 'customer-2'].map(async (customer) => (await as('P2P_PAYMENT', customer)(payments)).data.me),
      );
      const [first, second] = lists.map((me) => me?.payments ?? []);
      expect([first?.[0]?.note, second?.[0]?.note]).toEqual(['from customer-1', 'from customer-2']);
      expect(second?.length).toBeGreaterThan(1);
      const seen = new Set(first?.map(({ id }) => String(id)));
      expect(second?.filter(({ id }) => seen.has(String(id)))).toEqual([]);
    });
  });

  test("ids are the customer's own: two customers' lists share none", async () => {
    const { data } = await as('ACCOUNT_SERVICING', 'customer-2')('{ me { id accounts { id } connections { id } } }');
    const text = JSON.stringify(data);
    for (const id of Object.values(foreign).filter((value) => value !== 'harbor')) expect(text).not.toContain(id);
  });
}

async function idsOfCustomer1(): Promise<Readonly<Record<string, string>>> {
  const { data: serving } = await as(
    'ACCOUNT_SERVICING',
    'customer-1',
  )('{ me { accounts { id kind bank { id } transactions(first: 25) { edges { cursor node { id } } } } } }');
  const accounts = serving.me?.accounts ?? [];
  const { data: alerts } = await as('FRAUD_ALERTS', 'customer-1')('{ me { fraudAlerts { id } } }');
  const { data: chats } = await as('SUPPORT_CHAT', 'customer-1')('{ me { conversations { id state } } }');
  const { data: records } = await as('CONSENT_MANAGEMENT', 'customer-1')('{ me { consents { id } } }');
  const [edge] = accounts[0]?.transactions?.edges ?? [];
  const found = {
    account: accounts[0]?.id,
    summitAccount: accounts.find(({ bank }) => String(bank?.id) === 'summit')?.id,
    cardAccount: accounts[2]?.id,
    transaction: edge?.node?.id,
    cursor: edge?.cursor,
    alert: alerts.me?.fraudAlerts?.[0]?.id,
    conversation: chats.me?.conversations?.find(({ state }) => String(state) === 'OPEN')?.id,
    consent: records.me?.consents?.[0]?.id,
    bank: 'harbor',
  };
  expect(Object.entries(found).filter(([, id]) => id === undefined)).toEqual([]);
  return found as unknown as Readonly<Record<string, string>>;
}

/** Lets `customer-2` read the entries of its first account. */
async function openTransactions(): Promise<{ readonly id: unknown }> {
  const { data } = await as('ACCOUNT_SERVICING', 'customer-2')('{ me { accounts { id } } }');
  const id = data.me?.accounts?.[0]?.id;
  const { data: granted } = await as('CONSENT_MANAGEMENT', 'customer-2')(
    `mutation ($id: ID!) { grantConsent(bankId: "harbor", purpose: ACCOUNT_SERVICING, categories: [TRANSACTION_CORE],
       accountIds: [$id], idempotencyKey: "open") { state } }`,
    { id },
  );
  expect(granted).toEqual({ grantConsent: { state: 'ACTIVE' } });
  return { id };
}

/** How often each bank and the wallet have been asked. */
async function callsOf(demo: DemoWorld): Promise<unknown> {
  const wallet = platformNames.filter((name) => name === 'wallet').map((name) => demo.platformLog(name));
  const [log] = await Promise.all(wallet);
  return [[...(await marksOf(demo))], log?.count];
}
