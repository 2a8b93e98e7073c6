/** What a bank makes of an order that comes again, early or late, and of a key that comes back with another order. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { covering } from '../../partner/caller.js';
import { codes, entities, noon, parsed, visitBank, type Answer, type Asking, type Visit } from './visit.js';

let harbor: Visit;
let passedMs = 0;

beforeEach(async () => {
  passedMs = 0;
  harbor = await visitBank({ now: () => new Date(noon.getTime() + passedMs) });
});

afterEach(() => harbor.close());

const accounts = ['hb-20417-1', 'hb-20417-2', 'hb-20417-3'];
const servicing: Asking['grant'] = {
  purpose: 'ACCOUNT_SERVICING',
  sub: 'hb-20417',
  client: 'messenger',
  accounts: accounts.map((reference) => covering(reference, ['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'TRANSACTION_CORE'])),
};
const watching: Asking['grant'] = {
  ...servicing,
  purpose: 'FRAUD_ALERTS',
  accounts: accounts.map((reference) => covering(reference, ['RELATIONSHIP', 'FRAUD_SIGNAL'])),
};

const card = 'hb-20417-3';

const order = (mutation: string, grant = servicing): Promise<Answer> =>
  harbor.ask({ grant, query: `mutation { ${mutation} }` });

function lock(locked: boolean, key?: string, grant = servicing): Promise<Answer> {
  const keyed = key === undefined ? '' : `, idempotencyKey: "${key}"`;
  return order(`setCardLock(accountId: "${card}", locked: ${locked}${keyed}) { id state }`, grant);
}

async function customers<Row>(selection: string, grant: Asking['grant']): Promise<Row> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { ${selection} } } }`;
  const answer = await harbor.ask({ grant, query, variables: { of: [{ __typename: 'Customer', ref: 'hb-20417' }] } });
  const [row] = entities<Row>(answer);
  if (row === undefined) throw new Error(answer.text);
  return row;
}

async function cardState(): Promise<string | undefined> {
  const selection = 'accounts { id ... on CardAccount { card { state } } }';
  type Rows = { accounts: readonly { id: string; card?: { state: string } }[] };
  return (await customers<Rows>(selection, servicing)).accounts.find(({ id }) => id === card)?.card?.state;
}

describe('a card lock under a key', () => {
  test('that is retried late gives its first answer, and does not undo the unlock since', async () => {
    const locked = await lock(true, 'lock');
    expect(parsed(locked).data).toMatchObject({ setCardLock: { state: 'LOCKED' } });
    await lock(false, 'unlock');
    expect((await lock(true, 'lock')).text).toBe(locked.text);
    expect(await cardState()).toBe('ACTIVE');
  });

  test('that is retried late does not undo a lock either', async () => {
    const unlocked = await lock(false, 'unlock');
    await lock(true);
    expect((await lock(false, 'unlock')).text).toBe(unlocked.text);
    expect(await cardState()).toBe('LOCKED');
  });

  test('is refused with another body, and for another mutation, and changes nothing', async () => {
    await lock(false, 'once');
    expect(codes(await lock(true, 'once'))).toEqual(['BAD_USER_INPUT']);
    const id = await postedEntry();
    expect(codes(await dispute(id, 'DUPLICATE', 'once'))).toEqual(['BAD_USER_INPUT']);
    expect(await cardState()).toBe('ACTIVE');
  });

  test('is another order for another client, and a day later', async () => {
    await lock(true, 'once');
    await lock(false);
    await lock(true, 'once', { ...servicing, client: 'bank-portal' });
    expect(await cardState()).toBe('LOCKED');
    await lock(false);
    passedMs = 24 * 60 * 60_000;
    await lock(true, 'once');
    expect(await cardState()).toBe('LOCKED');
  });

  test('says nothing to a grant that no longer covers the account', async () => {
    await lock(true, 'once');
    const elsewhere = { ...servicing, accounts: [covering('hb-20417-1', ['RELATIONSHIP', 'ACCOUNT_IDENTITY'])] };
    expect(parsed(await lock(true, 'once', elsewhere))).toEqual({ data: { setCardLock: null } });
    expect(parsed(await lock(false, 'once', elsewhere))).toEqual({ data: { setCardLock: null } });
  });

  test('sets the card each time where there is no key, or a null', async () => {
    await lock(true);
    await lock(false);
    await order(`setCardLock(accountId: "${card}", locked: true, idempotencyKey: null) { id }`);
    expect(await cardState()).toBe('LOCKED');
  });
});

async function postedEntry(at = 0): Promise<string> {
  type Rows = {
    accounts: readonly { transactions: { edges: readonly { node: { id: string; status: string } }[] } }[];
  };
  const selection = 'accounts { transactions(first: 50) { edges { node { id status } } } }';
  const rows = await customers<Rows>(selection, servicing);
  const entries = rows.accounts.flatMap(({ transactions }) => transactions.edges.map(({ node }) => node));
  return entries.filter(({ status }) => status === 'POSTED')[at]?.id ?? '';
}

function dispute(id: string, reason: string, key: string): Promise<Answer> {
  const given = `transactionId: "${id}", reason: ${reason}, idempotencyKey: "${key}"`;
  return order(`disputeTransaction(${given}) { id reason transaction { id } }`);
}

test('a dispute under a key is opened once, and the key refused for another reason or entry', async () => {
  const [id, other] = [await postedEntry(), await postedEntry(1)];
  const first = await dispute(id, 'DUPLICATE', 'once');
  expect(parsed(first).data).toMatchObject({ disputeTransaction: { reason: 'DUPLICATE', transaction: { id } } });
  expect((await dispute(id, 'DUPLICATE', 'once')).text).toBe(first.text);
  expect(codes(await dispute(id, 'WRONG_AMOUNT', 'once'))).toEqual(['BAD_USER_INPUT']);
  expect(codes(await dispute(other, 'DUPLICATE', 'once'))).toEqual(['BAD_USER_INPUT']);
  expect(parsed(await dispute('tx-unknown', 'DUPLICATE', 'once'))).toEqual({ data: { disputeTransaction: null } });
});

test('an alert is acknowledged once under a key, which is refused for another alert', async () => {
  type Rows = { fraudAlerts: readonly { id: string; state: string }[] };
  const alerts = async () => (await customers<Rows>('fraudAlerts { id state }', watching)).fraudAlerts;
  const before = await alerts();
  const one = before.find(({ state }) => state === 'OPEN');
  const others = before.filter(({ id }) => id !== one?.id);
  const acknowledge = (id: string | undefined) =>
    order(`acknowledgeFraudAlert(alertId: "${id}", idempotencyKey: "once") { id state }`, watching);
  const first = await acknowledge(one?.id);
  expect(parsed(first).data).toEqual({ acknowledgeFraudAlert: { id: one?.id, state: 'ACKNOWLEDGED' } });
  expect((await acknowledge(one?.id)).text).toBe(first.text);
  expect(codes(await acknowledge(others[0]?.id))).toEqual(['BAD_USER_INPUT']);
  expect((await alerts()).filter(({ id }) => id !== one?.id)).toEqual(others);
});
