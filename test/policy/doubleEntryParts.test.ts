/** The parts of the double entry that need no execution: the combinations it asks under, its cells, its words. */
import { describe, expect, test } from '@jest/globals';
import { compareCells } from '../../src/policy/doubleEntryCells.js';
import { printDifference, type Difference } from '../../src/policy/doubleEntryDifference.js';
import {
  evidenceOf,
  isPresent,
  isSatisfied,
  singleGaps,
  sweepingFlags,
  wholeFlags,
} from '../../src/policy/doubleEntryFlags.js';
import type { Cell } from '../../src/policy/matrix.js';
import { readMatrixFile, matrixOf } from '../../src/policy/matrixFile.js';
import type { PolicyTable } from '../../src/policy/policyTable.js';
import {
  controlCategories,
  financialCategories,
  purposes,
  type DataCategory,
  type Purpose,
} from '../../src/policy/vocabulary.js';

const parts = ['scope', 'consent', 'agreement'] as const;

describe('the combinations of evidence', () => {
  test('are all eight, the whole one first', () => {
    expect(sweepingFlags[0]).toEqual({ scope: true, consent: true, agreement: true, of: 'ALL' });
    const bits = sweepingFlags.map((flags) => parts.map((part) => (flags[part] ? '1' : '0')).join(''));
    expect(bits).toEqual(['111', '110', '101', '100', '011', '010', '001', '000']);
    expect(sweepingFlags.every(({ of }) => of === 'ALL')).toBe(true);
  });

  test('lack each part of each category alone', () => {
    const expected = [...financialCategories, ...controlCategories].flatMap((of) =>
      parts.map((part) => ({ ...wholeFlags, of, [part]: false })),
    );
    expect(singleGaps).toEqual(expected);
  });

  test('say of a part that it is there, absent, or absent for another category', () => {
    const gap = { ...wholeFlags, of: 'BALANCE' as const, scope: false };
    expect([
      isPresent(gap, 'scope', 'BALANCE'),
      isPresent(gap, 'scope', 'TERMS'),
      isPresent(gap, 'consent', 'BALANCE'),
    ]).toEqual([false, true, true]);
    const none = { scope: false, consent: false, agreement: true, of: 'ALL' as const };
    expect([isPresent(none, 'scope', 'TERMS'), isPresent(none, 'agreement', 'TERMS')]).toEqual([false, true]);
    const evidence = evidenceOf('SUPPORT_CHAT', { scope: false, consent: true, agreement: false, of: 'BALANCE' });
    const seen = (category: DataCategory) => [
      evidence.scope(category),
      evidence.consent(category, {}),
      evidence.agreement(category),
    ];
    expect([evidence.purpose, seen('BALANCE'), seen('TERMS')]).toEqual([
      'SUPPORT_CHAT',
      [false, true, false],
      [true, true, true],
    ]);
    expect(Object.isFrozen(evidence)).toBe(true);
  });

  test('are evidence of their own: all of it for whole flags, and no more than one gap for a single one', () => {
    const seen = (category: DataCategory, flags = wholeFlags) => {
      const evidence = evidenceOf('SUPPORT_CHAT', flags);
      return [evidence.scope(category), evidence.consent(category, {}), evidence.agreement(category)];
    };
    expect(seen('BALANCE')).toEqual([true, true, true]);
    expect(seen('BALANCE', { ...wholeFlags, of: 'BALANCE', consent: false })).toEqual([true, false, true]);
    const categories: DataCategory[] = ['CONSENT_RECORD', 'RELATIONSHIP'];
    const gap = { ...wholeFlags, of: 'RELATIONSHIP' as const, scope: false };
    expect(isSatisfied('CONSENT_MANAGEMENT', gap, categories)).toBe(false);
    expect(isSatisfied('CONSENT_MANAGEMENT', { ...gap, scope: true, consent: false }, categories)).toBe(true);
  });

  test.each<[Purpose, DataCategory[], string[]]>([
    ['ACCOUNT_SERVICING', ['BALANCE'], ['111']],
    ['ACCOUNT_SERVICING', ['CONSENT_RECORD'], ['111', '110', '101', '100']],
    ['ACCOUNT_SERVICING', ['CONSENT_RECORD', 'RELATIONSHIP'], ['111']],
    ['CONSENT_MANAGEMENT', ['CONSENT_RECORD', 'RELATIONSHIP'], ['111', '110', '101', '100']],
    ['CONSENT_MANAGEMENT', ['RELATIONSHIP'], ['111']],
    ['COMPLIANCE_AUDIT', ['RECEIPT'], ['111', '110', '101', '100', '011', '010', '001', '000']],
    ['ANALYTICS', ['APP_PUBLIC'], ['111', '110', '101', '100', '011', '010', '001', '000']],
    ['ANALYTICS', [], ['111', '110', '101', '100', '011', '010', '001', '000']],
    ['ANALYTICS', ['APP_PUBLIC', 'BALANCE'], ['111']],
  ])('satisfy %s at %j as %j', (purpose, categories, expected) => {
    const enough = sweepingFlags.filter((flags) => isSatisfied(purpose, flags, categories));
    expect(enough.map((flags) => parts.map((part) => (flags[part] ? '1' : '0')).join(''))).toEqual(expected);
  });
});

