/** Why a field may not be non-null, or an argument demanded, word for word and at the line that says so. */
import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { deniableNonNulls } from '../../src/policy/tableProblems.js';
import type { Cell } from '../../src/policy/matrix.js';
import type { DataCategory, Purpose } from '../../src/policy/vocabulary.js';
import { smallTable, type SmallMatrix } from './smallTable.js';

const row = new Map<DataCategory, Cell>([
  ['RELATIONSHIP', 'allow'],
  ['BALANCE', 'allow'],
  ['BILLS', 'allow'],
  ['TRANSACTION_CORE', 'item'],
  ['CONSENT_RECORD', 'own'],
]);

function problems(sdl: string, lists: Partial<SmallMatrix> = {}): string[] {
  const table = smallTable(sdl, { row, ...lists });
  return deniableNonNulls(table.classification, table).map(printProblem);
}

const me = 'type Query { me: Me @data(category: APP_PUBLIC) }\n';
const balanceMe = 'type Query { me: Me @data(category: BALANCE) }\n';

describe('a field that may be denied', () => {
  test.each<[string, string, string[]]>([
    [
      'by the matrix',
      `${me}type Me { a: Int! @data(category: TERMS) }`,
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and denied to `ACCOUNT_SERVICING` where `Query.me` is allowed',
      ],
    ],
    [
      'by a scope, consent or agreement',
      `${me}type Me { a: Int! @data(category: [BALANCE, BILLS]) }`,
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `BALANCE`, `BILLS` may be denied where `Query.me` is allowed',
      ],
    ],
    [
      'by a consent that covers its parent and no more',
      `${balanceMe}type Me { a: Int! @data(category: [BALANCE, BILLS]) }`,
      ['bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `BILLS` may be denied where `Query.me` is allowed'],
    ],
    [
      'as a record',
      `${me}type Me { a: Int! @data(category: CONSENT_RECORD) }`,
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `CONSENT_RECORD` may be denied where `Query.me` is allowed',
      ],
    ],
    [
      'as a single fact of the relationship',
      `${me}type Me { a: Int! @data(category: RELATIONSHIP) }`,
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `RELATIONSHIP` may be denied where `Query.me` is allowed',
      ],
    ],
    [
      'as a list of more than the relationship',
      `${me}type Me { a: [Int]! @data(category: [RELATIONSHIP, BALANCE]) }`,
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `RELATIONSHIP`, `BALANCE` may be denied where `Query.me` is allowed',
      ],
    ],
    [
      'at the root by the matrix',
      'type Query { a: Int! @data(category: TERMS) }',
      ['bank.graphql:1:14 DENIABLE_NON_NULL Query.a: is non-null, and denied to `ACCOUNT_SERVICING`'],
    ],
    [
      'at the root by a consent',
      'type Query { a: Int! @data(category: [RELATIONSHIP, BALANCE]) }',
      ['bank.graphql:1:14 DENIABLE_NON_NULL Query.a: is non-null, and `RELATIONSHIP`, `BALANCE` may be denied'],
    ],
    [
      'as a write',
      'type Mutation { a: Int! @data(category: APP_PUBLIC) } type Subscription { b: Int! @data(category: APP_PUBLIC) }',
      [
        'bank.graphql:1:17 DENIABLE_NON_NULL Mutation.a: is non-null, and denied to `ACCOUNT_SERVICING`',
        'bank.graphql:1:75 DENIABLE_NON_NULL Subscription.b: is non-null, and denied to `ACCOUNT_SERVICING`',
      ],
    ],
    [
      'over two edges, said once',
      'type Query { me: Me @data(category: APP_PUBLIC) you: Me @data(category: APP_PUBLIC) }\ntype Me { a: Int! @data(category: BALANCE) }',
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `BALANCE` may be denied where `Query.me` is allowed',
      ],
    ],
    [
      'over the second of two edges',
      'type Query { me: Me @data(category: BALANCE) you: Me @data(category: APP_PUBLIC) }\ntype Me { a: Int! @data(category: BALANCE) }',
      [
        'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `BALANCE` may be denied where `Query.you` is allowed',
      ],
    ],
  ])('may not be non-null: %s', (_, sdl, expected) => {
    expect(problems(sdl)).toEqual(expected);
  });

  test.each([
    ['what is open', `${me}type Me { a: Int! @data(category: APP_PUBLIC) }`],
    ['what is nullable', `${me}type Me { a: Int @data(category: TERMS) }`],
    [
      'what the gateway fetches for itself',
      `${me}type Me { a: Int! @inaccessible @data(category: TERMS) b: Int @data(category: APP_PUBLIC) }`,
    ],
    ['the categories of its parent', `${balanceMe}type Me { a: Int! @data(category: BALANCE) }`],
    ['the relationship, below anything financial', `${balanceMe}type Me { a: Int! @data(category: RELATIONSHIP) }`],
    ['a list of what the customer holds', `${me}type Me { a: [Int]! @data(category: RELATIONSHIP) }`],
    ['a list at the root of what the customer holds', 'type Query { a: [Int]! @data(category: RELATIONSHIP) }'],
    [
      'what nothing leads to',
      'type Query { a: Int @data(category: APP_PUBLIC) } type Me { a: Int! @data(category: TERMS) }',
    ],
    [
      'what only a denied edge leads to',
      'type Query { me: Me @data(category: TERMS) } type Me { a: Int! @data(category: TERMS) b: Int! @data(category: BALANCE) }',
    ],
    [
      'an input field',
      'type Query { a(f: F @data(category: APP_PUBLIC)): Int @data(category: APP_PUBLIC) } input F { b: Int! @data(category: TERMS) }',
    ],
  ])('may be non-null: %s', (_, sdl) => {
    expect(problems(sdl)).toEqual([]);
  });

  test('is judged on an anchor edge as an item', () => {
    const sdl =
      'type Query { alert: Alert @data(category: BALANCE) }\ntype Alert { entry: Entry @data(category: [BALANCE, TRANSACTION_CORE]) }\ntype Entry { a: Int! @data(category: TRANSACTION_CORE) }';
    const anchors = (...edges: string[]) => new Map([['SUPPORT_CHAT' as const, new Set(edges)]]);
    expect(problems(sdl, { anchors: anchors('Alert.entry') })).toEqual([]);
    const wide = sdl.replace('[BALANCE, TRANSACTION_CORE]', 'BALANCE');
    expect(problems(wide, { anchors: anchors('Alert.entry') })).toEqual([
      'bank.graphql:3:14 DENIABLE_NON_NULL Entry.a: is non-null, and denied to `ACCOUNT_SERVICING` where `Alert.entry` is allowed',
    ]);
  });
});

