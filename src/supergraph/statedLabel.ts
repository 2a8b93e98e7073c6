import { Kind, type ConstDirectiveNode, type ConstValueNode } from 'graphql';
import type { Problem } from '../fault/index.js';
import type { CategoryBits } from './classification.js';
import { argumentOf, usesOf, type FieldStatement } from './statement.js';

/** The `@data` of one owner, read. */
export interface StatedLabel {
  readonly categories: number;
  readonly reduced: boolean;
  readonly from?: number;
}

/** Reads the `@data` of one owner of a coordinate; problems instead where it states nothing usable. */
export function readLabel(
  statement: FieldStatement,
  bits: CategoryBits,
): { kind: 'ok'; label: StatedLabel } | { kind: 'problems'; problems: readonly Problem[] } {
  const [directive, second] = usesOf(statement.node, 'data');
  if (!directive) return problem(statement, 'UNCLASSIFIED', 'states no category; expected `@data(category: …)`');
  if (second) return problem(statement, 'UNCLASSIFIED', 'states `@data` twice; expected once');
  const categories = readMask(argumentOf(directive, 'category'), bits);
  if (categories.kind === 'unknown') return unknownCategory(statement, categories.word);
  if (categories.mask === 0) return problem(statement, 'UNCLASSIFIED', 'states an empty list of categories');
  return readInputs({ statement, directive, categories: categories.mask }, bits);
}

function readInputs(
  {
    statement,
    directive,
    categories,
  }: { statement: FieldStatement; directive: ConstDirectiveNode; categories: number },
  bits: CategoryBits,
): ReturnType<typeof readLabel> {
  const from = readMask(argumentOf(directive, 'from'), bits);
  if (from.kind === 'unknown') return unknownCategory(statement, from.word);
  const derived = (categories & (bits.get('DERIVED') ?? 0)) !== 0;
  if (derived && from.mask === 0) {
    return problem(statement, 'DERIVED_WITHOUT_FROM', 'is DERIVED and names no inputs; expected `from: […]`');
  }
  if (!derived && from.mask !== 0) {
    return problem(statement, 'FROM_WITHOUT_DERIVED', 'names inputs and is not DERIVED; expected the category DERIVED');
  }
  const reducedValue = argumentOf(directive, 'reduced');
  const reduced = reducedValue?.kind === Kind.BOOLEAN && reducedValue.value;
  const label = { categories, reduced };
  return { kind: 'ok', label: derived ? { ...label, from: from.mask } : label };
}

/** Categories as bits, or the first word that is none. */
export type ReadMask =
  { readonly kind: 'mask'; readonly mask: number } | { readonly kind: 'unknown'; readonly word: string };

/** One word or a list of words, as GraphQL coerces them, as bits; absence reads as the empty list. */
export function readMask(value: ConstValueNode | undefined, bits: CategoryBits): ReadMask {
  if (!value || value.kind === Kind.NULL) return { kind: 'mask', mask: 0 };
  let mask = 0;
  for (const item of value.kind === Kind.LIST ? value.values : [value]) {
    const bit = item.kind === Kind.ENUM ? bits.get(item.value) : undefined;
    if (bit === undefined) return { kind: 'unknown', word: 'value' in item ? String(item.value) : item.kind };
    mask |= bit;
  }
  return { kind: 'mask', mask };
}

function unknownCategory(statement: FieldStatement, word: string): ReturnType<typeof readLabel> {
  return problem(statement, 'UNKNOWN_CATEGORY', `states \`${word}\`; expected a category of the closed list`);
}

function problem(
  { coordinate, location }: FieldStatement,
  code: string,
  message: string,
): ReturnType<typeof readLabel> {
  return { kind: 'problems', problems: [{ code, message, coordinate, location }] };
}
