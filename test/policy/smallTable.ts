/** The table of a graph of a few fields, under a matrix with one row for every purpose. */
import { printProblem } from '../../src/fault/index.js';
import { compileTable } from '../../src/policy/table.js';
import type { Cell, Matrix } from '../../src/policy/matrix.js';
import type { PolicyTable } from '../../src/policy/policyTable.js';
import { maskOf, purposes, type DataCategory } from '../../src/policy/vocabulary.js';
import { classifySdl } from '../supergraph/smallGraph.js';

/** The lists of a matrix, none where nothing is said, and the row of every purpose. */
export type SmallMatrix = Partial<Matrix> & { readonly row: ReadonlyMap<DataCategory, Cell> };

/** Compiles the table of an SDL; APP_PUBLIC alone is open unless said otherwise. */
export function smallTable(sdl: string, { row, ...lists }: SmallMatrix): PolicyTable {
  const classified = classifySdl({ bank: sdl });
  if (classified.kind === 'problems') throw new Error(classified.problems.map(printProblem).join('\n'));
  return compileTable(classified.classification, {
    anchors: new Map(),
    picking: new Set<string>(),
    writes: new Map(),
    entries: new Map(),
    open: maskOf(['APP_PUBLIC']),
    rows: new Map(purposes.map((purpose) => [purpose, row])),
    ...lists,
  });
}
