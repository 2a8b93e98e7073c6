import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { compareBooks, loadPolicy, permissions, printDifference, type Difference } from '../../src/policy/index.js';
import {
  categoriesOf,
  compileTable,
  financialCategories,
  maskOf,
  openCategories,
  type DataCategory,
  type Policy,
} from '../../src/policy/index.js';
import * as rules from '../../src/policy/rules.js';

function repositoryPolicy(): Policy {
  const loaded = loadPolicy(process.cwd());
  if (loaded.kind === 'problems') throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}

const policy = repositoryPolicy();
const schema = buildASTSchema(parse(policy.supergraphSdl), { assumeValidSDL: true });
const open = maskOf(openCategories);

/** Fields whose label is not open throughout: those that a mistake can open or close. */
const guarded = [...policy.classification.labels.values()]
  .filter(({ coordinate, kind, categories }) => {
    const type = schema.getType(coordinate.split('.')[0] ?? '');
    return kind === 'field' && (categories & ~open) !== 0 && type?.astNode?.kind === 'ObjectTypeDefinition';
  })
  .map(({ coordinate }) => coordinate)
  .toSorted();

const financial = financialCategories.filter((category) => category !== 'DERIVED');
const neighbours = new Map<DataCategory, DataCategory>([
  ['CONSENT_RECORD', 'RECEIPT'],
  ['RECEIPT', 'CONSENT_RECORD'],
  ...financial.map((category, index) => [category, financial[(index + 1) % financial.length] ?? category] as const),
]);

function coordinatesOf(differences: readonly Difference[]): Set<string> {
  return new Set(differences.map(({ coordinate }) => coordinate));
}

function bookWith(rule: rules.Rule): typeof permissions {
  const fill = (fields: object) => Object.fromEntries(Object.keys(fields).map((field) => [field, rule]));
  return Object.fromEntries(Object.entries(permissions).map(([type, fields]) => [type, fill(fields)]));
}

describe('the two books of this repository', () => {
  test('agree on every purpose, coordinate and combination of evidence', async () => {
    const differences = await compareBooks({ schema, table: policy.table });
    expect(differences.map(printDifference)).toEqual([]);
  });

  test('differ at every guarded coordinate whose rule is open to all', async () => {
    const found = coordinatesOf(
      await compareBooks({ schema, table: policy.table, permissions: bookWith(rules.openToAll) }),
    );
    expect(guarded.filter((coordinate) => !found.has(coordinate))).toEqual([]);
    expect(guarded.length).toBeGreaterThan(150);
  });

  test('differ at every guarded coordinate whose label is another category', async () => {
    const labels = new Map(
      [...policy.classification.labels].map(([coordinate, label]) => [
        coordinate,
        { ...label, categories: (label.categories & open) | nextCategories(label.categories & ~open) },
      ]),
    );
    const table = compileTable({ ...policy.classification, labels }, policy.table.matrix);
    const found = coordinatesOf(await compareBooks({ schema, table }));
    // An auditor reads reduced records of either store alike, so these two labels permit the same there.
    const reduced = (coordinate: string) => policy.classification.labels.get(coordinate)?.reduced === true;
    expect(guarded.filter((coordinate) => !found.has(coordinate) && !reduced(coordinate))).toEqual([]);
  });

  test('differ at every coordinate of a category that the matrix closes', async () => {
    const rows = new Map(
      [...policy.table.matrix.rows].map(([purpose, row]) => [purpose, new Map(row).set('RELATIONSHIP', 'deny')]),
    );
    const table = compileTable(policy.classification, {
      ...policy.table.matrix,
      rows: rows as typeof policy.table.matrix.rows,
    });
    const found = coordinatesOf(await compareBooks({ schema, table }));
    const relationship = maskOf(['RELATIONSHIP']);
    const expected = guarded.filter((coordinate) => (policy.table.needs(coordinate) & relationship) !== 0);
    expect([...found].filter((coordinate) => expected.includes(coordinate)).toSorted()).toEqual(expected);
  });
});

/** The neighbour of each guarded category; the two control categories change places. */
function nextCategories(mask: number): number {
  return maskOf(categoriesOf(mask).map((category) => neighbours.get(category) ?? category));
}
