import { describe, expect, test } from '@jest/globals';
import type { PartnerRows } from './bankGraph.js';
import { transaction } from './rows.js';
import { createWorld, customer, sealer, standingAt } from './world.js';

function idOf(kind: string, reference: string, bank = 'harbor'): string {
  return sealer.seal({ kind, customer }, { bank, reference });
}

/** A bank that notes each message it is sent. */
function mailbox(log: string[]): PartnerRows {
  return {
    mutations: {
      sendMessage: ({ conversationId, text }: { conversationId: string; text: string }) => {
        log.push(`${conversationId}: ${text}`);
        return { id: `m${log.length}`, text, author: 'CUSTOMER', sentAt: '2026-01-01T00:00:00Z' };
      },
      openConversation: () => ({ id: 'c9', bank: { id: 'harbor' }, subject: 's', state: 'OPEN' }),
    },
  };
}

const chatting = [standingAt('harbor', { a1: ['CONVERSATION'] }), standingAt('summit', { s1: ['CONVERSATION'] })];

describe('a mutation', () => {
  test('runs its fields one after the other, each at its own bank', async () => {
    const log: string[] = [];
    const rows = { harbor: mailbox(log), summit: mailbox(log) };
    const world = createWorld({ purpose: 'SUPPORT_CHAT', banks: chatting, rows });
    const { errors } = await world.ask(
      `mutation($h: ID!, $s: ID!) { one: sendMessage(conversationId: $h, text: "1") { id }
         two: sendMessage(conversationId: $s, text: "2") { id } three: sendMessage(conversationId: $h, text: "3") { id } }`,
      { h: idOf('CONVERSATION', 'ch'), s: idOf('CONVERSATION', 'cs', 'summit') },
    );
    expect(errors).toBeUndefined();
    expect(log).toEqual(['ch: 1', 'cs: 2', 'ch: 3']);
    expect(world.asked.map(({ bank, variables }) => [bank, Object.values(variables)])).toEqual([
      ['harbor', ['ch']],
      ['summit', ['cs']],
      ['harbor', ['ch']],
    ]);
  });

  test('runs a field once that several fragments select under one key', async () => {
    const log: string[] = [];
    const world = createWorld({ purpose: 'SUPPORT_CHAT', banks: chatting, rows: { harbor: mailbox(log) } });
    const { data } = await world.ask(
      `mutation($c: ID!, $yes: Boolean!) { sendMessage(conversationId: $c, text: "1") { id }
         ... on Mutation @include(if: $yes) { sendMessage(conversationId: $c, text: "1") { text } }
         ... { sendMessage(conversationId: $c, text: "1") { author } } }`,
      { c: idOf('CONVERSATION', 'ch'), yes: true },
    );
    expect(log).toEqual(['ch: 1']);
    expect(data).toMatchObject({ sendMessage: { text: '1', author: 'CUSTOMER' } });
  });

  test.each([
    ['unknown', 'x'],
    ['of an account', idOf('ACCOUNT', 'ch')],
    ['at a bank that is not disclosed', idOf('CONVERSATION', 'ch', 'hidden')],
  ])('is null without an error or a call for an id that is %s', async (_, id) => {
    const world = createWorld({ purpose: 'SUPPORT_CHAT', banks: chatting, rows: {} });
    const answer = await world.ask('mutation($id: ID!) { sendMessage(conversationId: $id, text: "1") { id } }', { id });
    expect(answer).toEqual({ data: { sendMessage: null } });
    expect(world.asked).toEqual([]);
  });

  test('goes to the bank that its argument names, and nowhere for one that is not disclosed', async () => {
    const world = createWorld({ purpose: 'SUPPORT_CHAT', banks: chatting, rows: { harbor: mailbox([]) } });
    const query = 'mutation($bank: ID!) { openConversation(bankId: $bank, subject: "s", text: "t") { subject } }';
    expect(await world.ask(query, { bank: 'hidden' })).toEqual({ data: { openConversation: null } });
    expect(world.asked).toEqual([]);
    expect(await world.ask(query, { bank: 'harbor' })).toEqual({ data: { openConversation: { subject: 's' } } });
    expect(world.asked.map(({ bank }) => bank)).toEqual(['harbor']);
  });

  test('of another purpose is denied without a call', async () => {
    const world = createWorld({ banks: chatting, rows: { harbor: mailbox([]) } });
    const { data, errors } = await world.ask(
      'mutation($c: ID!) { sendMessage(conversationId: $c, text: "1") { id } }',
      { c: idOf('CONVERSATION', 'ch') },
    );
    expect(data).toEqual({ sendMessage: null });
    expect(errors?.[0]?.extensions.code).toBe('PURPOSE_DENIED');
    expect(world.asked).toEqual([]);
  });

  test('without consent is refused before the bank hears of it', async () => {
    const world = createWorld({
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })],
      rows: {},
    });
    const { errors } = await world.ask(
      'mutation($id: ID!) { disputeTransaction(transactionId: $id, reason: DUPLICATE) { id } }',
      { id: idOf('TRANSACTION', 't1') },
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'CONSENT_REQUIRED', bank: 'harbor' });
    expect(world.asked).toEqual([]);
  });

  test('shows a dispute and its entry under the account’s own consent', async () => {
    const dispute = {
      id: 'd',
      accountReference: 'a1',
      reason: 'DUPLICATE',
      state: 'OPEN',
      transaction: transaction('t1', 'a1'),
    };
    const world = createWorld({
      banks: [standingAt('harbor', { a1: ['TRANSACTION_CORE'] })],
      rows: { harbor: { mutations: { disputeTransaction: dispute } } },
    });
    const { data, errors } = await world.ask(
      'mutation($id: ID!) { disputeTransaction(transactionId: $id, reason: DUPLICATE) { state transaction { status description } } }',
      { id: idOf('TRANSACTION', 't1') },
    );
    expect(data).toEqual({
      disputeTransaction: { state: 'OPEN', transaction: { status: 'POSTED', description: null } },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['CONSENT_REQUIRED']);
  });
});