describe('the cells', () => {
  const file = readMatrixFile('.');
  if (file.kind === 'problems') throw new Error('the matrix does not read');
  const { matrix } = matrixOf(file);
  const compared = (purpose: Purpose, category: DataCategory, cell: Cell | undefined): Difference[] => {
    const cells = [...(matrix.rows.get(purpose) ?? [])].filter(([word]) => word !== category);
    const row = new Map(cell === undefined ? cells : [...cells, [category, cell]]);
    return compareCells({
      matrix: { ...matrix, rows: new Map([...matrix.rows, [purpose, row]]) },
    } as unknown as PolicyTable);
  };

  test('of both books agree', () => {
    expect(compareCells({ matrix } as unknown as PolicyTable)).toEqual([]);
  });

  test.each<[Purpose, DataCategory, Cell | undefined, Cell[]]>([
    ['ACCOUNT_SERVICING', 'BALANCE', 'deny', ['allow']],
    ['ACCOUNT_SERVICING', 'BALANCE', undefined, ['allow']],
    ['SUPPORT_CHAT', 'FRAUD_SIGNAL', 'allow', ['item']],
    ['CONSENT_MANAGEMENT', 'RELATIONSHIP', 'allow', ['picking']],
    ['P2P_PAYMENT', 'PAYMENT_CREDENTIAL', 'allow', ['write']],
    ['FRAUD_ALERTS', 'RECEIPT', 'reduced', ['own']],
    ['COMPLIANCE_AUDIT', 'RECEIPT', 'own', ['reduced']],
    ['ANALYTICS', 'BANK_OFFER', 'allow', ['deny']],
  ])('differ where the row of %s says of %s: %s', (purpose, category, ...[cell, permissions]) => {
    const table = cell ?? 'deny';
    expect(compared(purpose, category, cell)).toEqual([{ kind: 'cell', purpose, category, table, permissions }]);
  });

  test('agree on what is denied, said or not', () => {
    for (const purpose of purposes) expect(compared(purpose, 'BANK_OFFER', undefined)).toEqual([]);
  });
});

describe('a difference', () => {
  const at = { coordinate: 'Account.bills', purpose: 'P2P_PAYMENT' as const };
  const gap = { scope: false, consent: true, agreement: false, of: 'BILLS' as const };

  test.each<[Difference, string]>([
    [{ kind: 'missing', coordinate: 'A.b', from: 'schema' }, 'A.b: missing from the schema'],
    [
      { kind: 'cell', purpose: 'ANALYTICS', category: 'BALANCE', table: 'deny', permissions: ['allow', 'item'] },
      'BALANCE ANALYTICS in the matrix: the table says deny, the permissions allow and item',
    ],
    [
      { kind: 'categories', coordinate: 'A.b', table: ['BALANCE', 'TERMS'], permissions: [] },
      'A.b: the table says BALANCE and TERMS, the permissions no category',
    ],
    [
      { kind: 'argument', ...at, table: 'permit', permissions: 'deny' },
      'Account.bills P2P_PAYMENT: the table says permit, the permissions deny',
    ],
    [
      { kind: 'argument', ...at, anchor: 'A.b', table: 'permit', permissions: 'deny' },
      'Account.bills below A.b P2P_PAYMENT: the table says permit, the permissions deny',
    ],
    [
      { kind: 'verdict', ...at, flags: wholeFlags, table: 'deny', shield: 'permit' },
      'Account.bills P2P_PAYMENT scope, consent, agreement: the table says deny, the permissions permit',
    ],
    [
      { kind: 'verdict', ...at, anchor: 'A.b', flags: gap, table: 'permit', shield: 'deny' },
      'Account.bills below A.b P2P_PAYMENT no scope, consent, no agreement of BILLS: the table says permit, the permissions deny',
    ],
  ])('is one line: %j', (difference, line) => {
    expect(printDifference(difference)).toBe(line);
  });
});
