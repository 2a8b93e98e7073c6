/** Part 5: the second book, run through real GraphQL execution, says what the first book says. */
import type { SourceLocation } from '../fault/index.js';
import {
  categoriesOf,
  compareBooks,
  compileTable,
  maskOf,
  printDifference,
  purposes,
  scopeOf,
  type Cell,
  type DataCategory,
  type Difference,
  type Matrix,
  type Permissions,
  type PolicyTable,
  type Purpose,
} from '../policy/index.js';
import { counterexampleOf, permittedCounterexample, widestScope, type Replay } from './counterexample.js';
import type { Counterexample, Finding } from './finding.js';
import { openings } from './opening.js';
import { sourceOf } from './source.js';
import type { PartResult, Subject } from './subject.js';

/** One finding for each coordinate or cell that the books disagree on. Costs what `compareBooks` costs. */
export async function proveDoubleEntry(subject: Subject, permissions?: Permissions): Promise<PartResult> {
  const { schema, table } = subject;
  const differences = await compareBooks({ schema, table, ...(permissions ? { permissions } : {}) });
  return {
    part: 'double-entry',
    checked: `${table.classification.labels.size} coordinates × ${purposes.length} purposes × scope, consent, agreement and anchor`,
    findings: differenceFindings(subject, differences),
  };
}

/** Differences about one place are one finding, which tells the first and counts the others. */
export function differenceFindings(subject: Subject, differences: readonly Difference[]): readonly Finding[] {
  const byPlace = new Map<string, Difference[]>();
  for (const difference of differences) {
    const place = placeOf(difference);
    byPlace.set(place, [...(byPlace.get(place) ?? []), difference]);
  }
  return [...byPlace].map(([coordinate, [first, ...others]]) => findingOf(subject, coordinate, { first, others }));
}

function placeOf(difference: Difference): string {
  return difference.kind === 'cell' ? `${difference.purpose} × ${difference.category}` : difference.coordinate;
}

/** The cell's line, the label's, or where the second book states what the graph does not have. */
function placeIn(subject: Subject, difference: Difference): SourceLocation | undefined {
  if (difference.kind === 'cell') return subject.cellPlace?.(difference.purpose, difference.category);
  const { coordinate } = difference;
  if (difference.kind !== 'missing' || difference.from !== 'schema') return sourceOf(subject, coordinate);
  const page = coordinate.endsWith(':)') ? 'argumentPermissions' : 'permissions';
  return { file: `src/policy/${page}.ts`, line: 1, column: 1 };
}

interface Group {
  readonly first: Difference | undefined;
  readonly others: readonly Difference[];
}

function findingOf(subject: Subject, coordinate: string, { first, others }: Group): Finding {
  const all = first ? [first, ...others] : others;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const location = first && placeIn(subject, first);
  const counterexample = exampleOf(subject, all);
  return {
    part: 'double-entry',
    code: 'BOOKS_DIFFER',
    message: `${first ? printDifference(first) : ''}${more}; correct the book that is wrong (label and matrix, or \`permissions.ts\`)`,
    coordinate,
    ...(location ? { location } : {}),
    ...(counterexample ? { counterexample } : {}),
  };
}

/** An operation that the gateway permits and the other book would not; else one whose verdict they disagree on. */
function exampleOf(subject: Subject, differences: readonly Difference[]): Counterexample | undefined {
  return openedExample(subject, differences) ?? statedExample(subject, differences);
}

/** Where whole cells or labels differ: the table as the second book would have it, against the one that is. */
function openedExample(subject: Subject, differences: readonly Difference[]): Counterexample | undefined {
  const { table } = subject;
  for (const other of differences.flatMap((difference) => tablesOf(subject, difference))) {
    const opened = permittedCounterexample(subject, openings(table, other, 'reads, though the second book denies it,'));
    if (opened) return opened;
    const denied = openings(other, table, 'is denied by the gateway, and by the second book would read,');
    const [found] = denied.slice(0, 24).flatMap((replay) => counterexampleOf(subject, replay) ?? []);
    if (found) return found;
  }
  return undefined;
}

/** One for each word that the second book has in place of the first. */
function tablesOf({ classification, table }: Subject, difference: Difference): PolicyTable[] {
  if (difference.kind === 'cell') {
    const { purpose, category, permissions } = difference;
    return permissions.map((cell) => compileTable(classification, withCell(table.matrix, { purpose, category, cell })));
  }
  const label = 'coordinate' in difference ? classification.labels.get(difference.coordinate) : undefined;
  if (difference.kind !== 'categories' || !label) return [];
  const categories = maskOf(difference.permissions.filter((word) => word !== 'DERIVED'));
  const edges = [...table.matrix.anchors.values()].flatMap((anchors) => [...anchors]);
  const rested = [...edges, label.field].flatMap((name) => classification.labels.get(name) ?? []);
  const labels = new Map([...rested, { ...label, categories }].map((one) => [one.coordinate, one] as const));
  return [compileTable({ ...classification, labels }, table.matrix)];
}

function withCell(
  matrix: Matrix,
  { purpose, category, cell }: { readonly purpose: Purpose; readonly category: DataCategory; readonly cell: Cell },
): Matrix {
  const row = new Map(matrix.rows.get(purpose)).set(category, cell);
  return { ...matrix, rows: new Map(matrix.rows).set(purpose, row) };
}

/** Where verdicts differ; where only words do, an operation that reaches the coordinate. */
function statedExample(subject: Subject, differences: readonly Difference[]): Counterexample | undefined {
  const permitted = differences.filter((one) => 'table' in one && one.table === 'permit');
  for (const difference of [...permitted, ...differences]) {
    if (difference.kind === 'cell') continue;
    const { coordinate } = difference;
    const purpose = 'purpose' in difference ? difference.purpose : readerOf(subject, coordinate);
    const below = 'anchor' in difference && difference.anchor !== undefined ? { below: difference.anchor } : {};
    const leak = `${purpose} would get what one of the books denies: ${words(subject, coordinate)} at ${coordinate}`;
    const aims = [{ coordinate, ...below }, { coordinate }];
    const example = counterexampleOf(subject, { purpose, aims, leak, ...scopeOfDifference(subject, difference) });
    if (example) return example;
  }
  return undefined;
}

/** The token lacks what the evidence lacks. */
function scopeOfDifference({ table }: Subject, difference: Difference): Pick<Replay, 'scope'> {
  if (difference.kind !== 'verdict' || difference.flags.scope) return {};
  const { of } = difference.flags;
  if (of === 'ALL') return { scope: '' };
  const words = widestScope(table, difference.purpose).filter((word) => word !== scopeOf(of));
  return { scope: words.join(' ') };
}

function readerOf({ table }: Subject, coordinate: string): Purpose {
  const reads = (purpose: Purpose): boolean =>
    table.verdict(purpose, coordinate, false) === 'allow' || table.verdict(purpose, coordinate, true) === 'allow';
  return purposes.find(reads) ?? 'ACCOUNT_SERVICING';
}

function words({ table }: Subject, coordinate: string): string {
  return categoriesOf(table.needs(coordinate)).join(' and ') || 'what nobody labelled';
}
