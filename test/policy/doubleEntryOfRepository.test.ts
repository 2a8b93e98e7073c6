import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, buildSchema, isObjectType, parse } from 'graphql';
import { compareBooks, loadPolicy, permissions, printDifference, type Difference } from '../../src/policy/index.js';
import {
  argumentPermissions,
  categoriesOf,
  cellWords,
  compileTable,
  dataCategories,
  financialCategories,
  maskOf,
  openCategories,
  type DataCategory,
  type Policy,
  type PolicyTable,
} from '../../src/policy/index.js';
import { compareStated } from '../../src/policy/doubleEntry.js';
import { compareArguments } from '../../src/policy/doubleEntryArguments.js';
import { compareCells } from '../../src/policy/doubleEntryCells.js';
import { positionsOf } from '../../src/policy/doubleEntryProbe.js';
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

/** Fields and arguments of object types that carry a category: all that the second book must state. */
const needed = [...policy.classification.labels.values()]
  .filter(({ owner }) => isObjectType(schema.getType(owner)))
  .map(({ coordinate }) => coordinate);

const financial = financialCategories.filter((category) => category !== 'DERIVED');
const neighbours = new Map<DataCategory, DataCategory>([
  ['CONSENT_RECORD', 'RECEIPT'],
  ['RECEIPT', 'CONSENT_RECORD'],
  ...financial.map((category, index) => [category, financial[(index + 1) % financial.length] ?? category] as const),
]);

function coordinatesOf(differences: readonly Difference[]): Set<string> {
  return new Set(differences.flatMap((difference) => ('coordinate' in difference ? [difference.coordinate] : [])));
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
      await compareBooks({ schema, table: policy.table, permissions: bookWith(rules.asTheEdge) }),
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
    expect(guarded.filter((coordinate) => !found.has(coordinate))).toEqual([]);
  });

  test.each(dataCategories)('differ at every field and argument that is relabelled %s', (word) => {
    const [mask, relabelled] = [
      maskOf([word]),
      needed.filter((coordinate) => policy.table.needs(coordinate) !== maskOf([word])),
    ];
    const needs = (coordinate: string): number => (policy.table.needs(coordinate) === 0 ? 0 : mask);
    const found = coordinatesOf(compareStated({ schema, table: { ...policy.table, needs } }));
    expect([...found].toSorted()).toEqual(relabelled.toSorted());
  });

  test('differ where any one argument is permitted the other way', () => {
    const table = (coordinate: string): PolicyTable => ({
      ...policy.table,
      verdict: (purpose, asked, item) => {
        const was = policy.table.verdict(purpose, asked, item);
        return asked !== coordinate ? was : was === 'allow' ? 'deny' : 'allow';
      },
    });
    const given = needed.filter((coordinate) => coordinate.includes('('));
    const positions = positionsOf(schema, () => false);
    for (const coordinate of given) {
      expect(
        coordinatesOf(compareArguments({ schema, table: table(coordinate), argumentPermissions, positions })),
      ).toEqual(new Set([coordinate]));
    }
    expect(given.length).toBeGreaterThan(40);
  });

  test('differ in every cell of the matrix that says another word, and in no other', () => {
    const { matrix } = policy.table;
    const cells = [...matrix.rows].flatMap(([purpose, row]) =>
      [...row].map(([category, was]) => ({ purpose, row, category, was })),
    );
    for (const { purpose, row, category, was } of cells) {
      const found = cellWords.flatMap((word) => {
        const rows = new Map(matrix.rows).set(purpose, new Map(row).set(category, word));
        return compareCells({ ...policy.table, matrix: { ...matrix, rows } });
      });
      const others = cellWords.filter((word) => word !== was);
      expect(found).toEqual(others.map((table) => ({ kind: 'cell', purpose, category, table, permissions: [was] })));
    }
    expect(cells.length).toBe(256);
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

  test('differ where whoever reads payments may make them', async () => {
    const payments = buildSchema(
      'type Query { me: ID } type Mutation { sendPayment: Payment } type Payment { id: ID }',
    );
    const planted = { ...permissions, Mutation: { ...permissions['Mutation'], sendPayment: rules.readsPayments } };
    const verdictsUnder = async (book: typeof permissions): Promise<string[]> => {
      const found = await compareBooks({ schema: payments, table: policy.table, permissions: book });
      const verdicts = found.flatMap((one) => (one.kind === 'verdict' ? [`${one.coordinate} ${one.purpose}`] : []));
      return [...new Set(verdicts)];
    };
    expect(await verdictsUnder(permissions)).toEqual([]);
    expect(await verdictsUnder(planted)).toEqual(['Mutation.sendPayment ACCOUNT_SERVICING']);
  });
});

/** The neighbour of each guarded category; the two control categories change places. */
function nextCategories(mask: number): number {
  return maskOf(categoriesOf(mask).map((category) => neighbours.get(category) ?? category));
}
