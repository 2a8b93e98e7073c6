import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { categoriesOf, maskOf } from '../../src/policy/index.js';
import type { Classification } from '../../src/supergraph/index.js';
import { classifySdl } from './smallGraph.js';

function problemsOf(sdls: Readonly<Record<string, string>>): string[] {
  const classified = classifySdl(sdls);
  return classified.kind === 'problems' ? classified.problems.map(printProblem) : [];
}

function classificationOf(sdls: Readonly<Record<string, string>>): Classification {
  const classified = classifySdl(sdls);
  if (classified.kind === 'problems') throw new Error(classified.problems.map(printProblem).join('\n'));
  return classified.classification;
}

describe('a coordinate without a usable category does not classify', () => {
  test('a field, an argument and an input field are each told with file, line and column', () => {
    const bank = `type Query {
  balance(
    of: ID!
  ): String @data(category: BALANCE)
  open: Boolean
}
input Filter {
  from: String
}`;
    expect(problemsOf({ bank })).toEqual([
      'bank.graphql:3:5 UNCLASSIFIED Query.balance(of:): states no category; expected `@data(category: …)`',
      'bank.graphql:5:3 UNCLASSIFIED Query.open: states no category; expected `@data(category: …)`',
      'bank.graphql:8:3 UNCLASSIFIED Filter.from: states no category; expected `@data(category: …)`',
    ]);
  });

  test('an owner that states nothing is a problem although another owner states it', () => {
    const ads = 'type Query { name: String @shareable }';
    const bank = 'type Query { name: String @shareable @data(category: HOLDER_PII) }';
    expect(problemsOf({ bank, ads })).toEqual([
      'ads.graphql:1:14 UNCLASSIFIED Query.name: states no category; expected `@data(category: …)`',
    ]);
  });

  test('a field of an extension counts as a field', () => {
    expect(problemsOf({ bank: 'extend type Query { a: Int }' })[0]).toContain('UNCLASSIFIED Query.a');
  });

  test.each([
    ['@data(category: [])', 'UNCLASSIFIED'],
    ['@data(category: SECRET)', 'UNKNOWN_CATEGORY'],
    ['@data(category: [BALANCE, SECRET])', 'UNKNOWN_CATEGORY'],
    ['@data(category: "BALANCE")', 'UNKNOWN_CATEGORY'],
    ['@data(category: BALANCE) @data(category: APP_PUBLIC)', 'UNCLASSIFIED'],
    ['@data(category: DERIVED)', 'DERIVED_WITHOUT_FROM'],
    ['@data(category: DERIVED, from: [])', 'DERIVED_WITHOUT_FROM'],
    ['@data(category: DERIVED, from: [SECRET])', 'UNKNOWN_CATEGORY'],
    ['@data(category: APP_PUBLIC, from: [BALANCE])', 'FROM_WITHOUT_DERIVED'],
    ['@data(category: BALANCE) @sealed(as: WALLET)', 'UNKNOWN_SEALED_KIND'],
  ])('%s is %s', (label, code) => {
    expect(problemsOf({ bank: `type Query { a: String ${label} }` })[0]).toContain(`bank.graphql:1:14 ${code} Query.a`);
  });
});

describe('owners and interfaces', () => {
  test('a field carries the union of what its owners state', () => {
    const { labels } = classificationOf({
      bank: 'type Query { a: Int @shareable @data(category: BALANCE) }',
      wallet: 'type Query { a: Int @shareable @data(category: [TERMS, BILLS]) }',
    });
    expect(categoriesOf(labels.get('Query.a')?.categories ?? 0)).toEqual(['BALANCE', 'TERMS', 'BILLS']);
    expect(labels.get('Query.a')?.locations.map(({ file }) => file)).toEqual(['bank.graphql', 'wallet.graphql']);
  });

  test('owners that differ on `reduced` are told', () => {
    const found = problemsOf({
      bank: 'type Query { a: Int @shareable @data(category: RECEIPT) }',
      consent: 'type Query { a: Int @shareable @data(category: RECEIPT, reduced: true) }',
    });
    expect(found).toEqual([
      'consent.graphql:1:14 REDUCED_DISAGREES Query.a: states `reduced: true` where subgraph `bank` states the reverse',
    ]);
  });

  test.each([
    ['fewer', 'type Card implements Account { id: ID @data(category: RELATIONSHIP) }', 1],
    ['other', 'type Card implements Account { id: ID @data(category: [BALANCE, TERMS]) }', 1],
    ['the same', 'type Card implements Account { id: ID @data(category: [BALANCE, RELATIONSHIP]) }', 0],
  ])('an implementer that states %s categories is held to its interface', (_, implementer, count) => {
    const account = 'interface Account { id: ID @data(category: [RELATIONSHIP, BALANCE]) }';
    const found = problemsOf({ bank: `${account} ${implementer}` });
    expect(found.filter((line) => line.includes('INTERFACE_DISAGREES Card.id'))).toHaveLength(count);
  });

  test('an argument of an implementer is held to the argument of its interface', () => {
    const bank = `interface Account { list(first: Int @data(category: BALANCE)): Int @data(category: BALANCE) }
      type Card implements Account { list(first: Int @data(category: TERMS)): Int @data(category: BALANCE) }`;
    expect(problemsOf({ bank })[0]).toContain('INTERFACE_DISAGREES Card.list(first:)');
  });
});

