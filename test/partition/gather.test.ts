/**
 * How many banks the rows lie at changes nothing in the answer. Two things in an answer name a bank and are put aside
 * before bytes are compared: ids, which are sealed with the bank (they are opened, and what they name is compared), and
 * the bank's own name.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCompositeType } from 'graphql';
import type { DataCategory, Purpose } from '../../src/policy/index.js';
import { Draw } from '../authorize/randomOperation.js';
import type { PartnerRows, Row } from './bankGraph.js';
import { account, alert, holding, transaction } from './rows.js';
import { createWorld, customer, policy, sealer, standingAt, type WorldOptions } from './world.js';

/** An account wherever it lies: what is consented to there, how it differs from others, and what fails in it. */
interface Holding {
  readonly categories: readonly DataCategory[];
  readonly type: string;
  readonly entries: number;
  readonly alertsAt: readonly string[];
  readonly fails: 'nickname' | 'balances' | 'none';
  /** Which bank holds it, modulo how many there are. */
  readonly place: number;
}

const consentable: readonly DataCategory[] = ['ACCOUNT_IDENTITY', 'BALANCE', 'TERMS', 'BILLS', 'TRANSACTION_DETAIL'];
const instants = [
  '2026-01-02T03:04:05Z',
  '2026-01-02T04:04:05+01:00',
  '2026-01-02T03:04:06.5Z',
  '2025-01-01T00:00:00Z',
];

const holdings = fc.array(
  fc.record<Holding>({
    categories: fc.subarray([...consentable]).map((some) => [...some, 'TRANSACTION_CORE', 'FRAUD_SIGNAL']),
    type: fc.constantFrom('DepositAccount', 'CardAccount', 'LoanAccount'),
    entries: fc.nat(3),
    alertsAt: fc.array(fc.constantFrom(...instants), { maxLength: 2 }),
    fails: fc.constantFrom('none', 'none', 'nickname', 'balances'),
    place: fc.nat(1_000),
  }),
  { maxLength: 9 },
);

const fail = (): never => {
  throw new Error('the bank’s own text');
};

/** References stand in another order than their names sort in. */
const referenceOf = (index: number): string => `ref ${(index * 7) % 10}`;

function rowOf({ type, entries, fails }: Holding, reference: string, bank: string): Row {
  const edges = Array.from({ length: entries }, (_, entry) => ({
    cursor: `c${entry}`,
    node: transaction(`tx ${reference} ${entry}`, reference),
  }));
  const row = account(reference, bank);
  const { pageInfo } = row['transactions'] as Row;
  return { ...row, __typename: type, transactions: { edges, pageInfo }, ...(fails !== 'none' && { [fails]: fail }) };
}

function alertsOf({ alertsAt }: Holding, row: Row): Row[] {
  const reference = String(row['reference']);
  return alertsAt.map((raisedAt, index) => ({
    ...alert(`al ${reference} ${index}`, reference),
    raisedAt,
    account: row,
  }));
}

/** The same rows at so many banks. */
function spreadOver(count: number, held: readonly Holding[]): Pick<WorldOptions, 'registry' | 'banks' | 'rows'> {
  const registry = Array.from({ length: count }, (_, index) => `bank-${index}`);
  const at = registry.map((bank, place) => {
    const here = held.flatMap((one, index) =>
      one.place % count === place ? [{ one, reference: referenceOf(index) }] : [],
    );
    return { bank, here: here.map(({ one, reference }) => ({ one, reference, row: rowOf(one, reference, bank) })) };
  });
  const asked = at.filter(({ here }) => here.length > 0);
  return {
    registry,
    banks: asked.map(({ bank, here }) =>
      standingAt(bank, Object.fromEntries(here.map(({ one, reference }) => [reference, one.categories]))),
    ),
    rows: Object.fromEntries(at.map(({ bank, here }) => [bank, (granted) => knownOf(here, granted)])),
  };
}

interface Kept {
  readonly one: Holding;
  readonly reference: string;
  readonly row: Row;
}

function knownOf(here: readonly Kept[], granted: ReadonlySet<string>): PartnerRows {
  const kept = here.filter(({ reference }) => granted.has(reference));
  const accounts = kept.map(({ row }) => row);
  const byReference = new Map(kept.map(({ reference, row }) => [reference, row]));
  const lists = holding({ accounts, fraudAlerts: kept.flatMap(({ one, row }) => alertsOf(one, row)) });
  return { ...lists, roots: { account: ({ id }: { id: string }) => byReference.get(id) ?? null } };
}

const kinds = ['ACCOUNT', 'TRANSACTION', 'CARD', 'ALERT', 'CURSOR'];

