import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { check } from '../../docs/review/check.mjs';
import { certificate, digestOf, supergraph, type Certificate } from './smallCertificate.js';

/** The breaches of the small certificate after an edit of it. */
function after(edit: (planted: Certificate) => unknown, hash?: string): readonly string[] {
  const planted = certificate();
  edit(planted);
  return check(supergraph, planted, hash).breaches;
}

/** The breaches of a certificate that names another text, which says something else. */
function afterText(from: string, to: string): readonly string[] {
  expect(supergraph).toContain(from);
  const text = supergraph.replace(from, to);
  return check(text, { ...certificate(), supergraph: digestOf(text) }).breaches;
}

const without = (list: string[], one: string) => list.splice(list.indexOf(one), 1);

describe('a certificate holds', () => {
  test('when it says what the supergraph says', () => {
    expect(check(supergraph, certificate(), '12ab').breaches).toEqual([]);
    expect(check(supergraph, certificate(), '12ab').established).toContain(
      '10 fields, arguments and input fields carry the labels that the supergraph states',
    );
  });

  test('with a warning when nobody pinned its policy', () => {
    expect(check(supergraph, certificate()).established[0]).toMatch(/nobody pinned/);
  });

  test('with each declassification in the report', () => {
    const planted = certificate();
    const one = {
      coordinate: 'Query.account',
      subgraph: 'bank',
      categories: ['BALANCE'],
      reason: 'null',
      approver: 'ana',
    };
    planted.declassifications.push(one);
    planted.reaching['rows of Query.account'] = ['RELATIONSHIP'];
    planted.reaching['rows of Account'] = ['RELATIONSHIP'];
    planted.received.bank = ['RELATIONSHIP'];
    expect(check(supergraph, planted).established).toContain('exempt: Query.account BALANCE (ana: null)');
  });
});

describe('a certificate breaks', () => {
  test.each<[string, (planted: Certificate) => unknown, string]>([
    ['is of another format', (it) => (it.format = 'x/2'), 'format is x/2, not ringfence-certificate/1'],
    ['says what nobody knows how to check', (it) => (it.extra = ['X']), 'extra is too much'],
    ['lacks a label', (it) => delete it.labels['Account.id'], 'labels Account.id is missing'],
    [
      'labels what does not exist',
      (it) => (it.labels['A.b'] = it.labels['Account.id'] as never),
      'labels A.b is too much',
    ],
    [
      'labels less',
      (it) => it.labels['Account.balances']?.categories.pop(),
      'labels Account.balances categories BALANCE is missing',
    ],
    [
      'labels more',
      (it) => it.labels['Account.id']?.categories.push('TERMS'),
      'labels Account.id categories TERMS is too much',
    ],
    [
      'hides an owner',
      (it) => it.labels['AdProfile.locale']?.owners.pop(),
      'labels AdProfile.locale owners bank is missing',
    ],
    [
      'calls a record reduced',
      (it) => Object.assign(it.labels['Account.id'] as object, { reduced: true }),
      'labels Account.id reduced is true, not false',
    ],
    [
      'has a reach that is not closed',
      (it) => without(it.reaching['Query.account'] as string[], 'BALANCE'),
      'reaching Query.account BALANCE is missing',
    ],
    [
      'has a reach that nothing explains',
      (it) => it.reaching['Account.id']?.push('TERMS'),
      'reaching Account.id TERMS is too much',
    ],
    ['lacks an edge', (it) => it.edges.splice(1, 1), 'reaching Query.account BALANCE is too much'],
    [
      'hides what a subgraph receives',
      (it) => without(it.received.bank as string[], 'BALANCE'),
      'received bank BALANCE is missing',
    ],
    [
      'clears a subgraph for more than was agreed',
      (it) => it.clearances.ads?.push('BALANCE'),
      'clearances ads BALANCE is too much',
    ],
    [
      'clears a subgraph for less than it receives',
      (it) => it.clearances.bank?.splice(0),
      'flow subgraph bank receives BALANCE without clearance',
    ],
    [
      'lets ads read a balance',
      (it) => it.readable.AD_TARGETING?.plain.push('Account.balances'),
      'readable AD_TARGETING plain Account.balances is too much',
    ],
    [
      'lets an item be read anywhere',
      (it) => it.readable.FRAUD_ALERTS?.item.push('Account.id'),
      'readable FRAUD_ALERTS item Account.id is too much',
    ],
    [
      'says that less is read',
      (it) => it.readable.P2P_PAYMENT?.plain.pop(),
      'readable P2P_PAYMENT plain Query.account(id:) is missing',
    ],
    [
      'opens a cell',
      (it) => Object.assign(it.matrix.AD_TARGETING as object, { BALANCE: 'allow' }),
      'matrix AD_TARGETING BALANCE is allow, not deny',
    ],
    [
      'opens a cell that nothing carries',
      (it) => Object.assign(it.matrix.ANALYTICS as object, { BANK_OFFER: 'item' }),
      'matrix ANALYTICS BANK_OFFER is item, not deny',
    ],
    ['adds a purpose', (it) => (it.matrix.CURIOSITY = {}), 'matrix CURIOSITY is too much'],
    [
      'forgets who is never consentable',
      (it) => without(it.neverConsentable as string[], 'AD_TARGETING'),
      'neverConsentable AD_TARGETING is missing',
    ],
    [
      'forgets what is financial',
      (it) => without(it.financial as string[], 'FRAUD_SIGNAL'),
      'financial FRAUD_SIGNAL is missing',
    ],
    ['calls balances open', (it) => (it.open as string[]).push('BALANCE'), 'open BALANCE is too much'],
    [
      'gives a write away',
      (it) => it.writes['Mutation.sendPayment']?.push('AD_TARGETING'),
      'writes Mutation.sendPayment AD_TARGETING is too much',
    ],
    ['has an anchor of its own', (it) => (it.anchors = {}), 'anchors FRAUD_ALERTS is missing'],
    ['hides a value type', (it) => (it.valueTypes = []), 'valueTypes Balance is missing'],
    [
      'exempts without a reason',
      (it) =>
        it.declassifications.push({
          coordinate: 'Account.id',
          subgraph: 'bank',
          categories: [],
          reason: '',
          approver: 'ana',
        }),
      'declassification Account.id has no reason or no approver',
    ],
  ])('when it %s', (_, edit, breach) => {
    expect(after(edit)).toContain(breach);
  });

  test('when it is of another supergraph or of another policy', () => {
    expect(check(`${supergraph}\n`, certificate()).breaches[0]).toMatch(/^supergraph is /);
    expect(after(() => undefined, '34cd')).toEqual(['policyHash is 12ab, not 34cd']);
  });
});

