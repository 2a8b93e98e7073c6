/** Part 5: the second book, run through real GraphQL execution, says what the first book says. */
import {
  categoriesOf,
  compareBooks,
  printDifference,
  purposes,
  type Difference,
  type Permissions,
  type Purpose,
} from '../policy/index.js';
import { counterexampleOf } from './counterexample.js';
import type { Counterexample, Finding } from './finding.js';
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

interface Group {
  readonly first: Difference | undefined;
  readonly others: readonly Difference[];
}

function findingOf(subject: Subject, coordinate: string, { first, others }: Group): Finding {
  const all = first ? [first, ...others] : others;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const location = subject.classification.labels.get(coordinate)?.locations[0];
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

/** An operation whose verdict the books disagree on; where only their words differ, one that reaches the coordinate. */
function exampleOf(subject: Subject, differences: readonly Difference[]): Counterexample | undefined {
  for (const difference of differences) {
    if (difference.kind === 'cell') continue;
    const { coordinate } = difference;
    const purpose = 'purpose' in difference ? difference.purpose : readerOf(subject, coordinate);
    const below = 'anchor' in difference && difference.anchor !== undefined ? { below: difference.anchor } : {};
    const leak = `${purpose} would get what one of the books denies: ${words(subject, coordinate)} at ${coordinate}`;
    const aims = [{ coordinate, ...below }, { coordinate }];
    const example = counterexampleOf(subject, { purpose, aims, leak });
    if (example) return example;
  }
  return undefined;
}

function readerOf({ table }: Subject, coordinate: string): Purpose {
  const reads = (purpose: Purpose): boolean =>
    table.verdict(purpose, coordinate, false) === 'allow' || table.verdict(purpose, coordinate, true) === 'allow';
  return purposes.find(reads) ?? 'ACCOUNT_SERVICING';
}

function words({ table }: Subject, coordinate: string): string {
  return categoriesOf(table.needs(coordinate)).join(' and ') || 'what nobody labelled';
}
