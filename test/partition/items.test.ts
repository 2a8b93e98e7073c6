import { describe, expect, test } from '@jest/globals';
import type { DataCategory } from '../../src/policy/index.js';
import type { Row } from './bankGraph.js';
import { account, alert, conversation, holding } from './rows.js';
import { createWorld, standingAt, type World } from './world.js';

const chatting: readonly DataCategory[] = [
  'ACCOUNT_IDENTITY',
  'CONVERSATION',
  'FRAUD_SIGNAL',
  'PAYMENT_ACTIVITY',
  'TRANSACTION_CORE',
  'TRANSACTION_DETAIL',
];

function chat(categories = chatting, held = conversation('c', 'a1')): World {
  return createWorld({
    purpose: 'SUPPORT_CHAT',
    banks: [standingAt('harbor', { a1: categories })],
    rows: { harbor: holding({ conversations: [held], accounts: [account('a1')] }) },
  });
}

function attached(selection: string): string {
  return `{ me { conversations { messages { edges { node { ${selection} } } } } } }`;
}

/** The first message of an answer. */
function message(data: unknown): unknown {
  const { me } = data as { me: { conversations: { messages: { edges: { node: unknown }[] } }[] } };
  return me.conversations[0]?.messages.edges[0]?.node;
}

describe('an item attached to a message', () => {
  test('does not lead from an alert on to the alert’s entry, which is never asked for', async () => {
    const world = chat();
    const { data, errors } = await world.ask(attached('alert { severity transaction { id } }'));
    expect(message(data)).toEqual({ alert: { severity: 'HIGH', transaction: null } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_DENIED']);
    expect(world.asked[0]?.query).not.toMatch(/transaction/);
  });

  test('names the account that it concerns, because the purpose reads accounts anywhere', async () => {
    const { data, errors } = await chat().ask(attached('alert { account { nickname } }'));
    expect(message(data)).toEqual({ alert: { account: { nickname: 'nickname of a1' } } });
    expect(errors).toBeUndefined();
  });

  test('shows its own fields and values', async () => {
    const { data, errors } = await chat().ask(
      attached('transaction { amount { amount } merchant { name } } payment { note amount { currency } }'),
    );
    expect(message(data)).toEqual({
      transaction: { amount: { amount: '12.30' }, merchant: { name: 'shop' } },
      payment: { note: 'lunch', amount: { currency: 'USD' } },
    });
    expect(errors).toBeUndefined();
  });

  test('is null for want of consent, with that code, and is not asked for', async () => {
    const world = chat(['CONVERSATION']);
    const { data, errors } = await world.ask(attached('text alert { id } payment { id }'));
    expect(message(data)).toEqual({ text: 'good morning', alert: null, payment: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['CONSENT_REQUIRED', 'CONSENT_REQUIRED']);
    expect(world.asked[0]?.query).not.toMatch(/alert|payment/);
  });

  test('costs the bank’s rows when it is of an account that was not granted', async () => {
    const world = createWorld({
      purpose: 'SUPPORT_CHAT',
      banks: [standingAt('harbor', { a1: chatting })],
      rows: { harbor: holding({ conversations: [conversation('c', 'a2')] }) },
    });
    const { data, errors } = await world.ask(attached('text transaction { id }'));
    expect(data).toEqual({ me: { conversations: [] } });
    expect(errors).toMatchObject([
      { path: ['me', 'conversations'], extensions: { code: 'BANK_UNAVAILABLE', bank: 'harbor' } },
    ]);
  });

  test('that the bank leaves out is null without an error', async () => {
    const bare = JSON.parse(JSON.stringify(conversation('c', 'a1')), (key, value: unknown) =>
      key === 'alert' ? null : value,
    ) as Row;
    const { data, errors } = await chat(chatting, bare).ask(attached('text alert { severity account { currency } }'));
    expect(message(data)).toEqual({ text: 'good morning', alert: null });
    expect(errors).toBeUndefined();
  });
});

describe('an entry of an account', () => {
  test('is denied to chats off an anchor, whichever fragment or alias asks', async () => {
    const world = chat();
    const { data, errors } = await world.ask(
      '{ me { accounts { id: currency ... on DepositAccount { balances: transactions { edges { node { id } } } } } } }',
    );
    expect(data).toEqual({ me: { accounts: [{ id: 'USD', balances: null }] } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_DENIED']);
    expect(world.asked[0]?.query).not.toMatch(/transactions/);
  });

  test('is read below an alert, and the account below the alert shows no balance', async () => {
    const world = createWorld({
      purpose: 'FRAUD_ALERTS',
      banks: [standingAt('harbor', { a1: ['FRAUD_SIGNAL', 'TRANSACTION_CORE', 'TRANSACTION_DETAIL'] })],
      rows: { harbor: holding({ fraudAlerts: [alert('al', 'a1')] }) },
    });
    const { data, errors } = await world.ask(
      '{ me { fraudAlerts { transaction { description } account { balances { kind } transactions { edges { cursor } } } } } }',
    );
    expect(data).toEqual({
      me: {
        fraudAlerts: [
          { transaction: { description: 'description of tx-al' }, account: { balances: null, transactions: null } },
        ],
      },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_DENIED', 'PURPOSE_DENIED']);
    expect(world.asked[0]?.query).not.toMatch(/balances|transactions/);
  });

  test('that an alert lacks is null without an error', async () => {
    const world = createWorld({
      purpose: 'FRAUD_ALERTS',
      banks: [standingAt('harbor', { a1: ['FRAUD_SIGNAL', 'TRANSACTION_CORE'] })],
      rows: { harbor: holding({ fraudAlerts: [{ ...alert('al', 'a1'), transaction: null }] }) },
    });
    const { data, errors } = await world.ask('{ me { fraudAlerts { severity transaction { id } } } }');
    expect(data).toEqual({ me: { fraudAlerts: [{ severity: 'HIGH', transaction: null }] } });
    expect(errors).toBeUndefined();
  });
});
