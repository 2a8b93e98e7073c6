import { beforeEach, describe, expect, test } from '@jest/globals';
import type { GrantedAccount } from '../../../src/partition/index.js';
import type { Subgraph } from '../../../src/partner/index.js';
import { demoPages } from '../../../resolvers/wallet/demoPages.js';
import { createWalletSubgraph } from '../../../resolvers/wallet/wallet.js';
import { createWalletBook } from '../../../resolvers/wallet/walletBook.js';
import { ask, askEntity, at, listAt, noon, partsOf, type Answered, type GrantFacts } from '../platform/call.js';

const seconds = noon.getTime() / 1000;
const paying: GrantedAccount = {
  reference: 'wallet',
  categories: ['RELATIONSHIP', 'PAYMENT_ACTIVITY', 'PAYMENT_CREDENTIAL'],
  anchored: [],
};
const atCheckout: GrantedAccount = {
  reference: 'wallet',
  categories: ['RELATIONSHIP', 'PAYMENT_CREDENTIAL'],
  anchored: [{ edge: 'Checkout.payment', categories: ['PAYMENT_ACTIVITY'] }],
};
const base = { aud: 'wallet', sub: 'wl-5001', client: 'messenger', authTime: seconds - 10 };
const p2p: GrantFacts = { ...base, purpose: 'P2P_PAYMENT', accounts: [paying] };
const checkout: GrantFacts = { ...base, purpose: 'MERCHANT_CHECKOUT', accounts: [atCheckout] };
const key = { __typename: 'Customer', ref: 'wl-5001' };

let wallet: Subgraph;

beforeEach(async () => {
  const pages = demoPages(['wl-5001', 'wl-5002'], { salt: '', startedAt: noon });
  const book = createWalletBook(pages, () => noon);
  wallet = createWalletSubgraph({ ...(await partsOf('wallet')), book, listedRetailers: ['Dune Roasters'] });
});

const codeOf = ({ errors }: Answered) => errors?.[0]?.extensions.code;

