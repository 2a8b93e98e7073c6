/** Every write, once and again. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { askedSince, marksOf, textOf } from './asking.js';
import { bankNames, type DemoWorld } from './demoWorld.js';

let world: DemoWorld;

const as = (purpose: string, customer = 'customer-1') => world.as({ purpose, customer });

/** The tests of this journey, through a demo that runs. */
export function writingJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });

  describe('an alert', () => {
    const read = '{ me { fraudAlerts { id state } } }';
    const acknowledge =
      'mutation ($id: ID!, $key: String) { acknowledgeFraudAlert(alertId: $id, idempotencyKey: $key) { id state transaction { id } account { id } } }';

    test('is acknowledged, once and again, and stays so', async () => {
      const alerts = as('FRAUD_ALERTS');
      const { data } = await alerts(read);
      const open = data.me?.fraudAlerts?.find(({ state }) => String(state) === 'OPEN');
      for (const key of [null, null, 'seen', 'seen']) {
        const { data: written, errors } = await alerts(acknowledge, { id: open?.id, key });
        expect(errors).toEqual([]);
        expect(written.acknowledgeFraudAlert).toMatchObject({ id: open?.id, state: 'ACKNOWLEDGED' });
        expect(written.acknowledgeFraudAlert?.transaction?.id).toEqual(expect.any(String));
      }
      const { data: later } = await alerts(read);
      expect(later.me?.fraudAlerts?.find(({ id }) => id === open?.id)).toEqual({ id: open?.id, state: 'ACKNOWLEDGED' });
    });

    test('is not acknowledged under another purpose, and no bank is asked', async () => {
      const { data } = await as('FRAUD_ALERTS')(read);
      const marks = await marksOf(world);
      const answer = await as('ACCOUNT_SERVICING')(acknowledge, { id: data.me?.fraudAlerts?.[0]?.id });
      expect(answer.data).toEqual({ acknowledgeFraudAlert: null });
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_DENIED']);
      expect(await marksOf(world)).toEqual(marks);
    });
  });

  describe('a card', () => {
    test('is locked and unlocked at its bank alone', async () => {
      const servicing = as('ACCOUNT_SERVICING');
      const { data } = await servicing('{ me { accounts { id ... on CardAccount { card { id state } } } } }');
      const account = data.me?.accounts?.find(({ card }) => card);
      const marks = await marksOf(world);
      for (const [locked, state] of [
        [true, 'LOCKED'],
        [false, 'ACTIVE'],
      ] as const) {
        const { data: written, errors } = await servicing(
          'mutation ($id: ID!, $locked: Boolean!) { setCardLock(accountId: $id, locked: $locked) { id state lastFour } }',
          { id: account?.id, locked },
        );
        expect(errors).toEqual([]);
        expect(written.setCardLock).toMatchObject({ id: account?.card?.id, state });
        const { data: after } = await servicing(
          'query ($id: ID!) { account(id: $id) { ... on CardAccount { card { state } } } }',
          {
            id: account?.id,
          },
        );
        expect(after).toEqual({ account: { card: { state } } });
      }
      expect(textOf(await askedSince(world, 'harbor', marks))).toContain('setCardLock');
      expect(textOf(await askedSince(world, 'summit', marks))).not.toContain('setCardLock');
    });

    test('that was unlocked stays so when the order to lock it comes again late, under its key', async () => {
      const servicing = as('ACCOUNT_SERVICING');
      const state = '... on CardAccount { card { state } }';
      const { data } = await servicing('{ me { accounts { id ... on CardAccount { card { id } } } } }');
      const id = data.me?.accounts?.find(({ card }) => card)?.id;
      const write = `mutation ($id: ID!, $locked: Boolean!, $key: String) {
        setCardLock(accountId: $id, locked: $locked, idempotencyKey: $key) { id state } }`;
      const lock = { id, locked: true, key: 'the lock' };
      const first = await servicing(write, lock);
      expect([first.data.setCardLock?.state, first.errors]).toEqual(['LOCKED', []]);
      const unlocked = await servicing(write, { id, locked: false, key: 'the unlock' });
      expect([unlocked.data.setCardLock?.state, unlocked.errors]).toEqual(['ACTIVE', []]);
      expect((await servicing(write, lock)).text).toBe(first.text);
      const { data: after } = await servicing(`query ($id: ID!) { account(id: $id) { ${state} } }`, { id });
      expect(after).toEqual({ account: { card: { state: 'ACTIVE' } } });
      const changed = await servicing(write, { ...lock, locked: false });
      expect(changed.data).toEqual({ setCardLock: null });
      expect(changed.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    test('does not exist on an account without one: the lock is null', async () => {
      const servicing = as('ACCOUNT_SERVICING');
      const { data } = await servicing('{ me { accounts { id kind } } }');
      const checking = data.me?.accounts?.find(({ kind }) => String(kind) === 'CHECKING');
      const { data: written, errors } = await servicing(
        'mutation ($id: ID!) { setCardLock(accountId: $id, locked: true) { id } }',
        { id: checking?.id },
      );
      expect([written, errors]).toEqual([{ setCardLock: null }, []]);
    });
  });

  test('a posted entry is disputed once, however often it is asked for', async () => {
    const servicing = as('ACCOUNT_SERVICING');
    const { data } = await servicing(
      '{ me { accounts { id transactions(first: 25) { edges { node { id status direction } } } } } }',
    );
    const entries = data.me?.accounts?.[0]?.transactions?.edges?.map(({ node }) => node) ?? [];
    const posted = entries.find((entry) => String(entry?.status) === 'POSTED' && String(entry?.direction) === 'DEBIT');
    const dispute = (reason: string, key: string | null) =>
      servicing(
        `mutation ($id: ID!, $reason: DisputeReason!, $key: String) {
          disputeTransaction(transactionId: $id, reason: $reason, idempotencyKey: $key) { id state reason transaction { id } } }`,
        { id: posted?.id, reason, key },
      );
    const first = await dispute('NOT_RECOGNISED', null);
    expect(first.errors).toEqual([]);
    expect(first.data.disputeTransaction).toMatchObject({
      state: 'OPEN',
      reason: 'NOT_RECOGNISED',
      transaction: { id: posted?.id },
    });
    for (const key of [null, 'not mine', 'not mine']) {
      expect((await dispute('NOT_RECOGNISED', key)).text).toBe(first.text);
    }
    const changed = await dispute('DUPLICATE', 'not mine');
    expect(changed.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  describe('a conversation', () => {
    const chat = asker('SUPPORT_CHAT');
    const list =
      '{ me { conversations { id subject bank { id } messages(first: 25) { edges { node { id author text } } } } } }';

    test('is opened at one bank, gets a message, and both are read back', async () => {
      const subject = 'A card that I lost';
      const { data: opened, errors } = await chat(
        'mutation ($subject: String!) { openConversation(bankId: "harbor", subject: $subject, text: "It is gone") { id subject bank { id } } }',
        { subject },
      );
      expect(errors).toEqual([]);
      expect(opened.openConversation).toMatchObject({ subject, bank: { id: 'harbor' } });
      const sending = `mutation ($id: ID!, $key: String) {
        sendMessage(conversationId: $id, text: "Please send a new one", idempotencyKey: $key) { id author text }
      }`;
      const order = { id: opened.openConversation?.id, key: 'a new card' };
      const { data: sent, errors: sendErrors } = await chat(sending, order);
      expect(sendErrors).toEqual([]);
      expect((await chat(sending, order)).data).toEqual(sent);
      expect(sent.sendMessage).toMatchObject({ author: 'CUSTOMER', text: 'Please send a new one' });
      const { data } = await chat(list);
      const mine = data.me?.conversations?.find(({ id }) => id === opened.openConversation?.id);
      const texts = mine?.messages?.edges?.map(({ node }) => node?.text) ?? [];
      expect(texts).toContain('It is gone');
      expect(texts).toContain('Please send a new one');
    });

    test.each(['summit', 'union', 'nowhere', 'wallet', ''])(
      'is not opened at `%s`, which the customer has not consented to chat with: the same null, and no call',
      async (bankId) => {
        const marks = await marksOf(world);
        const { status, text } = await chat(
          'mutation ($bankId: ID!) { openConversation(bankId: $bankId, subject: "s", text: "t") { id } }',
          { bankId },
        );
        expect([status, text]).toEqual([200, '{"data":{"openConversation":null}}']);
        expect(await marksOf(world)).toEqual(marks);
      },
    );
  });

  describe('a payment', () => {
    const send = `mutation ($amount: Decimal!, $key: String!) {
      sendPayment(recipient: "priya", amount: $amount, currency: "USD", note: "lunch", credential: "device-1", idempotencyKey: $key) {
        id state amount { amount currency } counterparty note } }`;
    const payments = async () => (await as('P2P_PAYMENT')('{ me { payments { id } } }')).data.me?.payments ?? [];

    test('retried with the same key and body is one payment; with another body it is refused', async () => {
      const before = await payments();
      const pay = as('P2P_PAYMENT');
      const first = await pay(send, { amount: '12.50', key: 'key-1' });
      const second = await pay(send, { amount: '12.50', key: 'key-1' });
      expect(first.errors).toEqual([]);
      expect(first.data.sendPayment).toMatchObject({
        state: 'COMPLETED',
        amount: { amount: '12.50', currency: 'USD' },
      });
      expect(second.text).toBe(first.text);
      const changed = await pay(send, { amount: '12.51', key: 'key-1' });
      expect(changed.data).toEqual({ sendPayment: null });
      expect(changed.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      expect(changed.text).not.toContain('12.5');
      expect(await payments()).toHaveLength(before.length + 1);
    });

    test('never shows the credential, and no bank hears of it', async () => {
      const marks = await marksOf(world);
      const { text } = await as('P2P_PAYMENT')(send, { amount: '1.00', key: 'key-2' });
      expect(text).not.toContain('device-1');
      for (const bank of bankNames) expect(await askedSince(world, bank, marks)).toEqual([]);
    });

    test('needs a login of the last five minutes', async () => {
      const stale = world.as({ purpose: 'P2P_PAYMENT', customer: 'customer-1', authenticatedAgoS: 400 });
      const before = await payments();
      const { status, errors } = await stale(send, { amount: '3.00', key: 'key-3' });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect([200, 401]).toContain(status);
      expect(await payments()).toEqual(before);
    });

    test('is asked for by a request, which sends nothing', async () => {
      const { data, errors } = await as('P2P_PAYMENT')(
        'mutation { requestPayment(payer: "aiko", amount: "8.00", currency: "USD", idempotencyKey: "key-4") { id state counterparty } }',
      );
      expect(errors).toEqual([]);
      expect(data.requestPayment).toMatchObject({ state: 'REQUESTED', counterparty: 'aiko' });
    });

    test('is not sent for a customer who did not consent to the wallet', async () => {
      const { data } = await as('P2P_PAYMENT', 'customer-2')(send, { amount: '1.00', key: 'key-1' });
      expect(data).toEqual({ sendPayment: null });
    });

    test.each([
      ['a negative amount', '-1.00'],
      ['more digits than the currency has', '1.001'],
      ['no number', 'lots'],
    ])('is refused with %s', async (_what, amount) => {
      const { errors } = await as('P2P_PAYMENT')(send, { amount, key: 'key-5' });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });
  });

  test('a checkout at a listed retailer is started once; at any other it is refused', async () => {
    const start = `mutation ($merchant: String!) { startCheckout(merchant: $merchant, amount: "20.00", currency: "USD",
      credential: "device-1", idempotencyKey: "cart-1") { id merchant state payment { state amount { amount } } } }`;
    const checkout = as('MERCHANT_CHECKOUT');
    const [first, second] = [
      await checkout(start, { merchant: 'Bluebell Books' }),
      await checkout(start, { merchant: 'Bluebell Books' }),
    ];
    expect(first.errors).toEqual([]);
    expect(first.data.startCheckout).toMatchObject({ merchant: 'Bluebell Books' });
    expect(second.text).toBe(first.text);
    const other = await checkout(start.replace('cart-1', 'cart-2'), { merchant: 'A bookmaker' });
    expect(other.data).toEqual({ startCheckout: null });
    expect(other.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
}

function asker(purpose: string): ReturnType<typeof as> {
  return (query, variables) => as(purpose)(query, variables);
}