/** An answer with every id opened and no bank named. */
function modulo(text: string): string {
  const opened = text.replace(/"([\w-]{24,})"/g, (whole, id: string) => {
    const found = kinds.flatMap((kind) => sealer.open({ kind, customer }, id) ?? []);
    return found[0] ? JSON.stringify(found[0].reference) : whole;
  });
  return opened.replace(/bank-\d+/g, 'bank');
}

interface Question {
  readonly purpose: Purpose;
  readonly numbers: readonly number[];
  readonly looked: number;
}

const questions = fc.record<Question>({
  purpose: fc.constantFrom('ACCOUNT_SERVICING', 'FRAUD_ALERTS'),
  numbers: fc.array(fc.nat(1_000), { minLength: 4, maxLength: 40 }),
  looked: fc.nat(8),
});

const { schema } = policy.views['first-party'];

function selectionOn(type: string, numbers: readonly number[]): string {
  const target = schema.getType(type);
  if (!isCompositeType(target)) throw new Error(`the view has no \`${type}\``);
  return new Draw(schema, numbers).selections(target, 5);
}

/** The account in full, the account in part, and alerts; one account by its id beside them. */
function queryOf({ numbers }: Question): string {
  const half = Math.floor(numbers.length / 2);
  return `query($id: ID!) {
    me {
      accounts ${selectionOn('Account', numbers.slice(0, half))}
      again: accounts ${selectionOn('Account', numbers.slice(half))}
      fraudAlerts ${selectionOn('FraudAlert', numbers)}
    }
    account(id: $id) ${selectionOn('Account', numbers)}
  }`;
}

async function answer(count: number, held: readonly Holding[], question: Question): Promise<string> {
  const world = createWorld({ ...spreadOver(count, held), purpose: question.purpose });
  const index = question.looked % (held.length || 1);
  const bank = `bank-${(held[index]?.place ?? 0) % count}`;
  const id = sealer.seal({ kind: 'ACCOUNT', customer }, { bank, reference: referenceOf(index) });
  const text = await world.text(queryOf(question), { id });
  expect(world.breaches).toEqual([]);
  return text;
}

describe('rows spread over banks', () => {
  test('are the same bytes at 1, 2, 5 and 50 banks, ids opened and banks unnamed: none lost, doubled or zipped', async () => {
    await fc.assert(
      fc.asyncProperty(holdings, questions, async (held, question) => {
        const alone = modulo(await answer(1, held, question));
        for (const count of [2, 5, 50]) expect(modulo(await answer(count, held, question))).toBe(alone);
      }),
      { numRuns: 10 },
    );
  });

  test('are each there once, in the order of their references', async () => {
    await fc.assert(
      fc.asyncProperty(holdings, async (held) => {
        const world = createWorld(spreadOver(5, held));
        const { data } = await world.ask('{ me { accounts { id } } }');
        const { me } = data as { me: { accounts: { id: string }[] } };
        const references = me.accounts.map(({ id }) => sealer.open({ kind: 'ACCOUNT', customer }, id)?.reference);
        expect(references).toEqual(held.map((_, index) => referenceOf(index)).sort());
      }),
      { numRuns: 10 },
    );
  });
});

describe('alerts of several banks', () => {
  const at = (raisedAt: string | null, id: string): Row => ({ ...alert(id, 'a1'), raisedAt });
  const banks = ['harbor', 'summit'].map((bank) => standingAt(bank, { a1: ['FRAUD_SIGNAL'] }));
  const reading = (rows: Readonly<Record<string, readonly Row[]>>): ReturnType<typeof createWorld> =>
    createWorld({
      purpose: 'FRAUD_ALERTS',
      banks,
      rows: Object.fromEntries(Object.entries(rows).map(([bank, fraudAlerts]) => [bank, holding({ fraudAlerts })])),
    });

  test('stand newest first by the instant, whatever zone each bank writes, and those without one last', async () => {
    const world = reading({
      harbor: [at('2026-01-01T10:00:00+02:00', '1'), at(null, '2')],
      summit: [at('2026-01-01T09:00:00Z', '3'), at('2026-01-01T08:00:00.5Z', '4')],
    });
    const { data } = await world.ask('{ me { fraudAlerts { raisedAt } } }');
    const { me } = data as { me: { fraudAlerts: { raisedAt: string | null }[] } };
    expect(me.fraudAlerts.map(({ raisedAt }) => raisedAt)).toEqual([
      '2026-01-01T09:00:00Z',
      '2026-01-01T08:00:00.5Z',
      '2026-01-01T10:00:00+02:00',
      null,
    ]);
  });

  test('are refused where a bank orders them by what is no instant', async () => {
    const world = reading({ harbor: [at('yesterday', '1')], summit: [] });
    const { errors } = await world.ask('{ me { fraudAlerts { severity } } }');
    expect(errors?.map(({ extensions }) => extensions.bank)).toEqual(['harbor']);
    expect(world.breaches).toHaveLength(1);
  });
});
