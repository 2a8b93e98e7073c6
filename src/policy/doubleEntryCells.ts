/** The matrix, cell by cell, against the columns of the second book: also where no field carries the category. */
import type { Difference } from './doubleEntryDifference.js';
import type { Cell } from './matrix.js';
import type { PolicyTable } from './policyTable.js';
import { may, type Column } from './rulesReaders.js';
import { controlCategories, financialCategories, purposes, type DataCategory, type Purpose } from './vocabulary.js';

/** The word of the matrix for each deed of a column. */
const wordOf: Readonly<Record<keyof Column, Cell>> = {
  reads: 'allow',
  readsOnItems: 'item',
  picks: 'picking',
  takes: 'write',
  readsOwn: 'own',
  readsReduced: 'reduced',
};
const deeds = Object.keys(wordOf) as readonly (keyof Column)[];

/** Every category that the matrix has a column for; DERIVED follows its inputs. */
const columnCategories: readonly DataCategory[] = [
  ...financialCategories.filter((category) => category !== 'DERIVED'),
  ...controlCategories,
];

/** A difference for each cell that the columns fill otherwise. */
export function compareCells({ matrix }: PolicyTable): Difference[] {
  return purposes.flatMap((purpose) =>
    columnCategories.flatMap((category): Difference[] => {
      const table = matrix.rows.get(purpose)?.get(category) ?? 'deny';
      const permissions = wordsOf(purpose, category);
      const agree = permissions.length === 1 && permissions[0] === table;
      return agree ? [] : [{ kind: 'cell', purpose, category, table, permissions }];
    }),
  );
}

function wordsOf(purpose: Purpose, category: DataCategory): readonly Cell[] {
  const words = deeds.filter((deed) => may(deed, purpose, category)).map((deed) => wordOf[deed]);
  return words.length === 0 ? ['deny'] : words;
}
