import { matrixOf, readMatrixFile } from './matrixFile.js';
import type { PolicyTable } from './policyTable.js';
import { compileTable } from './table.js';

/** What the matrix says of whole categories; no coordinate is known here. */
export type Cells = Pick<PolicyTable, 'cells'>;

/**
 * The cells of `policy/matrix.yaml` below `root`, without the graph that they are about: undefined where the file has
 * problems. For who only asks what a purpose's tokens may name; composes nothing, so it costs one file.
 */
export function loadCells(root: string): Cells | undefined {
  const file = readMatrixFile(root);
  if (file.kind === 'problems') return undefined;
  const { matrix, problems } = matrixOf(file);
  if (problems.length > 0) return undefined;
  return compileTable({ labels: new Map(), valueTypes: new Set(), valueFields: new Set(), sealed: new Map() }, matrix);
}
