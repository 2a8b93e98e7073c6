/** A policy table → every class of principals that the token parser admits: all subsets of each purpose's scope words. */
import { purposes, type CategoryMask, type Purpose } from '../policy/index.js';
import { admittedBy, admittedScope, readScope } from '../principal/index.js';
import type { Draft } from './subject.js';

/** Principals that the gateway cannot tell apart when it judges: one purpose, one mask, the same words that are looked at. */
export interface ScopeClass {
  readonly purpose: Purpose;
  readonly scope: CategoryMask;
  /** Of the subset that stands for the class: the first that was met, the smallest. */
  readonly scopeWords: ReadonlySet<string>;
}

/** How the subsets of one purpose's words fall into classes. */
export interface ClassCount {
  readonly purpose: Purpose;
  /** Every subset of the admitted words was read by the token parser: 2 to the number of words. */
  readonly subsets: number;
  readonly classes: readonly ScopeClass[];
}

/**
 * Reads every subset of every purpose's admitted words with the token's own parser. Two subsets are one class where
 * they give the same mask, the same words that name no category and the same of the words that some field demands by
 * itself: nothing else of a scope is ever looked at. Exponential in the words of a purpose, a dozen at most.
 */
export function principalClasses({
  table,
  restrictions,
}: Pick<Draft, 'table' | 'restrictions'>): readonly ClassCount[] {
  const admits = admittedBy(table);
  const demanded = new Set([...restrictions.values()].flat().flatMap(({ anyOf }) => anyOf.flat()));
  return purposes.map((purpose) => {
    const admitted = admittedScope(purpose, admits);
    const words = [...admitted.keys()];
    const classes = new Map<string, ScopeClass>();
    const subsets = 2 ** words.length;
    for (let subset = 0; subset < subsets; subset += 1) {
      const chosen = words.filter((_, index) => Math.floor(subset / 2 ** index) % 2 === 1);
      const { mask, words: scopeWords } = readScope(chosen.join(' '), admitted);
      const own = chosen.filter((word) => admitted.get(word) === undefined || demanded.has(word));
      const key = `${mask} ${own.join(' ')}`;
      if (!classes.has(key)) classes.set(key, { purpose, scope: mask, scopeWords });
    }
    return { purpose, subsets, classes: [...classes.values()] };
  });
}
