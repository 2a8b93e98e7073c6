/**
 * The two books, compared: the compiled table (labels and matrix) against the permissions, which are run through real
 * GraphQL execution for every purpose, every object field and every kind of missing evidence. Categories, arguments and
 * the cells of the matrix are compared as they are stated. No difference may remain.
 */
import type { GraphQLSchema } from 'graphql';
import { argumentPermissions as wholePage, type ArgumentPermissions } from './argumentPermissions.js';
import { compareArguments } from './doubleEntryArguments.js';
import { compareCells } from './doubleEntryCells.js';
import type { Difference, Entry } from './doubleEntryDifference.js';
import { evidenceOf, isSatisfied, singleGaps, sweepingFlags, type Flags } from './doubleEntryFlags.js';
import { buildProbe, positionsOf, type Position, type Probe } from './doubleEntryProbe.js';
import { permissions as wholeBook, type Permissions } from './permissions.js';
import { coveredPart, fieldsWithoutRule, objectTypesOf } from './permissionsFor.js';
import type { PolicyTable } from './policyTable.js';
import { itemEdges } from './rulesReaders.js';
import { categoriesOf, maskOf, purposes, type Purpose } from './vocabulary.js';

/** What is compared. `schema` holds every object type of the graph, inaccessible fields included. */
export interface Books {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  /** The second book; the repository's own unless a test brings another. */
  readonly permissions?: Permissions;
  /** The second book's page of arguments, likewise. */
  readonly argumentPermissions?: ArgumentPermissions;
}

/**
 * Every difference between the books, sorted as they are found; empty when the books agree. Costs one execution per
 * purpose and combination of flags: well under two seconds for 250 coordinates.
 */
export async function compareBooks(books: Books): Promise<Difference[]> {
  const { schema, table, permissions: book = wholeBook } = books;
  const positions = positionsIn(books);
  const probe = buildProbe(schema, book, positions);
  const differences = compareStated(books, positions);
  for (const purpose of purposes) {
    differences.push(...(await compareFor(purpose, { positions, probe, table })));
  }
  return differences;
}

/** What is compared without running anything: cells, categories and arguments, and that no book lacks an entry. */
export function compareStated(given: Books, positions = positionsIn(given)): Difference[] {
  const books = { permissions: wholeBook, argumentPermissions: wholePage, ...given };
  return [
    ...compareCells(books.table),
    ...missingEntries(books),
    ...compareCategories(books),
    ...compareArguments({ ...books, positions }),
  ];
}

function positionsIn({ schema, table }: Books): Position[] {
  return positionsOf(schema, (edge) => isAnchorInEither(table, edge));
}

function isAnchorInEither(table: PolicyTable, edge: string): boolean {
  return itemEdges.some((item) => item.edge === edge) || purposes.some((purpose) => table.anchors(purpose, edge));
}

function missingEntries({ schema, table, permissions: book }: Required<Books>): Difference[] {
  const fields = objectTypesOf(schema).flatMap((type) =>
    Object.keys(type.getFields()).map((field) => ({ type: type.name, coordinate: `${type.name}.${field}` })),
  );
  const inSchema = new Set(fields.map(({ coordinate }) => coordinate));
  const inBook = Object.entries(book).flatMap(([type, rules]) => Object.keys(rules).map((field) => `${type}.${field}`));
  const unlabelled = fields.filter(({ type, coordinate }) => !table.isValueType(type) && table.needs(coordinate) === 0);
  return [
    ...unlabelled.map(({ coordinate }) => ({ kind: 'missing', coordinate, from: 'labels' }) as const),
    ...fieldsWithoutRule(schema, book).map(
      (coordinate) => ({ kind: 'missing', coordinate, from: 'permissions' }) as const,
    ),
    ...inBook
      .filter((coordinate) => !inSchema.has(coordinate))
      .map((coordinate) => ({ kind: 'missing', coordinate, from: 'schema' }) as const),
  ];
}

/** Tells categories apart that permit the same everywhere, such as the two kinds of records that an auditor reads. */
function compareCategories({ schema, table, permissions: book }: Required<Books>): Difference[] {
  return Object.entries(coveredPart(schema, book)).flatMap(([type, rules]) =>
    Object.entries(rules).flatMap(([field, { categories }]): Difference[] => {
      const coordinate = `${type}.${field}`;
      const needs = table.needs(coordinate);
      if (needs === maskOf(categories)) return [];
      return [{ kind: 'categories', coordinate, table: categoriesOf(needs), permissions: categories }];
    }),
  );
}

interface Comparison {
  readonly positions: readonly Position[];
  readonly probe: Probe;
  readonly table: PolicyTable;
}

/**
 * All positions while parts are missing for every category at once; then, category by category, those whose answer
 * depends on the evidence at all.
 */
async function compareFor(purpose: Purpose, comparison: Comparison): Promise<Difference[]> {
  const sweeping = await compareUnder(sweepingFlags, purpose, comparison);
  const positions = comparison.positions.filter((at) => sweeping.permitted.has(at) && sweeping.denied.has(at));
  if (positions.length === 0) return sweeping.differences;
  const single = await compareUnder(singleGaps, purpose, { ...comparison, positions });
  return [...sweeping.differences, ...single.differences];
}

/** `permitted` and `denied` hold the positions that a book permitted or denied under some of the flags. */
interface Outcome {
  readonly differences: Difference[];
  readonly permitted: Set<Position>;
  readonly denied: Set<Position>;
}

async function compareUnder(list: readonly Flags[], purpose: Purpose, comparison: Comparison): Promise<Outcome> {
  const outcome: Outcome = { differences: [], permitted: new Set(), denied: new Set() };
  const run = comparison.probe(comparison.positions);
  for (const flags of list) {
    const found = await run(evidenceOf(purpose, flags));
    for (const position of comparison.positions) {
      const table = tableEntry(comparison.table, position, { purpose, flags });
      note(outcome, position, { purpose, flags, table, shield: found.has(position) ? 'permit' : 'deny' });
    }
  }
  return outcome;
}

type Answers = Pick<Extract<Difference, { kind: 'verdict' }>, 'purpose' | 'flags' | 'table' | 'shield'>;

function note(outcome: Outcome, position: Position, answers: Answers): void {
  const { table, shield } = answers;
  if (table === 'permit' || shield === 'permit') outcome.permitted.add(position);
  if (table === 'deny' || shield === 'deny') outcome.denied.add(position);
  if (table === shield) return;
  const { coordinate, anchor } = position;
  outcome.differences.push({ kind: 'verdict', coordinate, ...answers, ...(anchor === undefined ? {} : { anchor }) });
}

/** What the first book says once scope, consent and agreement are as the flags have them. */
function tableEntry(
  table: PolicyTable,
  position: Position,
  { purpose, flags }: Pick<Answers, 'purpose' | 'flags'>,
): Entry {
  const { coordinate, type, anchor } = position;
  const isItem = anchor !== undefined && table.anchors(purpose, anchor);
  if (table.verdict(purpose, coordinate, isItem) === 'deny') return 'deny';
  if (table.isValueType(type)) return 'permit';
  return isSatisfied(purpose, flags, categoriesOf(table.needs(coordinate))) ? 'permit' : 'deny';
}
