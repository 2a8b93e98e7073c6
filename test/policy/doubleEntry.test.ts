import { describe, expect, test } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { argumentPermissions, type ArgumentPermissions } from '../../src/policy/argumentPermissions.js';
import { compareBooks as compareWith, type Books } from '../../src/policy/doubleEntry.js';
import { printDifference, type Difference } from '../../src/policy/doubleEntryDifference.js';
import { matrixOf, readMatrixFile } from '../../src/policy/matrixFile.js';
import { permissions, type Permissions } from '../../src/policy/permissions.js';
import * as rules from '../../src/policy/rules.js';
import {
  maskOf,
  purposes,
  type Cell,
  type DataCategory,
  type Matrix,
  type PolicyTable,
  type Purpose,
} from '../../src/policy/index.js';

/** A graph of a few types that the real permissions cover in part: the table below is its first book. */
const schema = buildSchema(`
  type Query { me: Customer }
  type Customer { id: ID fraudAlerts: [FraudAlert!] consents: [Consent!] receipts(first: Int, after: String): String }
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
  'Customer.receipts': ['RECEIPT'],
  'Customer.receipts(first:)': ['RECEIPT'],
  'Customer.receipts(after:)': ['RECEIPT'],
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
const base: readonly DataCategory[] = [...open, 'RELATIONSHIP', 'CONSENT_RECORD', 'RECEIPT'];

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
  const classification = { labels: new Map() };
  const stub = { verdict, anchors, needs, isValueType, classification, matrix: cells };
  return stub as Partial<Record<keyof PolicyTable, unknown>> as PolicyTable;
}

/** The repository's cells: the small graph's rows above are no whole matrix. */
const cells = repositoryMatrix();

function repositoryMatrix(): Matrix {
  const file = readMatrixFile(process.cwd());
  if (file.kind === 'problems') throw new Error(JSON.stringify(file.problems));
  return matrixOf(file).matrix;
}

const page: ArgumentPermissions = {
  Customer: { receipts: argumentPermissions['Customer']?.['receipts'] ?? {} },
};

function compareBooks(books: Books): Promise<Difference[]> {
  return compareWith({ argumentPermissions: page, ...books });
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

async function linesOf(books: Books): Promise<string[]> {
  return (await compareBooks(books)).map(printDifference);
}

function coordinates(differences: readonly Difference[]): string[] {
  return [...new Set(differences.flatMap((found) => ('coordinate' in found ? [found.coordinate] : [])))].toSorted();
}

describe('compareBooks', () => {
  test('finds nothing where the books agree', async () => {
    expect(await linesOf({ schema, table: tableOf(), permissions: book })).toEqual([]);
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
    const wrong = withRule('Transaction', 'description', rules.asTheEdge);
    const differences = await compareBooks({ schema, table: tableOf(), permissions: wrong });
    const found = differences.flatMap((difference) => (difference.kind === 'verdict' ? [difference.purpose] : []));
    expect(new Set(found)).toEqual(new Set(purposes));
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
      { allow: [...open, 'RELATIONSHIP', 'RECEIPT'] },
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
    expect(await linesOf({ schema, table: tableOf(), permissions: stale })).toEqual([
      'Dispute.score: missing from the schema',
    ]);
  });

  test.each<[DataCategory, Purpose, Cell, string]>([
    ['BANK_OFFER', 'ACCOUNT_SERVICING', 'allow', 'deny'],
    ['PAYMENT_CREDENTIAL', 'P2P_PAYMENT', 'deny', 'write'],
    ['PAYMENT_CREDENTIAL', 'FRAUD_ALERTS', 'item', 'deny'],
  ])('objects to the cell %s %s saying %s, though no field carries the category', async (...planted) => {
    const [category, purpose, cell, stated] = planted;
    const row = new Map(cells.rows.get(purpose)).set(category, cell);
    const matrixWith = { ...cells, rows: new Map(cells.rows).set(purpose, row) };
    const table = { ...tableOf(), matrix: matrixWith };
    expect(await linesOf({ schema, table, permissions: book })).toEqual([
      `${category} ${purpose} in the matrix: the table says ${cell}, the permissions ${stated}`,
    ]);
  });

  test('objects to a label of another category that permits the same everywhere', async () => {
    const { needs } = tableOf({ ...labels, 'Customer.id': ['APP_PUBLIC'] });
    const table = { ...tableOf(), needs };
    expect(await linesOf({ schema, table, permissions: book })).toEqual([
      'Customer.id: the table says APP_PUBLIC, the permissions PLATFORM_PROFILE',
    ]);
  });

  test.each<DataCategory>(['RELATIONSHIP', 'PLATFORM_PROFILE', 'CONSENT_RECORD'])(
    'objects to an argument that is relabelled %s',
    async (word) => {
      const table = tableOf({ ...labels, 'Customer.receipts(first:)': [word] });
      expect(await linesOf({ schema, table, permissions: book })).toContain(
        `Customer.receipts(first:): the table says ${word}, the permissions RECEIPT`,
      );
    },
  );

  test('objects to an argument that the table denies', async () => {
    const table = tableOf({ ...labels, 'Customer.receipts(after:)': ['BANK_OFFER'] });
    expect(await linesOf({ schema, table, permissions: book })).toContain(
      'Customer.receipts(after:) ACCOUNT_SERVICING: the table says deny, the permissions permit',
    );
  });

  test('objects to an argument without a rule, and to a rule for an argument that the graph does not have', async () => {
    const { after, first } = page['Customer']?.['receipts'] ?? {};
    const stated = { Customer: { receipts: { ...(after && { after }), ...(first && { last: first }) } } };
    expect(await linesOf({ schema, table: tableOf(), permissions: book, argumentPermissions: stated })).toEqual([
      'Customer.receipts(first:): missing from the permissions',
      'Customer.receipts(last:): missing from the schema',
    ]);
  });

  test('objects to an argument without a label', async () => {
    const { 'Customer.receipts(first:)': _, ...rest } = labels;
    const found = await compareBooks({ schema, table: tableOf(rest), permissions: book });
    expect(found).toContainEqual({ kind: 'missing', coordinate: 'Customer.receipts(first:)', from: 'labels' });
  });

  test('objects to an input field, because the page of arguments has no place for one', async () => {
    const label = { kind: 'inputField', coordinate: 'Transfer.amount' };
    const classification = { labels: new Map([[label.coordinate, label]]) };
    const table = { ...tableOf(), classification } as unknown as PolicyTable;
    const found = await compareBooks({ schema, table, permissions: book });
    expect(found).toEqual([{ kind: 'missing', coordinate: 'Transfer.amount', from: 'permissions' }]);
  });
});
