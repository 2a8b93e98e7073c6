/**
 * The two books, compared: the compiled table (labels and matrix) against the permissions, which are run through real
 * GraphQL execution for every purpose, every object field and every kind of missing evidence. No difference may remain.
 */
import type { GraphQLSchema } from 'graphql';
import { evidenceOf, isSatisfied, singleGaps, sweepingFlags, type Flags } from './doubleEntryFlags.js';
import { buildProbe, positionsOf, type Position, type Probe } from './doubleEntryProbe.js';
import { permissions, type Permissions } from './permissions.js';
import { fieldsWithoutRule, objectTypesOf } from './permissionsFor.js';
import type { PolicyTable } from './policyTable.js';
import { itemEdges } from './rulesReaders.js';
import { categoriesOf, purposes, type Purpose } from './vocabulary.js';

/** What one of the books says. */
export type Entry = 'permit' | 'deny';

/** One disagreement: the books say different things, or one of them says nothing. */
export type Difference =
  | {
      readonly kind: 'verdict';
      readonly coordinate: string;
      readonly purpose: Purpose;
      readonly flags: Flags;
      readonly anchor?: string;
      readonly table: Entry;
      readonly shield: Entry;
    }
  | { readonly kind: 'missing'; readonly coordinate: string; readonly from: 'labels' | 'permissions' | 'schema' };

/** What is compared. `schema` holds every object type of the graph, inaccessible fields included. */
export interface Books {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  /** The second book; the repository's own unless a test brings another. */
  readonly permissions?: Permissions;
}

/**
 * Every difference between the books, sorted as they are found; empty when the books agree. Costs one execution per
 * purpose and combination of flags: well under two seconds for 250 coordinates.
 */
export async function compareBooks({ schema, table, permissions: book = permissions }: Books): Promise<Difference[]> {
  const positions = positionsOf(schema, (edge) => isAnchorInEither(table, edge));
  const probe = buildProbe(schema, book, positions);
  const differences = missingEntries({ schema, table, permissions: book });
  for (const purpose of purposes) {
    differences.push(...(await compareFor(purpose, { positions, probe, table })));
  }
  return differences;
}

/** One line: `LoanAccount.bills P2P_PAYMENT scope, consent, agreement: the table says deny, the permissions permit`. */
export function printDifference(difference: Difference): string {
  if (difference.kind === 'missing') return `${difference.coordinate}: missing from the ${difference.from}`;
  const { coordinate, purpose, flags, anchor, table, shield } = difference;
  const evidence = (['scope', 'consent', 'agreement'] as const).map((part) => (flags[part] ? part : `no ${part}`));
  const of = flags.of === 'ALL' ? '' : ` of ${flags.of}`;
  const below = anchor === undefined ? '' : ` below ${anchor}`;
  return `${coordinate}${below} ${purpose} ${evidence.join(', ')}${of}: the table says ${table}, the permissions ${shield}`;
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
