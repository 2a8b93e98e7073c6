/** Which parts of the evidence are there: the combinations under which the two books are compared. */
import type { Evidence } from './evidence.js';
import { controlCategories, financialCategories, type DataCategory, type Purpose } from './vocabulary.js';

/** Present parts of the evidence. What is absent is absent for the category `of`, or for all of them. */
export interface Flags {
  readonly scope: boolean;
  readonly consent: boolean;
  readonly agreement: boolean;
  readonly of: DataCategory | 'ALL';
}

/** A part of the evidence. */
export type Part = 'scope' | 'consent' | 'agreement';

/** Everything there. */
export const wholeFlags: Flags = { scope: true, consent: true, agreement: true, of: 'ALL' };

/** All eight combinations of parts that are there or not, whatever the category; the whole evidence comes first. */
export const sweepingFlags: readonly Flags[] = [
  wholeFlags,
  ...[0b110, 0b101, 0b100, 0b011, 0b010, 0b001, 0b000].map((bits): Flags => ({
    scope: (bits & 0b100) !== 0,
    consent: (bits & 0b010) !== 0,
    agreement: (bits & 0b001) !== 0,
    of: 'ALL',
  })),
];

/**
 * The whole evidence but for one part of one category. Two categories with equal cells for every purpose (BALANCE and
 * TERMS) are told apart by these alone.
 */
export const singleGaps: readonly Flags[] = [...financialCategories, ...controlCategories].flatMap((of): Flags[] => [
  { ...wholeFlags, of, scope: false },
  { ...wholeFlags, of, consent: false },
  { ...wholeFlags, of, agreement: false },
]);

/** True where the flags leave the part there for the category. */
export function isPresent(flags: Flags, part: Part, category: DataCategory): boolean {
  return flags[part] || (flags.of !== 'ALL' && flags.of !== category);
}

/** The evidence that the flags describe, for a rule to look at; frozen, so that no rule leaves a trace in it. */
export function evidenceOf(purpose: Purpose, flags: Flags): Evidence {
  return Object.freeze<Evidence>({
    purpose,
    scope: (category) => isPresent(flags, 'scope', category),
    consent: (category) => isPresent(flags, 'consent', category),
    agreement: (category) => isPresent(flags, 'agreement', category),
  });
}

/**
 * True where the flags hold all that the categories of one field need, once the matrix allows it: a financial
 * category needs every part; a record of the customer's own needs the scope, an auditor's nothing, open data nothing.
 * Under CONSENT_MANAGEMENT what a record names needs no more than the record: it is shown when consent is gone.
 */
export function isSatisfied(purpose: Purpose, flags: Flags, categories: readonly DataCategory[]): boolean {
  const isRecord = categories.some((category) => includes(controlCategories, category));
  const scopeIsEnough = isRecord && purpose === 'CONSENT_MANAGEMENT';
  return categories.every((category) => partsFor(category).every((part) => isPresent(flags, part, category)));

  function partsFor(category: DataCategory): readonly Part[] {
    if (includes(controlCategories, category)) return purpose === 'COMPLIANCE_AUDIT' ? [] : ['scope'];
    if (!includes(financialCategories, category)) return [];
    return scopeIsEnough ? ['scope'] : ['scope', 'consent', 'agreement'];
  }
}

function includes(list: readonly DataCategory[], category: DataCategory): boolean {
  return list.includes(category);
}