describe('what the wallet shows', () => {
  test('is nothing of another holder', async () => {
    const other = { ...key, ref: 'wl-5002' };
    expect((await askEntity(wallet, p2p, { key: other, fields: 'payments { id }' })).data).toBeNull();
  });

  test('is nothing without a consent', async () => {
    const { data, errors } = await askEntity(wallet, { ...p2p, accounts: [] }, { key, fields: 'payments { id }' });
    expect(data).toEqual({ payments: null });
    expect(errors).toHaveLength(1);
  });

  test('is no payment at checkout, but for the one that hangs on the checkout', async () => {
    const fields = 'payments { id } checkouts { state payment { id amount { amount currency } } }';
    const answer = await askEntity(wallet, checkout, { key, fields });
    expect(at(answer, 'payments')).toBeNull();
    expect(at(answer, 'checkouts.0')).toMatchObject({ state: 'PAID', payment: { amount: { currency: 'USD' } } });
  });

  test('is payments, newest first', async () => {
    const answer = await askEntity(wallet, p2p, { key, fields: 'payments { createdAt }' });
    const dates = listAt(answer, 'payments.*.createdAt');
    expect(dates.length).toBeGreaterThan(0);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test.each([
    { rows: 'payments', date: 'createdAt', facts: p2p, account: paying },
    { rows: 'checkouts', date: 'startedAt', facts: checkout, account: atCheckout },
  ])('is no $rows from before the time that the grant reaches', async ({ rows, date, facts, account }) => {
    const datesSince = async (notBefore: string) => {
      const limited = { ...facts, accounts: [{ ...account, notBefore }] };
      return listAt(await askEntity(wallet, limited, { key, fields: `${rows} { ${date} }` }), `${rows}.*.${date}`);
    };
    const all = await datesSince('2020-01-01T00:00:00Z');
    const newest = String(all[0]);
    expect(all.length).toBeGreaterThan(0);
    expect(await datesSince(newest)).toEqual([newest]);
    expect(await datesSince('2026-11-15T12:00:01Z')).toEqual([]);
  });

  test('changes with the salt', () => {
    const salted = (salt: string) => demoPages(['wl-5001'], { salt, startedAt: noon }).get('wl-5001');
    expect(salted('a')).toEqual(salted('a'));
    expect(salted('b')?.payments[0]).not.toEqual(salted('a')?.payments[0]);
  });
});

const send = `mutation ($to: String!, $amount: Decimal!, $currency: CurrencyCode!, $credential: String, $key: String!) {
  sendPayment(recipient: $to, amount: $amount, currency: $currency, credential: $credential, idempotencyKey: $key) {
    id state counterparty amount { amount currency }
  }
}`;
const dinner = { to: 'Noor', amount: '12.5', currency: 'USD', credential: 'device-token', key: 'k1' };
const sending = (variables: object = {}, facts: GrantFacts = p2p) =>
  ask(wallet, facts, { query: send, variables: { ...dinner, ...variables } });

describe('sendPayment', () => {
  test.each([{ authTime: seconds - 306 }, { authTime: seconds + 60 }])(
    'refuses an authentication at %j',
    async (facts) => {
      expect(codeOf(await sending({}, { ...p2p, ...facts }))).toBe('UNAUTHENTICATED');
    },
  );

  test('refuses a grant that says no time of authentication', async () => {
    const { authTime: _, ...silent } = p2p;
    expect(codeOf(await sending({}, silent))).toBe('UNAUTHENTICATED');
  });

  test.each([
    { amount: '0.00' },
    { amount: '-1' },
    { amount: '1.234' },
    { amount: '1e3' },
    { amount: 12.5 },
    { currency: 'XQX' },
    { amount: '1.5', currency: 'JPY' },
    { to: '  ' },
    { key: '' },
    { key: 'k'.repeat(41) },
  ])('refuses %j', async (wrong) => {
    expect(codeOf(await sending(wrong))).toBe('BAD_USER_INPUT');
  });

  test('another purpose sends nothing', async () => {
    expect((await sending({}, { ...p2p, purpose: 'ACCOUNT_SERVICING' })).data).toEqual({ sendPayment: null });
  });

  test('a retry with the same key and body is one payment', async () => {
    const [first, retry] = [await sending(), await sending({ amount: '12.50' })];
    expect(at(first, 'sendPayment')).toMatchObject({
      state: 'COMPLETED',
      amount: { amount: '12.50', currency: 'USD' },
    });
    expect(retry).toEqual(first);
    const payments = await askEntity(wallet, p2p, { key, fields: 'payments { id }' });
    const same = listAt(payments, 'payments.*.id').filter((id) => id === at(first, 'sendPayment.id'));
    expect(same).toHaveLength(1);
  });

  test.each([{ amount: '12.51' }, { to: 'Ivo' }, { credential: 'other' }, { credential: null }])(
    'a key used again with %j is refused',
    async (change) => {
      await sending();
      expect(codeOf(await sending(change))).toBe('BAD_USER_INPUT');
    },
  );

  test('sent at the same time through many gateways, each with a grant of its own, is one payment', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => sending()));
    expect(new Set(answers.map((answer) => at(answer, 'sendPayment.id'))).size).toBe(1);
    const payments = await askEntity(wallet, p2p, { key, fields: 'payments { amount { amount } }' });
    const same = listAt(payments, 'payments.*.amount.amount').filter((amount) => amount === '12.50');
    expect(same).toHaveLength(1);
  });

  test('a key is remembered for 24 hours from the first order, however often it is repeated, and is free after that', async () => {
    const hour = 60 * 60_000;
    let passedMs = 0;
    const now = () => new Date(noon.getTime() + passedMs);
    const book = createWalletBook(demoPages(['wl-5001'], { salt: '', startedAt: noon }), now);
    wallet = createWalletSubgraph({ ...(await partsOf('wallet', now)), book, listedRetailers: [] });
    const sendAfter = async (hours: number) => {
      passedMs = hours * hour;
      const facts = { ...p2p, authTime: seconds + hours * 3600 };
      return at(await ask(wallet, facts, { query: send, variables: dinner, now: now() }), 'sendPayment.id');
    };
    const first = await sendAfter(0);
    expect([await sendAfter(12), await sendAfter(23.9)]).toEqual([first, first]);
    expect(await sendAfter(24)).not.toBe(first);
  });

  test('a key tells nothing to another holder or client', async () => {
    await sending();
    const holder = await sending({ amount: '99' }, { ...p2p, sub: 'wl-5002' });
    const client = await sending({ amount: '99' }, { ...p2p, client: 'another' });
    expect([codeOf(holder), codeOf(client)]).toEqual([undefined, undefined]);
  });
});

describe('startCheckout', () => {
  test('takes a key that the same holder and client used for another purpose', async () => {
    await sending({ key: 'c1' });
    const answer = await ask(wallet, checkout, { query, variables: { merchant: 'Dune Roasters' } });
    expect(at(answer, 'startCheckout')).toMatchObject({ merchant: 'Dune Roasters', state: 'PAID' });
  });

  const query = `mutation ($merchant: String!) {
    startCheckout(merchant: $merchant, amount: "7", currency: "JPY", idempotencyKey: "c1") {
      merchant state payment { amount { amount } }
    }
  }`;

  test('refuses a retailer that is not listed', async () => {
    expect(codeOf(await ask(wallet, checkout, { query, variables: { merchant: 'Elsewhere' } }))).toBe('BAD_USER_INPUT');
  });

  test('pays a listed retailer', async () => {
    const answer = await ask(wallet, checkout, { query, variables: { merchant: 'Dune Roasters' } });
    expect(at(answer, 'startCheckout')).toEqual({
      merchant: 'Dune Roasters',
      state: 'PAID',
      payment: { amount: { amount: '7' } },
    });
  });
});
