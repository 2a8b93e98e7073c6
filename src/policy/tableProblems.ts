import type { Problem } from '../fault/index.js';
import type { Classification, Label } from '../supergraph/index.js';
import type { PolicyTable } from './policyTable.js';
import {
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  purposes,
  viewOf,
  type CategoryMask,
  type Purpose,
} from './vocabulary.js';

const relationship = maskOf(['RELATIONSHIP']);
const guardedMask = financialMask | maskOf(controlCategories);
const firstParty = purposes.filter((purpose) => viewOf(purpose) === 'first-party');
const roots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * Fields that are non-null, and arguments that are demanded, where they may be denied while what they stand on is
 * allowed: to a purpose by the matrix, or to a customer by a scope, consent or agreement that covers less. Judged for
 * the first-party view only, since the other views hide what they deny. Keys that the gateway fetches for itself are left out.
 */
export function deniableNonNulls(classification: Classification, table: PolicyTable): Problem[] {
  const labels = [...classification.labels.values()];
  const edges = edgesInto(labels);
  return labels
    .filter(({ nonNull, inaccessible }) => nonNull && !inaccessible)
    .flatMap((label) => {
      if (label.kind === 'field') return fieldProblems(label, edges.get(label.owner) ?? [], table);
      return label.kind === 'argument' ? argumentProblems(label, classification, table) : [];
    });
}

/** Type → the edges that lead to it, directly or through value types. */
function edgesInto(labels: readonly Label[]): ReadonlyMap<string, readonly Label[]> {
  const edges = new Map<string, Label[]>();
  for (const label of labels) {
    if (label.kind !== 'field') continue;
    for (const type of label.target.reaches) {
      const into = edges.get(type) ?? [];
      into.push(label);
      edges.set(type, into);
    }
  }
  return edges;
}

function fieldProblems(field: Label, edges: readonly Label[], table: PolicyTable): Problem[] {
  if (roots.has(field.owner)) return rootProblems(field, table);
  const denials = edges.flatMap((edge) => {
    const reader = firstParty.find((purpose) => deniedBelow(table, { purpose, edge, field }));
    if (reader) return [`is non-null, and denied to \`${reader}\` where \`${edge.coordinate}\` is allowed`];
    const excess = isEmptyList(field) ? 0 : excessOver(needs(table, field), needs(table, edge));
    const read = firstParty.some((purpose) => isReadable(table, purpose, edge));
    return read && excess !== 0
      ? [`is non-null, and ${words(excess)} may be denied where \`${edge.coordinate}\` is allowed`]
      : [];
  });
  return denials.slice(0, 1).map((message) => problem(field, 'DENIABLE_NON_NULL', message));
}

function rootProblems(field: Label, table: PolicyTable): Problem[] {
  const reader = firstParty.find((purpose) => table.verdict(purpose, field.coordinate, false) === 'deny');
  if (reader) return [problem(field, 'DENIABLE_NON_NULL', `is non-null, and denied to \`${reader}\``)];
  const excess = isEmptyList(field) ? 0 : excessOver(needs(table, field), 0);
  return excess === 0 ? [] : [problem(field, 'DENIABLE_NON_NULL', `is non-null, and ${words(excess)} may be denied`)];
}

function argumentProblems(argument: Label, { labels }: Classification, table: PolicyTable): Problem[] {
  const field = labels.get(argument.field);
  if (!field) return [];
  const code = 'DENIABLE_REQUIRED_ARGUMENT';
  const denied = firstParty.find((purpose) =>
    [false, true].some((item) => {
      return (
        table.verdict(purpose, field.coordinate, item) === 'allow' &&
        table.verdict(purpose, argument.coordinate, item) === 'deny'
      );
    }),
  );
  if (denied) return [problem(argument, code, `is required, and denied to \`${denied}\` where its field is allowed`)];
  const readable = firstParty.some((purpose) => isReadable(table, purpose, field));
  const excess = readable ? excessOver(needs(table, argument), needs(table, field)) : 0;
  return excess === 0
    ? []
    : [problem(argument, code, `is required, and ${words(excess)} may be denied where its field is allowed`)];
}

function deniedBelow(
  table: PolicyTable,
  { purpose, edge, field }: { purpose: Purpose; edge: Label; field: Label },
): boolean {
  if (!isReadable(table, purpose, edge)) return false;
  return table.verdict(purpose, field.coordinate, table.anchors(purpose, edge.coordinate)) === 'deny';
}

function isReadable(table: PolicyTable, purpose: Purpose, { coordinate }: Label): boolean {
  return table.verdict(purpose, coordinate, false) === 'allow' || table.verdict(purpose, coordinate, true) === 'allow';
}

function needs(table: PolicyTable, { coordinate }: Label): CategoryMask {
  return table.needs(coordinate);
}

/** What a field needs beyond what already had to be allowed. Any financial category implies RELATIONSHIP. */
function excessOver(field: CategoryMask, edge: CategoryMask): CategoryMask {
  const implied = (edge & financialMask) === 0 ? 0 : relationship;
  return field & guardedMask & ~edge & ~implied;
}

/** A list of what a customer holds is empty, not denied, where no consent says otherwise (domain, section 6). */
function isEmptyList({ list, categories }: Label): boolean {
  return list && categories === relationship;
}

function words(mask: CategoryMask): string {
  return categoriesOf(mask)
    .map((word) => `\`${word}\``)
    .join(', ');
}

function problem({ coordinate, locations: [location] }: Label, code: string, message: string): Problem {
  const found = { code, message, coordinate };
  return location ? { ...found, location } : found;
}
