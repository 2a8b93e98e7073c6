import {
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  purposeWords,
  scopeOf,
  viewOf,
  type CategoryMask,
  type DataCategory,
  type Purpose,
} from '../policy/index.js';
import { TokenRefusal } from './refusal.js';

/** The categories that some cell of a purpose's row does not deny: what its tokens may name. */
export type Admits = (purpose: Purpose) => CategoryMask;

/** What a scope says: its words, and the categories that they name. */
export interface Scope {
  readonly words: ReadonlySet<string>;
  readonly mask: CategoryMask;
}

/** {@link Admits} by a policy table: read directly, read as an item, or given as input. */
export function admittedBy(table: {
  cells(purpose: Purpose): { readonly direct: CategoryMask; readonly item: CategoryMask; readonly write: CategoryMask };
}): Admits {
  return (purpose) => {
    const { direct, item, write } = table.cells(purpose);
    return direct | item | write;
  };
}

/** Open categories need no scope, so none names them. */
const scopedMask: CategoryMask = financialMask | maskOf(controlCategories);

/**
 * The scope words that a purpose admits (domain.md, 4), each with the category it names. INVARIANT: a purpose outside
 * the first-party view has no `data:` word, whatever `admits` says.
 */
export function admittedScope(purpose: Purpose, admits: Admits): ReadonlyMap<string, DataCategory | undefined> {
  const categories = viewOf(purpose) === 'first-party' ? categoriesOf(admits(purpose) & scopedMask) : [];
  const words = new Map<string, DataCategory | undefined>(categories.map((category) => [scopeOf(category), category]));
  const own = purposeWords.get(purpose);
  if (own !== undefined) words.set(own, undefined);
  return words;
}

/**
 * Reads a `scope` claim: admitted words, each once, separated by single spaces; `''` names nothing. Any other word,
 * space or repetition refuses the token whole, because dropping what is not understood would widen it. Any financial
 * category brings RELATIONSHIP.
 */
export function readScope(text: string, admitted: ReadonlyMap<string, DataCategory | undefined>): Scope {
  const list = text === '' ? [] : text.split(' ');
  const words = new Set(list);
  if (words.size !== list.length || !list.every((word) => admitted.has(word))) throw new TokenRefusal('scope');
  const named = maskOf(list.flatMap((word) => admitted.get(word) ?? []));
  const implied = named & financialMask ? maskOf(['RELATIONSHIP']) : 0;
  return { words, mask: named | implied };
}
