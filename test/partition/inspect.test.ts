import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCompositeType, Kind, parse } from 'graphql';
import { type Exchange, type FetchStep, Gathered, type HarvestObject, Withheld } from '../../src/plan/index.js';
import { maskOf } from '../../src/policy/index.js';
import type { Row } from './bankGraph.js';
import { faultsOf, plannedOf, type Tree } from './harvestFaults.js';
import { account, alert, conversation, holding } from './rows.js';
import { contracts, customer, partitionWorld, principalOf, standingAt } from './world.js';

const contract = contracts.get('bank');
if (!contract) throw new Error('there is no bank contract');

const text = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer {
  accounts { __typename id bankId nickname bank { id } as_k: kind balances { kind money { amount currency } asOf }
    ... on CardAccount { card { id state } }
    transactions { edges { cursor node { id status amount { amount } merchant { name } replacesId } } pageInfo { hasNextPage } } }
} } }`;

const slots = [{ alias: '_entities', variable: 'representations' }];
const step: FetchStep = { subgraph: 'bank', operation: 'query', document: parse(text), text, variables: [], slots };
const banks = [
  standingAt('harbor', { a1: ['ACCOUNT_IDENTITY', 'BALANCE', 'TRANSACTION_CORE'], a2: ['ACCOUNT_IDENTITY'] }),
];
const released = maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'BALANCE', 'TRANSACTION_CORE']);

const exchange: Exchange = {
  requestId: 'r',
  principal: principalOf({}),
  standing: { epoch: 1, banks },
  variables: {},
  deadlineAt: Number.MAX_SAFE_INTEGER,
  signal: new AbortController().signal,
  now: new Date(0),
};

type Answer = Record<string, unknown>;

/** What the fetch brings in when the bank's answer is changed. */
async function fetched(change: (answer: Answer) => unknown): Promise<{ data: HarvestObject; breaches: string[] }> {
  const rows = { harbor: holding({ accounts: [account('a1')] }) };
  const other = (answer: Answer): unknown => JSON.parse(JSON.stringify(answer).replaceAll('a1', 'a2'));
  const world = partitionWorld({
    banks,
    rows,
    tamper: (answer, { query }) => (query.includes('balances') ? change : other)(answer),
  });
  const runner = world.portOf('bank')?.prepare(step);
  const answer = await runner?.(exchange, [[{ __typename: 'Customer', ref: customer }]]);
  const [data] = (answer?.data?.['_entities'] ?? []) as HarvestObject[];
  if (!data) throw new Error('no entity');
  return { data, breaches: world.breaches };
}

/** Replaces or removes what stands at one place of an answer; the numbers say which. */
function changed(answer: Answer, edits: readonly Edit[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(answer));
  for (const { path, to } of edits) edit(copy, path, to);
  return copy;
}

interface Edit {
  readonly path: readonly number[];
  readonly to: unknown;
}

function edit(holder: unknown, [step0, ...rest]: readonly number[], to: unknown): void {
  if (typeof holder !== 'object' || holder === null || step0 === undefined) return;
  const keys = Object.keys(holder);
  const key = keys[step0 % (keys.length || 1)];
  if (key === undefined) return;
  const below: unknown = Reflect.get(holder, key);
  if (rest.length > 0 && typeof below === 'object' && below !== null) edit(below, rest, to);
  else
    Object.defineProperty(holder, rest[0] === 7 ? '__proto__' : key, {
      value: structuredClone(to),
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

const tempting = fc.constantFrom<unknown>(
  null,
  'a1',
  'a2',
  'a9',
  'summit',
  'CardAccount',
  'Bank',
  12.3,
  '1e5',
  '0x10',
  '',
  [],
  {},
  [null],
  account('a2'),
  { ...account('a1'), ringfence_account: 'a1', ringfence_type: 'DepositAccount' },
  alert('x', 'a1'),
  conversation('y', 'a1'),
);
const edits = fc.array(
  fc.record({ path: fc.array(fc.nat(12), { minLength: 2, maxLength: 12 }), to: fc.oneof(tempting, fc.jsonValue()) }),
  { minLength: 1, maxLength: 3 },
);

function rowsIn(data: HarvestObject): { rows: readonly unknown[]; codes: string[] } {
  const list = data['accounts'];
  if (!(list instanceof Gathered)) throw new Error('the list is not gathered');
  return { rows: list.rows, codes: list.faults.map(({ code }) => code) };
}

const accountType = contract.getType('Account');
const [operation] = step.document.definitions;
if (!isCompositeType(accountType) || operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no accounts');
const entities = plannedOf(operation.selectionSet)['_entities'] as Tree;
const expected = { type: accountType, planned: entities['accounts'] as Tree, released };

describe('an answer as the bank ought to give it', () => {
  test('enters the harvest with its values', async () => {
    const { rows, codes } = rowsIn((await fetched((answer) => answer)).data);
    expect(codes).toEqual([]);
    expect(rows).toHaveLength(2);
    expect(faultsOf(rows[0], expected)).toEqual([]);
    expect(rows[0]).toMatchObject({ nickname: 'nickname of a1', balances: [{ money: { amount: '12.30' } }] });
  });
});

describe('whatever a bank answers', () => {
  test('only planned keys in declared forms on stamped rows enter the harvest, or the answer is refused whole', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (some) => {
        const { data, breaches } = await fetched((answer) => changed(answer, some));
        const { rows, codes } = rowsIn(data);
        expect(rows.flatMap((row) => faultsOf(row, expected))).toEqual([]);
        if (breaches.length > 0) expect(codes).toEqual(['BANK_UNAVAILABLE']);
      }),
      { numRuns: 150 },
    );
  });

  test('that is not even near an answer, it costs the bank’s rows alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (answer) => {
        const { data } = await fetched(() => answer);
        expect(rowsIn(data).codes.every((code) => code === 'BANK_UNAVAILABLE')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

/** The answer with these members on its only account. */
function withAccount(more: Row): (answer: Answer) => unknown {
  return (answer) => {
    const copy = JSON.parse(JSON.stringify(answer)) as {
      data: { _entities: { accounts: Record<string, unknown>[] }[] };
    };
    Object.assign(copy.data._entities[0]?.accounts[0] ?? {}, more);
    return copy;
  };
}

describe('an answer is refused whole', () => {
  test.each<[string, (answer: Answer) => unknown]>([
    ['names another bank', withAccount({ bank: { id: 'summit' } })],
    ['names another bank in a key', withAccount({ bankId: 'summit' })],
    ['is of an account that was not granted', withAccount({ ringfence_account: 'a9' })],
    ['does not say of which account it is', withAccount({ ringfence_account: null })],
    ['is of a type that is no account', withAccount({ ringfence_type: 'Bank' })],
    [
      'holds an amount as a number',
      withAccount({
        balances: [{ kind: 'CURRENT', money: { amount: 12.3, currency: 'USD' }, asOf: '2026-01-01T00:00:00Z' }],
      }),
    ],
    ['holds an enum value that is not declared', withAccount({ as_k: 'VAULT' })],
    ['holds an object where a list is declared', withAccount({ balances: {} })],
    ['lacks a field', withAccount({ nickname: undefined })],
    ['holds a reference too long to seal', withAccount({ id: 'x'.repeat(513) })],
    [
      'holds one entity too many',
      ({ data }) => ({ data: { _entities: [...(data as { _entities: unknown[] })._entities, null] } }),
    ],
    ['holds no entity', () => ({ data: { _entities: [] } })],
    ['holds an error without a place', ({ data }) => ({ data, errors: [{ message: 'oops' }] })],
    ['holds an error at no place that can be', ({ data }) => ({ data, errors: [{ path: [{}] }] })],
    ['holds an error deeper than any answer', ({ data }) => ({ data, errors: [{ path: Array(1_000_000).fill(0) }] })],
    ['holds more errors than rows', ({ data }) => ({ data, errors: Array(20_001).fill({ path: ['_entities'] }) })],
    ['holds errors that are no list', ({ data }) => ({ data, errors: 'oops' })],
    ['holds no data', () => ({ errors: [] })],
  ])('when it %s', async (_, change) => {
    const { data } = await fetched(change);
    const { rows, codes } = rowsIn(data);
    expect(codes).toEqual(['BANK_UNAVAILABLE']);
    // What the other account's request brought stays.
    expect(rows).toHaveLength(1);
  });
});

describe('an error of a bank', () => {
  test('explains the null at its place by a code, and its text goes no further', async () => {
    const { data } = await fetched((answer) => ({
      ...(withAccount({ balances: null, nickname: null })(answer) as Answer),
      errors: [
        {
          message: 'insufficient funds: 12.30',
          path: ['_entities', 0, 'accounts', 0, 'balances', 0, 'money'],
          extensions: { code: 'STALE' },
        },
      ],
    }));
    const [row] = rowsIn(data).rows as HarvestObject[];
    expect(row?.['nickname']).toBeNull();
    expect(row?.['balances']).toEqual(
      new Withheld([
        { code: 'STALE', message: expect.not.stringContaining('12') as unknown as string, bank: 'harbor' },
      ]),
    );
  });

  test.each([
    ['BANK_THROTTLED', 'BANK_THROTTLED'],
    ['PURPOSE_DENIED', 'CONSENT_REQUIRED'],
    ['UNAUTHENTICATED', 'BANK_UNAVAILABLE'],
    ['constructor', 'BANK_UNAVAILABLE'],
  ])('of code %s that leaves no data is %s to the customer', async (stated, shown) => {
    const { data } = await fetched(() => ({ data: null, errors: [{ message: 'no', extensions: { code: stated } }] }));
    expect(rowsIn(data).codes).toEqual([shown]);
  });
});