describe('value types', () => {
  test.each([
    ['a key', 'type Money @value @key(fields: "a") { a: Int }', 'Money: is a value type with a key'],
    ['an argument', 'type Money @value { a(in: Int): Int }', 'Money.a(in:): is an argument on a value type'],
    ['a label', 'type Money @value { a: Int @data(category: BALANCE) }', 'Money.a: states `@data` on a value type'],
    [
      'an interface',
      'interface I { a: Int @data(category: BALANCE) } type Money implements I @value { a: Int }',
      'Money: is a value type in an interface',
    ],
    ['a union', 'type Money @value { a: Int } union U = Money', 'Money: is a value type in a union'],
    ['a root', 'type Query @value { a: Int }', 'Query: is a root type'],
  ])('with %s is a problem', (_, bank, message) => {
    expect(problemsOf({ bank }).join('\n')).toContain(`VALUE_TYPE ${message}`);
  });

  test('one that another owner does not mark is a problem of that owner', () => {
    const found = problemsOf({ bank: 'type Money @value { a: Int }', wallet: 'type Money { a: Int }' });
    expect(found).toEqual([
      'wallet.graphql:1:6 VALUE_TYPE Money: is a value type elsewhere; expected `@value` from every owner',
    ]);
  });

  test('has no labels; the edge knows which objects lie below it', () => {
    const { labels, valueTypes, valueFields } = classificationOf({
      bank: `type Query { list: Page @data(category: TRANSACTION_CORE) }
        type Page @value { edges: [Edge] again: Page } type Edge @value { node: Entry }
        type Entry { id: ID @data(category: TRANSACTION_CORE) }`,
    });
    expect([...valueTypes]).toEqual(['Page', 'Edge']);
    expect([...valueFields]).toEqual(['Page.edges', 'Page.again', 'Edge.node']);
    expect([...labels.keys()]).toEqual(['Entry.id', 'Query.list']);
    expect(labels.get('Query.list')?.target).toEqual({ name: 'Page', kind: 'value', reaches: ['Entry'] });
  });
});

test('sealed kinds are kept for each subgraph, on value types too', () => {
  const { sealed } = classificationOf({
    bank: 'type Query { a(id: ID @sealed(as: ACCOUNT) @data(category: BALANCE)): P @data(category: BALANCE) } type P @value { c: ID @sealed(as: CURSOR) }',
    wallet: 'type Query { b: ID @data(category: BALANCE) }',
  });
  expect(sealed).toEqual(
    new Map([
      [
        'bank',
        new Map([
          ['Query.a(id:)', 'ACCOUNT'],
          ['P.c', 'CURSOR'],
        ]),
      ],
    ]),
  );
});

test('DERIVED keeps the inputs of all owners', () => {
  const { labels } = classificationOf({
    bank: 'type Query { score: Int @shareable @data(category: DERIVED, from: BALANCE) }',
    wallet: 'type Query { score: Int @shareable @data(category: DERIVED, from: [TERMS]) }',
  });
  expect(labels.get('Query.score')?.from).toBe(maskOf(['BALANCE', 'TERMS']));
});

test('an `@external` repetition needs no label of its own', () => {
  const { labels } = classificationOf({
    bank: 'type Bank @key(fields: "id") { id: ID @data(category: INSTITUTION_PUBLIC) }',
    consent: 'type Bank @key(fields: "id") { id: ID @external }',
  });
  expect(labels.get('Bank.id')?.locations).toHaveLength(1);
});
