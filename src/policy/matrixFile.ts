import { z } from 'zod';
import type { Problem } from '../fault/index.js';
import type { Cell, Matrix } from './matrix.js';
import { readPolicyFile, type PolicyFile } from './policyFile.js';
import {
  controlCategories,
  financialCategories,
  maskOf,
  neverConsentablePurposes,
  openCategories,
  purposes,
  type DataCategory,
  type Purpose,
} from './vocabulary.js';

const financialCell = z.enum(['allow', 'item', 'write', 'picking', 'deny']);
const controlCell = z.enum(['own', 'reduced', 'deny']);
const coordinates = z.array(z.string());
const listedPurposes = z.array(z.enum(purposes));

/** DERIVED follows its inputs and has no cell. */
const rowShape = {
  ...Object.fromEntries(financialCategories.filter((word) => word !== 'DERIVED').map((word) => [word, financialCell])),
  ...Object.fromEntries(controlCategories.map((word) => [word, controlCell])),
};

const matrixSchema = z.strictObject({
  rows: z.record(z.enum(purposes), z.strictObject(rowShape)),
  anchors: z.partialRecord(z.enum(purposes), coordinates),
  picking: coordinates,
  writes: z.record(z.string(), listedPurposes),
  open: z.array(z.enum(openCategories)),
  entries: z.partialRecord(z.enum(openCategories), z.partialRecord(z.enum(purposes), coordinates)),
});

/** The content of `policy/matrix.yaml`, checked word by word. */
export type MatrixFile = z.infer<typeof matrixSchema>;

/** Reads `policy/matrix.yaml`: closed vocabulary, a row per purpose, a cell per category. */
export function readMatrixFile(root: string): PolicyFile<MatrixFile> {
  return readPolicyFile(root, 'policy/matrix.yaml', matrixSchema);
}

/** Cells of never-consentable purposes that are not `deny`: such a table does not load. */
export function openedForbiddenCells(rows: Matrix['rows']): { purpose: Purpose; category: DataCategory; cell: Cell }[] {
  return neverConsentablePurposes.flatMap((purpose) =>
    [...(rows.get(purpose) ?? [])].flatMap(([category, cell]) =>
      cell === 'deny' ? [] : [{ purpose, category, cell }],
    ),
  );
}

/** The matrix of a file, and a problem for each forbidden cell that it opens. */
export function matrixOf(file: Extract<PolicyFile<MatrixFile>, { kind: 'ok' }>): {
  readonly matrix: Matrix;
  readonly problems: readonly Problem[];
} {
  const { rows, anchors, picking, writes, open, entries } = file.value;
  const matrix: Matrix = {
    rows: keyed(rows, (row) => keyed<DataCategory, Cell, Cell>(row, (cell) => cell)),
    anchors: keyed(anchors, (edges) => new Set(edges)),
    picking: new Set(picking),
    writes: keyed(writes, (words) => new Set(words)),
    open: maskOf(open),
    entries: keyed(entries, (byPurpose) => keyed(byPurpose ?? {}, (words) => new Set(words))),
  };
  const problems = openedForbiddenCells(matrix.rows).map(({ purpose, category, cell }) =>
    file.problemAt(
      ['rows', purpose, category],
      'NEVER_CONSENTABLE',
      `is \`${cell}\`; expected \`deny\`, whatever anyone consents to`,
    ),
  );
  return { matrix, problems };
}

/** A record whose keys the schema has checked, as a map in the file's order. */
function keyed<K extends string, V, W>(record: Partial<Record<K, V>>, read: (value: V) => W): Map<K, W> {
  const entries = Object.entries(record) as [K, V | undefined][];
  return new Map(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, read(value)] as const])));
}
