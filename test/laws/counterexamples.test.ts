/** Every counterexample that the law of the engine ever found, as small as it became. */
import { describe, expect, test } from '@jest/globals';
import { verdictOf } from './counterexample.js';
import type { Operation } from './randomOperation.js';
import type { World } from './world.js';

interface Found extends World {
  readonly operations: readonly (string | Operation)[];
}

async function holds({ operations, ...world }: Found): Promise<void> {
  for (const stated of operations) {
    const operation = typeof stated === 'string' ? { query: stated, variables: {} } : stated;
    expect({ operation, ...(await verdictOf({ world, operation })) }).toEqual({ operation, kind: 'equal' });
  }
}

const asked = (query: string, variables: Operation['variables']): Operation => ({ query, variables });

/** Refused before anybody is asked: better no answer than a wrong one. */
async function isRefused({ operations, ...world }: Found, reason: string): Promise<void> {
  for (const query of operations) {
    const operation = typeof query === 'string' ? asked(query, {}) : query;
    expect({ operation, ...(await verdictOf({ world, operation })) }).toEqual({ operation, kind: 'refused', reason });
  }
}

const nodes: World = {
  subgraphs: {
    a: 'type User implements Node @key(fields: "id") { id: ID! label: [Node] } interface Node { label: [Node] }',
    b: `type Query { me: Node } interface Node { id: ID! } type User implements Node @key(fields: "id") { id: ID! }`,
  },
  rows: { Query: [{ me: { $ref: 'User/0' } }], User: [{ id: 'u', label: [{ $ref: 'User/0' }, null] }] },
};

describe('one schema and its subgraphs agree', () => {
  test('on an object behind an interface whose only fragment is skipped', () =>
    holds({
      ...nodes,
      operations: [
        '{ me { ... @skip(if: true) { __typename } id } }',
        asked('query ($v: Boolean!) { me { ... on Node @skip(if: $v) { ... on User { label { id } } } } }', {
          v: true,
        }),
        asked('query ($v: Boolean!) { me @include(if: $v) { __typename } me { id } }', { v: false }),
        '{ me { label { ... on User { label { __typename } } } } }',
      ],
    }));

  test('on the order of keys where an earlier place of a field is skipped', () =>
    holds({
      ...nodes,
      operations: [
        asked('query ($v: Boolean!) { me @skip(if: $v) { id } a: me { id } me { id } }', { v: true }),
        asked('query ($v: Boolean!) { me { ... on Node @skip(if: $v) { id } __typename id } }', { v: true }),
      ],
    }));

  test('on the reason of a null whose earlier sibling is null without one', () =>
    holds({
      subgraphs: {
        a: 'type User @key(fields: "id") { id: ID! best: [Boolean]! name: [Int]! }',
        b: 'type Query { latest: User first: [Int]! last: [Int]! } type User @key(fields: "id") { id: ID! }',
      },
      rows: {
        Query: [{ latest: { $ref: 'User/0' }, first: [], last: { $fail: 'no' } }],
        User: [{ id: 'u', name: [], best: { $fail: 'no' } }],
      },
      operations: ['{ latest { name best } }', '{ first last }'],
    }));

  test('on what a field requires beside the same field with other arguments', () =>
    holds({
      subgraphs: {
        a: `union Thing = User type User @key(fields: "id") { id: ID! label(x: Float): [ID!] }
          type Query { all: Thing me: User }`,
        b: `type User @key(fields: "id") { id: ID! label(x: Float): [ID!] @external
          computed: String @requires(fields: "label") }`,
      },
      rows: {
        Query: [{ all: { $ref: 'User/0' }, me: { $ref: 'User/0' } }],
        User: [{ id: 'u', label: { $by: [['a'], ['b'], ['c'], ['d'], ['e']] }, computed: { $text: 1 } }],
      },
      operations: ['{ me { label(x: 1) computed } }', '{ all { ... on User { label(x: 1) computed } } }'],
    }));

  test('on one error where several requirements fail', () =>
    holds({
      subgraphs: {
        a: 'type Query { all: [User] } type User @key(fields: "id") { id: ID! name: [Int] size: Int }',
        b: `type User @key(fields: "id") { id: ID! name: [Int] @external size: Int @external
          computed: String @requires(fields: "name size") }`,
      },
      rows: {
        Query: [{ all: [{ $ref: 'User/0' }, { $ref: 'User/0' }] }],
        User: [
          { id: 'u', name: [{ $fail: 'no' }, { $fail: 'nor this' }], size: { $fail: 'never' }, computed: { $text: 1 } },
        ],
      },
      operations: ['{ all { computed } }'],
    }));

  test('on a requirement beside a nested key that only its subgraph knows', () =>
    holds({
      subgraphs: {
        a: `type User @key(fields: "id") @key(fields: "ref { x }") { id: ID! ref: Ref! name: Float @external
          computed: String @requires(fields: "name") } type Ref { x: ID! }`,
        b: 'type User @key(fields: "id") { id: ID! name: Float } type Query { me: User }',
      },
      rows: {
        Query: [{ me: { $ref: 'User/0' } }],
        User: [{ id: 'u', ref: { $ref: 'Ref/0' }, name: 1.5, computed: { $text: 1 } }],
        Ref: [{ x: 'x' }],
      },
      operations: ['{ me { computed } }'],
    }));
});

