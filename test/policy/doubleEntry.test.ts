import { describe, expect, test } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { compareBooks, printDifference, type Difference } from '../../src/policy/doubleEntry.js';
import { permissions, type Permissions } from '../../src/policy/permissions.js';
import * as rules from '../../src/policy/rules.js';
import { maskOf, purposes, type DataCategory, type PolicyTable, type Purpose } from '../../src/policy/index.js';

/** A graph of a few types that the real permissions cover in part: the table below is its first book. */
const schema = buildSchema(`
  type Query { me: Customer }
  type Customer { id: ID fraudAlerts: [FraudAlert!] consents: [Consent!] }
  type Consent { id: ID bank: String }
  interface Account { id: ID reference: ID }
  type DepositAccount implements Account { id: ID reference: ID balances: [Balance!] terms: String }
  type Balance { amount: String }
  type FraudAlert { id: ID accountReference: ID transaction: Transaction }
  type Transaction { id: ID accountReference: ID description: String }
  type Dispute { id: ID accountReference: ID transaction: Transaction }
`);

const labels: Record<string, readonly DataCategory[]> = {
  'Query.me': ['PLATFORM_PROFILE'],
  'Customer.id': ['PLATFORM_PROFILE'],
  'Customer.fraudAlerts': ['FRAUD_SIGNAL'],
  'Customer.consents': ['CONSENT_RECORD'],
  'Consent.id': ['CONSENT_RECORD'],
  'Consent.bank': ['CONSENT_RECORD', 'RELATIONSHIP'],
  'DepositAccount.id': ['RELATIONSHIP'],
  'DepositAccount.reference': ['RELATIONSHIP'],
  'DepositAccount.balances': ['BALANCE'],
  'DepositAccount.terms': ['TERMS'],
  'FraudAlert.id': ['FRAUD_SIGNAL'],
  'FraudAlert.accountReference': ['RELATIONSHIP'],
  'FraudAlert.transaction': ['FRAUD_SIGNAL', 'TRANSACTION_CORE'],
  'Transaction.id': ['TRANSACTION_CORE'],
  'Transaction.accountReference': ['RELATIONSHIP'],
  'Transaction.description': ['TRANSACTION_DETAIL'],
  'Dispute.id': ['TRANSACTION_CORE'],
  'Dispute.accountReference': ['RELATIONSHIP'],
  'Dispute.transaction': ['TRANSACTION_CORE'],
};

interface Row {
  readonly allow: readonly DataCategory[];
  readonly item?: readonly DataCategory[];
  readonly anchor?: string;
  /** Where RELATIONSHIP is readable, when not everywhere. */
  readonly picking?: readonly string[];
}

const open: readonly DataCategory[] = ['PLATFORM_PROFILE'];
const base: readonly DataCategory[] = [...open, 'RELATIONSHIP', 'CONSENT_RECORD'];

/** The rows that the small graph needs; every other purpose reads what is open. */
const matrix: Partial<Record<Purpose, Row>> = {
  ACCOUNT_SERVICING: { allow: [...base, 'BALANCE', 'TERMS', 'TRANSACTION_CORE', 'TRANSACTION_DETAIL'] },
  FRAUD_ALERTS: {
    allow: [...base, 'FRAUD_SIGNAL'],
    item: ['TRANSACTION_CORE', 'TRANSACTION_DETAIL'],
    anchor: 'FraudAlert.transaction',
  },
  SUPPORT_CHAT: { allow: base },
  P2P_PAYMENT: { allow: base },
  MERCHANT_CHECKOUT: { allow: base },
  CONSENT_MANAGEMENT: { allow: base, picking: ['DepositAccount.id', 'DepositAccount.reference', 'Consent.bank'] },
};

/** What the small graph needs of a policy table, computed the slow and obvious way. */
function tableOf(label = labels, rows = matrix): PolicyTable {
  const rowOf = (purpose: Purpose): Row => rows[purpose] ?? { allow: open };
  const anchors = (purpose: Purpose, coordinate: string) => rowOf(purpose).anchor === coordinate;
  const isValueType = (type: string) => type === 'Balance';
  const verdict: PolicyTable['verdict'] = (purpose, coordinate, item) => {
    if (isValueType(coordinate.split('.')[0] ?? '')) return 'allow';
    const { allow, item: onItems = [], picking } = rowOf(purpose);
    if (label[coordinate]?.includes('RELATIONSHIP') && picking?.includes(coordinate) === false) return 'deny';
    const readable = item || anchors(purpose, coordinate) ? [...allow, ...onItems] : allow;
    return label[coordinate]?.every((category) => readable.includes(category)) === true ? 'allow' : 'deny';
  };
  const needs = (coordinate: string) => maskOf(label[coordinate] ?? []);
  return { verdict, anchors, needs, isValueType } as Partial<PolicyTable> as PolicyTable;
}

/** The repository's permissions, cut to the small graph. */
function bookOf(graph: GraphQLSchema): Permissions {
  const types = Object.entries(permissions).filter(([type]) => graph.getType(type) !== undefined);
  const cut = types.map(([type, fields]) => {
    const known = Object.keys(labels).concat('Balance.amount');
    const kept = Object.entries(fields).filter(([field]) => known.includes(`${type}.${field}`));
    return [type, Object.fromEntries(kept)] as const;
  });
  return { ...Object.fromEntries(cut), Balance: { amount: rules.asTheEdge } };
}

