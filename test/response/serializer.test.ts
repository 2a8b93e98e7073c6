import { describe, expect, test } from '@jest/globals';
import { buildSchema, type FieldNode, parse, visit } from 'graphql';
import { admitOperation, type AuthorizedOperation } from '../../src/authorize/index.js';
import { type FieldFault, fieldFault } from '../../src/fault/index.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import { type Exchange, Gathered, type Harvest, Withheld } from '../../src/plan/index.js';
import { compileSerializer, type Position, type PositionGuard } from '../../src/response/index.js';

const schema = buildSchema(`
  directive @value on OBJECT
  type Query { me: Me sure: Me! things: [Thing!] leaf: Leaf }
  type Me { id: ID! accounts: [Account!]! cards: [Account!] name: String! money: Money }
  interface Account { id: ID! balance: Int }
  type Deposit implements Account { id: ID! balance: Int rate: Float }
  type Loan implements Account { id: ID! balance: Int }
  union Thing = Deposit | Me
  type Money @value { amount: Decimal! }
  type Leaf { i: Int f: Float s: String d: ID b: Boolean e: Color x: Decimal l: [[Int]] }
  enum Color { RED BLUE }
  scalar Decimal
`);

function authorize(query: string, denied: Readonly<Record<string, FieldFault>> = {}): AuthorizedOperation {
  const admitted = admitOperation(parseOperation({ document: parse(query), schema }, defaultOperationLimits));
  const map = new Map<FieldNode, FieldFault>();
  visit(admitted.operation, {
    Field: (node) => {
      const fault = denied[node.name.value];
      if (fault) map.set(node, fault);
    },
  });
  return { ...admitted, denied: map };
}

const exchange = {
  requestId: 'r',
  variables: {},
  deadlineAt: 0,
  signal: new AbortController().signal,
  now: new Date(0),
} satisfies Exchange;

function respond(authorized: AuthorizedOperation, root: Harvest['root'], guard?: PositionGuard): unknown {
  return JSON.parse(
    compileSerializer(authorized, { guard })({ root, stray: [], shared: new Set(), isPlain: false }, exchange),
  );
}

const denied = fieldFault('PURPOSE_DENIED');

describe('a denied position', () => {
  test('is null with its fault, whatever the harvest holds', () => {
    const answer = respond(authorize('{ me { cards { id } n: name id } }', { cards: denied }), {
      me: { id: 'm', __as_n: 'x', cards: [{ __typename: 'Loan', id: 'a' }] },
    });
    expect(answer).toEqual({
      data: { me: { cards: null, n: 'x', id: 'm' } },
      errors: [{ message: denied.message, path: ['me', 'cards'], extensions: { code: 'PURPOSE_DENIED' } }],
    });
  });

  test('is an empty list where a list may not be null', () => {
    const answer = respond(authorize('{ me { accounts { id } } }', { accounts: denied }), {
      me: { accounts: [{ id: 'a' }] },
    });
    expect(answer).toMatchObject({ data: { me: { accounts: [] } }, errors: [{ path: ['me', 'accounts'] }] });
  });

  test('nulls its parent where it may not be null', () => {
    expect(respond(authorize('{ me { name } }', { name: denied }), { me: { name: 'x' } })).toMatchObject({
      data: { me: null },
      errors: [{ path: ['me', 'name'] }],
    });
  });

  test('denies every place that shares its response key', () => {
    const authorized = authorize('{ me { cards { balance ... on Loan { balance } } } }');
    const inLoan = new Map<FieldNode, FieldFault>();
    visit(authorized.operation, {
      InlineFragment: ({ selectionSet }) => void inLoan.set(selectionSet.selections[0] as FieldNode, denied),
    });
    const root = { me: { cards: ['Loan', 'Deposit'].map((__typename) => ({ __typename, balance: 5 })) } };
    expect(respond({ ...authorized, denied: inLoan }, root)).toMatchObject({
      data: { me: { cards: [{ balance: null }, { balance: 5 }] } },
    });
  });
});

describe('a guard', () => {
  test('is asked about each position, and stops what it objects to', () => {
    const positions: Position[] = [];
    const guard: PositionGuard = (position) => {
      positions.push(position);
      return position.field.name === 'balance' ? (holder) => ('open' in holder ? undefined : denied) : undefined;
    };
    const root = {
      me: {
        money: { amount: '1' },
        cards: [
          { __typename: 'Loan', balance: 5 },
          { __typename: 'Loan', balance: 6, open: true },
        ],
      },
    };
    expect(respond(authorize('{ me { cards { balance } money { amount } } }'), root, guard)).toMatchObject({
      data: { me: { cards: [{ balance: null }, { balance: 6 }], money: { amount: '1' } } },
      errors: [{ path: ['me', 'cards', 0, 'balance'] }],
    });
    expect(
      positions.map(({ parentType, field, target }) => `${parentType.name}.${field.name} ${target}`).sort(),
    ).toEqual(['Loan.balance leaf', 'Me.cards object', 'Me.money value', 'Money.amount leaf', 'Query.me object']);
  });

  test('is not asked about what is withheld already', () => {
    const guard: PositionGuard = () => (_, value) => (value instanceof Withheld ? denied : undefined);
    const answer = respond(
      authorize('{ me { cards { id } } }'),
      { me: { cards: new Withheld([fieldFault('STALE')]) } },
      guard,
    );
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'STALE' } }] });
  });
});