describe('the gateway answers nothing', () => {
  const user = (index: number): { readonly $ref: string } => ({ $ref: `User/${index}` });
  const labels: World = {
    subgraphs: {
      a: `type Query { me: User! } type User @key(fields: "id") { id: ID! price: User! @external
        label(n: Int): Int @external computed: String @requires(fields: "label(n: 5) price { id }")
        score: [User!] @external derived: String @requires(fields: "label score { id }") }`,
      b: 'type User @key(fields: "id") { id: ID! score: [User!] label(n: Int): Int price: User! }',
    },
    rows: {
      Query: [{ me: user(0) }],
      User: [0, 1].map((own) => ({
        id: `u${own}`,
        label: { $by: [1, 2, 3, 4, 5, 6, 7] },
        price: user(1 - own),
        score: [user(1 - own)],
        computed: { $text: 1 },
        derived: { $text: 1 },
      })),
    },
  };

  test('where two requirements read one field with different arguments below each other', () =>
    isRefused(
      { ...labels, operations: ['{ me { price { score { derived computed } } } }'] },
      'a plan fetches a required field and reads another instead',
    ));

  test('only there: either requirement alone, and both at one place, are answered', () =>
    holds({
      ...labels,
      operations: [
        '{ me { computed derived } }',
        '{ me { price { score { derived } } } }',
        '{ me { price { score { computed } } } }',
      ],
    }));
});

/** Two books in a row, each by a requirement two steps away: the planner fetches the second before it has found it. */
const booksInARow: World = {
  subgraphs: {
    a: 'type Query { latest: Book } type Book @key(fields: "id") { id: ID! } type Film @key(fields: "id") { id: ID! parts: String }',
    b: `type Book @key(fields: "id") { id: ID! score: Film @external
      computed: Book @requires(fields: "score { parts }") } type Film @key(fields: "id") { id: ID! parts: String @external }`,
    c: 'type Book @key(fields: "id") { id: ID! score: Film } type Film @key(fields: "id") { id: ID! }',
  },
  rows: {
    Query: [{ latest: { $ref: 'Book/0' } }],
    Book: [
      { id: 'b', computed: { $ref: 'Book/1' }, score: { $ref: 'Film/0' } },
      { id: 'c', computed: { $ref: 'Book/0' }, score: { $ref: 'Film/0' } },
    ],
    Film: [{ id: 'f', parts: 'p' }],
  },
};

describe('a plan is mended', () => {
  test('where it reads what it fetches at the same time, and forgets to ask for', () =>
    holds({
      ...booksInARow,
      operations: [
        '{ latest { computed { id computed { id } } } }',
        '{ latest { computed { computed { id } } } }',
        '{ latest { computed { computed { score { parts } } __typename } } }',
      ],
    }));
});