describe('where purposes differ', () => {
  const rows = new Map<Purpose, ReadonlyMap<DataCategory, Cell>>([['SUPPORT_CHAT', row]]);

  test('one that reads the parent is enough', () => {
    expect(problems(`${balanceMe}type Me { a: Int! @data(category: BILLS) }`, { rows })).toEqual([
      'bank.graphql:2:11 DENIABLE_NON_NULL Me.a: is non-null, and `BILLS` may be denied where `Query.me` is allowed',
    ]);
    const argument = 'type Query { a(t: Int! @data(category: BILLS)): Int @data(category: BALANCE) }';
    expect(problems(argument, { rows })).toEqual([
      'bank.graphql:1:16 DENIABLE_REQUIRED_ARGUMENT Query.a(t:): is required, and `BILLS` may be denied where its field is allowed',
    ]);
  });

  const item = { anchors: new Map([['SUPPORT_CHAT' as const, new Set(['Alert.entry'])]]) };
  const alert =
    'type Query { alert: Alert @data(category: BALANCE) } type Alert { entry: Entry @data(category: [BALANCE, TRANSACTION_CORE]) }\n';

  test('one that reads the parent on items alone is enough', () => {
    const owner = `${alert}type Entry { owner: Owner @data(category: [BALANCE, TRANSACTION_CORE]) } type Owner { a: Int! @data(category: TERMS) }`;
    expect(problems(owner, item)).toEqual([
      'bank.graphql:2:87 DENIABLE_NON_NULL Owner.a: is non-null, and denied to `SUPPORT_CHAT` where `Entry.owner` is allowed',
    ]);
    const covered = owner.replace('category: TERMS', 'category: BILLS');
    expect(problems(covered, item)).toEqual([
      'bank.graphql:2:87 DENIABLE_NON_NULL Owner.a: is non-null, and `BILLS` may be denied where `Entry.owner` is allowed',
    ]);
    const argument = `${alert}type Entry { a(t: Int! @data(category: TERMS)): Int @data(category: TRANSACTION_CORE) }`;
    expect(problems(argument, item)).toEqual([
      'bank.graphql:2:16 DENIABLE_REQUIRED_ARGUMENT Entry.a(t:): is required, and denied to `SUPPORT_CHAT` where its field is allowed',
    ]);
  });
});

describe('an argument that may be denied', () => {
  test.each<[string, string, string[]]>([
    [
      'by the matrix',
      'type Query { a(t: Int! @data(category: TERMS)): Int @data(category: BALANCE) }',
      [
        'bank.graphql:1:16 DENIABLE_REQUIRED_ARGUMENT Query.a(t:): is required, and denied to `ACCOUNT_SERVICING` where its field is allowed',
      ],
    ],
    [
      'by a consent',
      'type Query { a(t: Int! @data(category: [BALANCE, BILLS])): Int @data(category: APP_PUBLIC) }',
      [
        'bank.graphql:1:16 DENIABLE_REQUIRED_ARGUMENT Query.a(t:): is required, and `BALANCE`, `BILLS` may be denied where its field is allowed',
      ],
    ],
    [
      'no more than its field',
      'type Query { a(t: Int! @data(category: BALANCE)): Int @data(category: [BALANCE, BILLS]) }',
      [],
    ],
    [
      'the relationship of a financial field',
      'type Query { a(t: Int! @data(category: RELATIONSHIP)): Int @data(category: BALANCE) }',
      [],
    ],
    ['with a default', 'type Query { a(t: Int! = 1 @data(category: TERMS)): Int @data(category: BALANCE) }', []],
    ['optional', 'type Query { a(t: Int @data(category: TERMS)): Int @data(category: BALANCE) }', []],
    [
      'of a field that is denied anyway',
      'type Query { a(t: Int! @data(category: BALANCE)): Int @data(category: TERMS) }',
      [],
    ],
  ])('may not be demanded: %s', (_, sdl, expected) => {
    expect(problems(sdl)).toEqual(expected);
  });
});