describe('the wallet', () => {
  const payment = { id: 'p', state: 'COMPLETED', amount: { amount: '5.00', currency: 'USD' }, note: 'lunch' };
  const checkout = { id: 'k', merchant: 'Shop', state: 'PAID', payment };
  const wallet = {
    wallet: {
      entities: { Customer: () => ({ payments: [payment], checkouts: [checkout] }) },
      mutations: { sendPayment: payment },
    },
  };
  const send =
    'mutation { sendPayment(recipient: "Ann", amount: "5.00", currency: "USD", idempotencyKey: "k") { note } }';

  test('without standing is asked nothing: lists are empty, a payment wants consent', async () => {
    const world = createWorld({ purpose: 'P2P_PAYMENT', banks: chatting, rows: wallet });
    expect(await world.ask('{ me { payments { note } } }')).toEqual({ data: { me: { payments: [] } } });
    const { errors } = await world.ask(send);
    expect(errors?.[0]?.extensions).toEqual({ code: 'CONSENT_REQUIRED' });
    expect(world.asked).toEqual([]);
  });

  test('sends a payment under its own consent', async () => {
    const banks = [standingAt('wallet', { wallet: ['PAYMENT_ACTIVITY'] })];
    const world = createWorld({ purpose: 'P2P_PAYMENT', banks, rows: wallet });
    expect(await world.ask(send)).toEqual({ data: { sendPayment: { note: 'lunch' } } });
  });

  test('makes a payment that it accepted, also when consent is revoked before its answer is back: that is discarded', async () => {
    let epoch = 1;
    const made: string[] = [];
    const sendPayment = ({ idempotencyKey }: { idempotencyKey: string }) => {
      made.push(idempotencyKey);
      epoch = 2;
      return payment;
    };
    const world = createWorld({
      purpose: 'P2P_PAYMENT',
      banks: [standingAt('wallet', { wallet: ['PAYMENT_ACTIVITY'] })],
      rows: { wallet: { ...wallet.wallet, mutations: { sendPayment } } },
      epoch: () => epoch,
    });
    const { data, errors } = await world.ask(send);
    expect(data).toEqual({ sendPayment: null });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'REVOKED_IN_FLIGHT', bank: 'wallet' }]);
    expect(made).toEqual(['k']);
  });

  test('is not asked to pay once consent is revoked', async () => {
    const banks = [standingAt('wallet', { wallet: ['PAYMENT_ACTIVITY'] })];
    const world = createWorld({ purpose: 'P2P_PAYMENT', banks, rows: wallet, epoch: () => 2 });
    expect((await world.ask(send)).errors?.[0]?.extensions.code).toBe('REVOKED_IN_FLIGHT');
    expect(world.asked).toEqual([]);
  });

  test('shows a checkout its payment, and the purpose no payment elsewhere', async () => {
    const banks = [standingAt('wallet', { wallet: ['PAYMENT_ACTIVITY'] })];
    const world = createWorld({ purpose: 'MERCHANT_CHECKOUT', banks, rows: wallet });
    const { data, errors } = await world.ask(
      '{ me { payments { id } checkouts { merchant payment { note amount { amount } } } } }',
    );
    expect(data).toEqual({
      me: { payments: null, checkouts: [{ merchant: 'Shop', payment: { note: 'lunch', amount: { amount: '5.00' } } }] },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_DENIED']);
  });
});