const book = bookOf(schema);

function withRule(type: string, field: string, rule: rules.Rule): Permissions {
  return { ...book, [type]: { ...book[type], [field]: rule } };
}

function coordinates(differences: readonly Difference[]): string[] {
  return [...new Set(differences.map(({ coordinate }) => coordinate))].toSorted();
}

describe('compareBooks', () => {
  test('finds nothing where the books agree', async () => {
    expect(
      await compareBooks({ schema, table: tableOf(), permissions: book }).then((found) => found.map(printDifference)),
    ).toEqual([]);
  });

  test('objects to a rule that permits too much', async () => {
    const wrong = withRule('DepositAccount', 'balances', rules.readsRelationship);
    const differences = await compareBooks({ schema, table: tableOf(), permissions: wrong });
    expect(coordinates(differences)).toEqual(['DepositAccount.balances']);
    expect(differences).toContainEqual({
      kind: 'verdict',
      coordinate: 'DepositAccount.balances',
      purpose: 'FRAUD_ALERTS',
      flags: { scope: true, consent: true, agreement: true, of: 'ALL' },
      table: 'deny',
      shield: 'permit',
    });
  });

  test('objects to a rule of another category that the same purposes read', async () => {
    const wrong = withRule('DepositAccount', 'balances', rules.readsTerms);
    const differences = await compareBooks({ schema, table: tableOf(), permissions: wrong });
    expect(coordinates(differences)).toEqual(['DepositAccount.balances']);
    expect(differences.map(printDifference)).toContain(
      'DepositAccount.balances ACCOUNT_SERVICING scope, no consent, agreement of BALANCE: the table says deny, the permissions permit',
    );
  });

  test('objects to a rule that is open to all', async () => {
    const wrong = withRule('Transaction', 'description', rules.openToAll);
    const differences = await compareBooks({ schema, table: tableOf(), permissions: wrong });
    expect(new Set(differences.map((difference) => difference.kind === 'verdict' && difference.purpose))).toEqual(
      new Set(purposes),
    );
  });

  test.each([
    ['a narrower label', 'DepositAccount.terms', ['RELATIONSHIP']],
    ['a label of the same cells', 'DepositAccount.terms', ['BALANCE']],
    ['a label with a category too many', 'DepositAccount.id', ['RELATIONSHIP', 'CONSENT_RECORD']],
    ['a label with a category too few', 'Consent.bank', ['CONSENT_RECORD']],
    ['an open label', 'Transaction.id', ['PLATFORM_PROFILE']],
  ] as const)('objects to %s', async (_, coordinate, label) => {
    const table = tableOf({ ...labels, [coordinate]: label });
    expect(coordinates(await compareBooks({ schema, table, permissions: book }))).toEqual([coordinate]);
  });

  test.each<[string, Purpose, Row, string[]]>([
    ['an opened cell', 'P2P_PAYMENT', { allow: [...base, 'BALANCE'] }, ['DepositAccount.balances']],
    [
      'a closed cell',
      'MERCHANT_CHECKOUT',
      { allow: [...open, 'RELATIONSHIP'] },
      ['Consent.bank', 'Consent.id', 'Customer.consents'],
    ],
    [
      'a never-consentable row with a cell',
      'AD_TARGETING',
      { allow: [...open, 'FRAUD_SIGNAL'] },
      ['Customer.fraudAlerts', 'FraudAlert.id'],
    ],
    [
      'a missing anchor',
      'FRAUD_ALERTS',
      { allow: [...base, 'FRAUD_SIGNAL'], item: ['TRANSACTION_CORE', 'TRANSACTION_DETAIL'] },
      ['FraudAlert.transaction', 'Transaction.description', 'Transaction.id'],
    ],
    [
      'an anchor that the permissions do not know',
      'SUPPORT_CHAT',
      { allow: base, item: ['TRANSACTION_CORE'], anchor: 'Dispute.transaction' },
      ['Dispute.transaction', 'Transaction.id'],
    ],
  ])('objects to %s in the matrix', async (...planted) => {
    const [, purpose, row, expected] = planted;
    const table = tableOf(labels, { ...matrix, [purpose]: row });
    expect(coordinates(await compareBooks({ schema, table, permissions: book }))).toEqual(expected);
  });

  test('objects to a field without a rule, even where nobody may read it', async () => {
    const { id: _, ...rest } = book['FraudAlert'] ?? {};
    const differences = await compareBooks({ schema, table: tableOf(), permissions: { ...book, FraudAlert: rest } });
    expect(differences).toContainEqual({ kind: 'missing', coordinate: 'FraudAlert.id', from: 'permissions' });
  });

  test('objects to a field without a label', async () => {
    const { 'Dispute.id': _, ...rest } = labels;
    const differences = await compareBooks({ schema, table: tableOf(rest), permissions: book });
    expect(differences).toContainEqual({ kind: 'missing', coordinate: 'Dispute.id', from: 'labels' });
  });

  test('objects to a rule for a field that the graph does not have', async () => {
    const stale = withRule('Dispute', 'score', rules.readsTransactionCore);
    expect(
      await compareBooks({ schema, table: tableOf(), permissions: stale }).then((found) => found.map(printDifference)),
    ).toEqual(['Dispute.score: missing from the schema']);
  });
});
