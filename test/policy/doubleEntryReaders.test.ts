import { expect, jest, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import type { DataCategory, Purpose } from '../../src/policy/index.js';
import * as readers from '../../src/policy/rulesReaders.js';

/** The second book's readers, with one purpose more. */
const reads = (purpose: Purpose, category: DataCategory): boolean =>
  purpose === 'P2P_PAYMENT' && category === 'TRANSACTION_CORE';

jest.unstable_mockModule('../../src/policy/rulesReaders.js', () => ({
  ...readers,
  may: (...asked: Parameters<typeof readers.may>) =>
    readers.may(...asked) || (asked[0] === 'reads' && reads(asked[1], asked[2])),
  readsDirectly: (...asked: Parameters<typeof readers.readsDirectly>) =>
    readers.readsDirectly(...asked) || reads(...asked),
}));

const { compareBooks, loadPolicy, printDifference } = await import('../../src/policy/index.js');

test('the two books differ where the readers of entries hold one purpose more', async () => {
  const policy = loadPolicy(process.cwd());
  if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
  const schema = buildSchema(`
    type Query { me: ID }
    type DepositAccount { reference: ID transactions: TransactionConnection balances: ID }
    type TransactionConnection { edges: ID }
  `);
  const found = (await compareBooks({ schema, table: policy.table })).filter(({ kind }) => kind !== 'missing');
  expect(new Set(found.map((one) => ('purpose' in one ? one.purpose : '')))).toEqual(new Set(['P2P_PAYMENT']));
  const lines = found.map(printDifference);
  expect(lines).toContain('TRANSACTION_CORE P2P_PAYMENT in the matrix: the table says deny, the permissions allow');
  expect(lines).toContain(
    'DepositAccount.transactions P2P_PAYMENT scope, consent, agreement: the table says deny, the permissions permit',
  );
});