describe('a supergraph breaks its certificate', () => {
  test.each([
    [
      'says nothing of a field',
      'interests: [String!] @data(category: AD_PROFILE)',
      'interests: [String!]',
      'labels AdProfile.interests categories UNLABELLED is missing',
    ],
    [
      'requires a balance for an open field',
      'interests: [String!] @data(category: AD_PROFILE) @join__field(graph: ADS)',
      'interests(of: ID @data(category: BALANCE)): [String!] @data(category: AD_PROFILE) @join__field(graph: ADS)',
      'flow subgraph ads receives BALANCE without clearance',
    ],
    [
      'makes a balance the key to ads',
      'interface Account @join__type(graph: BANK, key: "id")',
      'interface Account @join__type(graph: ADS, key: "id balances { amount }")',
      'flow subgraph ads receives BALANCE without clearance',
    ],
    [
      'lets ads own a field too',
      '@data(category: AD_PROFILE) @join__field(graph: ADS)\n  "One',
      '@data(category: AD_PROFILE) @join__field(graph: ADS) @join__field(graph: BANK)\n  "One',
      'labels Query.adProfile owners bank is missing',
    ],
    [
      'gives a value type a key',
      'type Balance @value @join__type(graph: BANK)',
      'type Balance @value @join__type(graph: BANK, key: "amount")',
      'valueTypes Balance is too much',
    ],
    [
      'gives a value type arguments',
      '{ amount: String! }',
      '{ amount(in: String): String! }',
      'valueTypes Balance is too much',
    ],
    [
      'moves a field to ads by stages',
      'interests: [String!] @data(category: AD_PROFILE) @join__field(graph: ADS)',
      'interests: [String!] @data(category: AD_PROFILE) @join__field(graph: ADS, override: "bank", overrideLabel: "x")',
      'labels AdProfile.interests owners bank is missing',
    ],
  ])('when it %s', (_, ...[from, to, breach]) => {
    expect(afterText(from, to)).toContain(breach);
  });

  test('when an open field requires a balance', () => {
    const open = 'interests: [String!] @data(category: AD_PROFILE) @join__field(graph: ADS';
    const text = supergraph
      .replace(open, `${open}, requires: "account { balances { amount } }"`)
      .replace('locale: String @data', 'account: Account @data(category: RELATIONSHIP) locale: String @data');
    expect(check(text, certificate()).breaches).toEqual(
      expect.arrayContaining([
        'flow AdProfile.interests is open, yet BALANCE arrives',
        'flow subgraph ads receives BALANCE without clearance',
      ]),
    );
  });

  test('when an implementation carries what its interface does not say', () => {
    const text = supergraph.replace(
      /(type DepositAccount[^}]*balances: \[Balance!\] @data\(category:) BALANCE/,
      '$1 TERMS',
    );
    const { breaches } = check(text, certificate());
    expect(breaches).toContain('reaching Account.balances TERMS is missing');
    expect(breaches).toContain('reaching DepositAccount.balances TERMS is missing');
  });

  test('when a field set in it cannot be followed', () => {
    const text = supergraph.replace('key: "locale")', 'key: "locale ... on AdProfile { interests }")');
    expect(() => check(text, certificate())).toThrow('cannot be read');
  });

  test.each([
    'extend type Query { x: ID }',
    'type A { b: @c }',
    'type A { b: C',
    'type ~ { b: C }',
    '} type A { b: C }',
  ])('when it holds what cannot be read: %s', (more) => {
    expect(() => check(`${supergraph}\n${more}`, certificate())).toThrow(/^the text /);
  });
});

test('the checker has at most 200 lines, none longer than 120, and loads nothing but what Node brings', () => {
  const source = readFileSync(new URL('../../docs/review/check.mjs', import.meta.url), 'utf8');
  const lines = source.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(200);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  expect([...source.matchAll(/from '([^']+)'/g)].filter(([, name]) => !name?.startsWith('node:'))).toEqual([]);
  expect(source).not.toMatch(/\bimport\(|\brequire\(/);
});
