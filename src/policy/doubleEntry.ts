/**
 * The two books, compared: the compiled table (labels and matrix) against the permissions, which are run through real
 * GraphQL execution for every purpose, every object field and every kind of missing evidence. Categories, arguments and
 * the cells of the matrix are compared as they are stated. No difference may remain.
 */
import type { GraphQLSchema } from 'graphql';
import { argumentPermissions as wholePage, type ArgumentPermissions } from './argumentPermissions.js';
import { testsApart, type Answered, type Asked, type Test } from './doubleEntryApart.js';
import { compareArguments } from './doubleEntryArguments.js';
import { compareCells } from './doubleEntryCells.js';
import type { Difference, Entry } from './doubleEntryDifference.js';
import { evidenceOf, isSatisfied, singleGaps, sweepingFlags, wholeFlags, type Flags } from './doubleEntryFlags.js';
import { groupsOf, type Group } from './doubleEntryGroups.js';
import { buildProbe, positionsOf, type Position, type Probe } from './doubleEntryProbe.js';
import { compareLabels, statedArguments, statementsOf, type StatedBooks, type Statement } from './doubleEntryStated.js';
import { permissions as wholeBook, type Permissions } from './permissions.js';
import type { PolicyTable } from './policyTable.js';
import { itemEdges } from './rulesReaders.js';
import { categoriesOf, purposes, type Purpose } from './vocabulary.js';

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
 * Every difference between the books; empty when the books agree. Groups of positions that nothing tells apart answer
 * on the whole domain; every position answers by itself under the whole evidence for each purpose, and under what
 * tells its rule from those of all other groups (decision 0020).
 */
export async function compareBooks(books: Books): Promise<Difference[]> {
  const { schema, table, permissions: book = wholeBook } = books;
  const positions = positionsIn(books);
  const probe = buildProbe(schema, book, positions);
  const answered = await askGroups(probe, groupsOf(positions, { schema, table, permissions: book }));
  return [
    ...compareStated(books, positions),
    ...answered.flatMap((one) => groupDifferences(table, one)),
    ...(await compareAlone(probe, table, answered)),
  ];
}

/** What is compared without running anything: cells, categories and arguments, and that no book lacks an entry. */
export function compareStated(given: Books, positions = positionsIn(given)): Difference[] {
  const books = { permissions: wholeBook, argumentPermissions: wholePage, ...given };
  const statements = statementsOf(books);
  return [
    ...compareCells(books.table),
    ...compareLabels(statements, books.table.needs),
    ...strayEntries(books, statements),
    ...compareArguments({ ...books, positions }),
  ];
}

function positionsIn({ schema, table }: Books): Position[] {
  return positionsOf(schema, (edge) => isAnchorInEither(table, edge));
}

function isAnchorInEither(table: PolicyTable, edge: string): boolean {
  return itemEdges.some((item) => item.edge === edge) || purposes.some((purpose) => table.anchors(purpose, edge));
}

/** What the second book has rules for and the graph does not have. */
function strayEntries({ permissions, argumentPermissions }: StatedBooks, known: readonly Statement[]): Difference[] {
  const inSchema = new Set(known.map(({ coordinate }) => coordinate));
  const fields = Object.entries(permissions).flatMap(([type, rules]) =>
    Object.keys(rules).map((field) => `${type}.${field}`),
  );
  return [...fields, ...statedArguments(argumentPermissions).keys()]
    .filter((coordinate) => !inSchema.has(coordinate))
    .map((coordinate) => ({ kind: 'missing', coordinate, from: 'schema' }) as const);
}

type Questions = readonly Asked[];

const questionsOf = (purpose: Purpose, list: readonly Flags[]): Questions => list.map((flags) => ({ purpose, flags }));
const sweeping = purposes.map((purpose) => questionsOf(purpose, sweepingFlags));
const gaps = new Map(purposes.map((purpose) => [purpose, questionsOf(purpose, singleGaps)]));
/** The whole evidence for each purpose. */
const wholeQuestions: Questions = sweeping.flat().filter(({ flags }) => flags === wholeFlags);

/**
 * The first member of each group while parts are missing for every category at once; then, category by category, those
 * whose answer depends on the evidence at all.
 */
async function askGroups(probe: Probe, groups: readonly Group[]): Promise<Answered[]> {
  const answered = groups.map((group) => ({ group, answers: new Map<Asked, boolean>() }));
  for (const questions of sweeping) {
    await ask(probe, answered, questions);
    const varying = answered.filter(({ answers }) => new Set(questions.map((one) => answers.get(one))).size > 1);
    const [{ purpose }] = questions as [Asked];
    if (varying.length > 0) await ask(probe, varying, gaps.get(purpose) ?? []);
  }
  return answered;
}

interface Answering {
  readonly group: Group;
  readonly answers: Map<Asked, boolean>;
}

async function ask(probe: Probe, asked: readonly Answering[], questions: Questions): Promise<void> {
  const run = probe(asked.map(({ group }) => group.first));
  for (const question of questions) {
    const permitted = await run(evidenceOf(question.purpose, question.flags));
    for (const { group, answers } of asked) answers.set(question, permitted.has(group.first));
  }
}

/** What a group answers, its members are told: only they know where they stand. */
function groupDifferences(table: PolicyTable, { group, answers }: Answered): Difference[] {
  return [...answers].flatMap(([question, permitted]) => {
    if (permitted === isPermitted(table, group.first, question)) return [];
    return group.members.map((position) => difference(position, question, permitted));
  });
}

/** Positions that answer otherwise than their group did, where the table agrees with the group. */
async function compareAlone(probe: Probe, table: PolicyTable, answered: readonly Answered[]): Promise<Difference[]> {
  const found: Difference[][] = [];
  const everyone = probe(membersOf(answered));
  for (const asked of wholeQuestions) {
    const permitted = await everyone(evidenceOf(asked.purpose, asked.flags));
    found.push(strays(table, { asked, groups: answered }, permitted));
  }
  for (const test of testsApart(answered, wholeQuestions)) {
    const some = probe(membersOf(test.groups));
    found.push(strays(table, test, await some(evidenceOf(test.asked.purpose, test.asked.flags))));
  }
  return found.flat();
}

function membersOf(groups: readonly Answered[]): Position[] {
  return groups.flatMap(({ group }) => group.members);
}

function strays(table: PolicyTable, { asked, groups }: Test, permitted: ReadonlySet<Position>): Difference[] {
  return groups.flatMap(({ group, answers }) => {
    const expected = isPermitted(table, group.first, asked);
    if (expected !== answers.get(asked)) return [];
    const wrong = group.members.filter((position) => permitted.has(position) !== expected);
    return wrong.map((position) => difference(position, asked, !expected));
  });
}

function difference({ coordinate, anchor }: Position, { purpose, flags }: Asked, permitted: boolean): Difference {
  const words: readonly [Entry, Entry] = permitted ? ['deny', 'permit'] : ['permit', 'deny'];
  const [table, shield] = words;
  return { kind: 'verdict', coordinate, purpose, flags, table, shield, ...(anchor === undefined ? {} : { anchor }) };
}

/** What the first book says once scope, consent and agreement are as the flags have them. */
function isPermitted(table: PolicyTable, { coordinate, type, anchor }: Position, { purpose, flags }: Asked): boolean {
  const isItem = anchor !== undefined && table.anchors(purpose, anchor);
  if (table.verdict(purpose, coordinate, isItem) === 'deny') return false;
  return table.isValueType(type) || isSatisfied(purpose, flags, categoriesOf(table.needs(coordinate)));
}
