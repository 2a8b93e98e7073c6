import { describe, expect, test } from '@jest/globals';
import { compileTable, maskOf, type Cell, type Matrix, type PolicyTable } from '../../src/policy/index.js';
import { compareVerdicts } from './verdicts.js';

type TableOf = typeof compileTable;

/** The table with one of its answers replaced. */
function changed(change: (table: PolicyTable) => Partial<PolicyTable>): TableOf {
  return (classification, matrix) => {
    const table = compileTable(classification, matrix);
    return { ...table, ...change(table) };
  };
}

/** The table of a matrix that is not the one written down. */
function of(change: (matrix: Matrix) => Partial<Matrix>): TableOf {
  return (classification, matrix) => compileTable(classification, { ...matrix, ...change(matrix) });
}

function cells(from: Cell, to: Cell): TableOf {
  const row = (cell: Cell): Cell => (cell === from ? to : cell);
  return of(({ rows }) => ({
    rows: new Map(
      [...rows].map(([purpose, words]) => [purpose, new Map([...words].map(([at, cell]) => [at, row(cell)]))]),
    ),
  }));
}

/** The first so many cases in which a wrong table shows. */
function casesUntilSeen(tableOf: TableOf): number {
  const step = 50;
  for (let cases = step; cases <= 1500; cases += step) {
    if (compareVerdicts({ seed: 5_000 + cases, cases: step, tableOf }).length > 0) return cases;
  }
  return Infinity;
}

describe('the verdict of every position', () => {
  test('is that of an oracle written apart, on 2,000 random graphs, policies, tokens and operations', () => {
    expect(compareVerdicts({ seed: 1, cases: 2000 })).toEqual([]);
  });

  test.each<[string, TableOf]>([
    [
      'forgets that an item hangs on an anchor edge',
      changed(({ verdict }) => ({ verdict: (who, at) => verdict(who, at, true) })),
    ],
    ['opens no item', changed(({ verdict }) => ({ verdict: (who, at) => verdict(who, at, false) }))],
    ['takes every edge for an anchor edge', changed(() => ({ anchors: () => true }))],
    ['asks for no scope', changed(() => ({ needs: () => 0 }))],
    [
      'asks for no scope of identities',
      changed(({ needs }) => ({ needs: (at) => needs(at) & ~maskOf(['ACCOUNT_IDENTITY']) })),
    ],
    ['takes an object for a value', changed(() => ({ isValueType: () => true }))],
    ['reads what may only be written', cells('write', 'allow')],
    ['opens own records to auditors', cells('reduced', 'own')],
    ['reads anywhere what is for picking', cells('picking', 'allow')],
    ['reads items as themselves', cells('item', 'allow')],
    [
      'lets every purpose write',
      of(({ writes, rows }) => ({ writes: new Map([...writes].map(([at]) => [at, new Set(rows.keys())])) })),
    ],
    [
      'opens to all what has an entry',
      of(({ open, entries }) => ({ open: open | maskOf([...entries.keys()]), entries: new Map() })),
    ],
  ])('shows a table that %s', (_, tableOf) => {
    expect(casesUntilSeen(tableOf)).toBeLessThanOrEqual(1500);
  });
});
