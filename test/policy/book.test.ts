/** A policy → the book that approvers sign: what stands in it, in words, and the text that is hashed. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printProblem } from '../../src/fault/index.js';
import { bookOf, canonicalText, hashOf, type Json } from '../../src/policy/lock/book.js';
import { compileTable, maskOf, type Matrix, purposes, type Purpose } from '../../src/policy/index.js';
import { classifySdl } from '../supergraph/smallGraph.js';

describe('canonical text', () => {
  test.each<[string, Json, string]>([
    [
      'a record, keys in order at every depth',
      { b: { d: 1, c: 2 }, a: [{ f: 1, e: 2 }] },
      '{"a":[{"e":2,"f":1}],"b":{"c":2,"d":1}}',
    ],
    ['a list, in its own order', ['b', 'a', null, true, 1.5], '["b","a",null,true,1.5]'],
    ['a text', 'a"b', '"a\\"b"'],
    ['nothing', null, 'null'],
    ['keys in code unit order', { é: 1, z: 2, Z: 3, '10': 4, '9': 5 }, '{"9":5,"10":4,"Z":3,"z":2,"é":1}'],
  ])('of %s is the same for the same value', (_, value, text) => {
    expect(canonicalText(value)).toBe(text);
  });

  test('is what a hash is of', () => {
    expect(hashOf({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });

  test('is JSON of the same value, and does not show the order of keys', () => {
    const turned = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(turned);
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, turned(inner)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalText(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalText(turned(value) as Json)).toBe(text);
      }),
    );
  });
});

const classified = classifySdl({
  bank: `
    type Query { me: Me @data(category: APP_PUBLIC) }
    type Me { score: Int @data(category: DERIVED, from: [BALANCE, TERMS]) amount: Money @data(category: [TERMS, BALANCE]) entry: Me @data(category: BALANCE) secret: Int @inaccessible @data(category: BILLS) }
    type Money @value { amount: Int }`,
});
if (classified.kind === 'problems') throw new Error(classified.problems.map(printProblem).join('\n'));
const classification = {
  ...classified.classification,
  sealed: new Map([['bank', new Map([['Me.id', 'ACCOUNT' as never]])]]),
};
const matrix: Matrix = {
  rows: new Map([
    [
      'SUPPORT_CHAT',
      new Map([
        ['BALANCE', 'allow'],
        ['TERMS', 'item'],
      ]),
    ],
  ]),
  anchors: new Map([['SUPPORT_CHAT', new Set(['Me.entry', 'Me.a'])]]),
  picking: new Set(['Me.score', 'Me.amount']),
  writes: new Map([['Mutation.x', new Set<Purpose>(['SUPPORT_CHAT', 'P2P_PAYMENT'])]]),
  open: maskOf(['APP_PUBLIC']),
  entries: new Map([['AD_PROFILE', new Map([['ANALYTICS', new Set(['Me.z', 'Me.b'])]])]]),
};
const table = compileTable(classification, matrix, {
  meets: () => true,
  canMeet: (purpose) => purpose !== 'ANALYTICS',
});
const book = bookOf({
  classification,
  matrix,
  table,
  clearances: new Map([
    ['bank', maskOf(['TERMS', 'BALANCE'])],
    ['ads', 0],
  ]),
  clients: new Map([['messenger', new Set<Purpose>(['SUPPORT_CHAT', 'P2P_PAYMENT'])]]),
  restrictions: new Map([['Me.score', [{ kind: 'scopes', anyOf: [['a', 'b']], more: 1 } as never]]]),
  policies: new Map([['figures', new Set<Purpose>(['DATA_SALE', 'ANALYTICS'])]]),
  declassifications: [
    {
      coordinate: 'Me.amount',
      subgraph: 'bank',
      categories: maskOf(['TERMS']),
      reason: 'why',
      approver: 'ada',
    } as never,
  ],
});

describe('the book of a policy', () => {
  test('holds every label, list and grant in words, sorted where order means nothing', () => {
    const { permissions, arguments: given, readable, ...rest } = book;
    const label = { reduced: false, from: [], inaccessible: false };
    expect([permissions, given, readable].every((chapter) => Object.keys(chapter ?? {}).length > 0)).toBe(true);
    expect(rest).toEqual({
      labels: {
        'Me.amount': { ...label, categories: ['BALANCE', 'TERMS'] },
        'Me.entry': { ...label, categories: ['BALANCE'] },
        'Me.score': { ...label, categories: ['DERIVED'], from: ['BALANCE', 'TERMS'] },
        'Me.secret': { ...label, categories: ['BILLS'], inaccessible: true },
        'Query.me': { ...label, categories: ['APP_PUBLIC'] },
      },
      valueTypes: { Money: true },
      sealed: { bank: { 'Me.id': 'ACCOUNT' } },
      rows: { SUPPORT_CHAT: { BALANCE: 'allow', TERMS: 'item' } },
      anchors: { SUPPORT_CHAT: ['Me.a', 'Me.entry'] },
      writes: { 'Mutation.x': ['P2P_PAYMENT', 'SUPPORT_CHAT'] },
      entries: { AD_PROFILE: { ANALYTICS: ['Me.b', 'Me.z'] } },
      openings: { open: ['APP_PUBLIC'], picking: ['Me.amount', 'Me.score'] },
      clearances: { bank: ['BALANCE', 'TERMS'], ads: [] },
      clients: { messenger: ['P2P_PAYMENT', 'SUPPORT_CHAT'] },
      scopes: {
        CONSENT_MANAGEMENT: 'consent:manage',
        AD_TARGETING: 'ads:targeting',
        AD_MEASUREMENT: 'ads:measurement',
        THIRD_PARTY_SHARING: 'partner:share',
        COMPLIANCE_AUDIT: 'audit:read',
      },
      restrictions: { 'Me.score': [{ kind: 'scopes', anyOf: [['a', 'b']] }] },
      policies: { figures: ['ANALYTICS', 'DATA_SALE'] },
      declassifications: { 'bank Me.amount': { categories: ['TERMS'], reason: 'why', approver: 'ada' } },
    });
  });

  test('holds the second book: the rule of each field, and who may give each argument', () => {
    expect(book['permissions']?.['DepositAccount.balances']).toEqual({ rule: 'readsBalance', categories: ['BALANCE'] });
    expect(book['arguments']?.['Query.adProfile(id:)']).toEqual({
      categories: ['AD_PROFILE'],
      givers: ['AD_TARGETING', 'AD_MEASUREMENT'],
    });
  });

  test('holds what each purpose may read: everywhere, and below an anchor edge only', () => {
    expect(Object.keys(book['readable'] ?? {})).toEqual([...purposes]);
    expect(book['readable']?.['SUPPORT_CHAT']).toEqual({ plain: ['Me.entry', 'Query.me'], item: ['Me.amount'] });
    expect(book['readable']?.['DATA_SALE']).toEqual({ plain: ['Query.me'], item: [] });
    expect(book['readable']?.['ANALYTICS']).toEqual({ plain: [], item: [] });
  });
});