describe('faults', () => {
  test('stand at the client path of what they explain', () => {
    const rows = new Gathered(
      [{ __typename: 'Loan', id: 'a', balance: new Withheld([fieldFault('CONSENT_REQUIRED', 'harbor')]) }],
      [fieldFault('BANK_UNAVAILABLE', 'summit')],
    );
    expect(
      respond(authorize('{ m: me { a: accounts { id b: balance } } }'), { __as_m: { __as_a: rewritten(rows) } }),
    ).toEqual({
      data: { m: { a: [{ id: 'a', b: null }] } },
      errors: [
        { message: expect.any(String), path: ['m', 'a'], extensions: { code: 'BANK_UNAVAILABLE', bank: 'summit' } },
        {
          message: expect.any(String),
          path: ['m', 'a', 0, 'b'],
          extensions: { code: 'CONSENT_REQUIRED', bank: 'harbor' },
        },
      ],
    });
  });

  test('below a null continue its path in the words of the client', () => {
    const fault = { ...fieldFault('STALE'), below: ['__as_x', 0, 'id'] };
    expect(respond(authorize('{ me { id } }'), { me: new Withheld([fault]) })).toMatchObject({
      data: { me: null },
      errors: [{ path: ['me', 'x', 0, 'id'] }],
    });
  });

  test('below a null end where only the plan has a name for what follows', () => {
    const fault = { ...fieldFault('STALE'), below: ['__as_x', 0, '_apart_1', 'id'] };
    expect(respond(authorize('{ me { id } }'), { me: new Withheld([fault]) })).toMatchObject({
      errors: [{ path: ['me', 'x', 0] }],
    });
  });

  test('that belong nowhere have no path', () => {
    const serialize = compileSerializer(authorize('{ me { id } }'));
    expect(
      JSON.parse(serialize({ root: {}, stray: [fieldFault('STALE')], shared: new Set(), isPlain: false }, exchange)),
    ).toEqual({
      data: { me: null },
      errors: [{ message: expect.any(String), extensions: { code: 'STALE' } }],
    });
  });

  test('null the nearest position that may be null, up to the whole', () => {
    expect(respond(authorize('{ things { ... on Me { name } } }'), { things: [{ __typename: 'Me' }] })).toEqual({
      data: { things: null },
      errors: [
        {
          message: 'Cannot return null for non-nullable field Me.name.',
          path: ['things', 0, 'name'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    expect(respond(authorize('{ sure { id } }'), {})).toMatchObject({ data: null, errors: [{ path: ['sure'] }] });
  });
});

function rewritten({ rows, faults }: Gathered): Gathered {
  return new Gathered(
    rows.map((row) => {
      const { balance, ...rest } = row as { balance: unknown };
      return { ...rest, __as_b: balance };
    }),
    faults,
  );
}

describe('leaves', () => {
  test.each([
    ['i', 2 ** 31 - 1],
    ['i', -0.0],
    ['f', 1.5],
    ['s', 'a"\u2028\n'],
    ['d', 'x'],
    ['b', false],
    ['e', 'RED'],
    ['x', { any: ['json'] }],
    ['l', [[1, null], null]],
  ])('of `%s` hold %j as it is', (field, value) => {
    const answer = respond(authorize(`{ leaf { ${field} } }`), { leaf: { [field]: value } });
    expect(answer).toEqual({ data: { leaf: { [field]: JSON.parse(JSON.stringify(value)) } } });
  });

  test('of type ID are text, also when a subgraph counts', () => {
    expect(respond(authorize('{ leaf { d } }'), { leaf: { d: 12 } })).toEqual({ data: { leaf: { d: '12' } } });
  });

  test.each([
    ['i', 2 ** 31],
    ['i', true],
    ['f', 'secret'],
    ['s', 5],
    ['d', 1.5],
    ['b', 'true'],
    ['e', 'GREEN'],
    ['e', 'constructor'],
    ['l', [['secret']]],
    ['s', new Gathered(['secret'], [])],
  ])('of `%s` are null with an error for %j, which the error does not show', (field, value) => {
    const text = JSON.stringify(respond(authorize(`{ leaf { ${field} } }`), { leaf: { [field]: value } }));
    expect(text).toContain('is not of its type');
    expect(text).not.toMatch(/secret|GREEN|constructor/);
  });
});

describe('names that every object inherits', () => {
  test('are plain keys', () => {
    const serialize = compileSerializer(
      authorize('{ constructor: me { toString: name __proto__: id hasOwnProperty: id } }'),
    );
    const root = JSON.parse(
      '{"__as_constructor":{"__as_toString":"n","__as___proto__":"p","__as_hasOwnProperty":"h"}}',
    ) as Harvest['root'];
    expect(serialize({ root, stray: [], shared: new Set(), isPlain: false }, exchange)).toBe(
      '{"data":{"constructor":{"toString":"n","__proto__":"p","hasOwnProperty":"h"}}}',
    );
  });
});
