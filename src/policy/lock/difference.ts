/** Two policies → what the second permits that the first did not, and the reverse. */
import { canonicalText, type Json, type PolicyBook } from './book.js';

/** How the second policy stands to the first, in what it permits: what only moved does not count. */
export type Relation = 'equal' | 'more' | 'less' | 'incomparable';

/**
 * One change. `more` permits something new, `less` takes something away, `moved` rewrites what verdicts rest on: a label,
 * a rule, a cell. Only `less` needs no approval.
 */
export interface Movement {
  readonly direction: 'more' | 'less' | 'moved';
  /** The chapter of the book: `readable`, `clearances`, `labels`, … */
  readonly chapter: string;
  /** The coordinate, subgraph, client or purpose that moved. */
  readonly name: string;
  readonly purpose?: string;
  /** True where the coordinate is readable below an anchor edge only. */
  readonly item?: boolean;
  /** In words, lower case: what it was and what it is. */
  readonly words: string;
}

/** The whole difference, with the relation of each purpose. */
export interface PolicyDifference {
  readonly relation: Relation;
  readonly purposes: Readonly<Record<string, Relation>>;
  readonly movements: readonly Movement[];
}

/** Chapters whose entries are lists of what is granted: a new word grants more. */
const grants: ReadonlySet<string> = new Set([
  'clearances',
  'clients',
  'scopes',
  'policies',
  'declassifications',
  'openings',
  'entries',
  'writes',
  'anchors',
]);
/** Chapters that take away: an entry that goes permits more. */
const demands: ReadonlySet<string> = new Set(['restrictions']);

/** Compares two books, entry by entry and purpose by purpose. Linear in the books. */
export function differenceOf(before: PolicyBook, after: PolicyBook): PolicyDifference {
  const readable = readableMovements(before['readable'] ?? {}, after['readable'] ?? {});
  const chapters = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'readable');
  const others = chapters
    .sort()
    .flatMap((chapter) => chapterMovements(chapter, before[chapter] ?? {}, after[chapter] ?? {}));
  const names = [...new Set([before, after].flatMap((book) => Object.keys(book['readable'] ?? {})))];
  const purposes = names.map((name) => [name, relationOf(readable.filter(({ purpose }) => purpose === name))] as const);
  const movements = [...readable, ...others];
  return { relation: relationOf(movements), purposes: Object.fromEntries(purposes), movements };
}

/** True when someone has to approve: something new is permitted, or what verdicts rest on was rewritten. */
export function needsApproval({ movements }: PolicyDifference): boolean {
  return movements.some(({ direction }) => direction !== 'less');
}

function relationOf(movements: readonly Movement[]): Relation {
  const directions = new Set(movements.map(({ direction }) => direction));
  directions.delete('moved');
  if (directions.size === 0) return 'equal';
  if (directions.size > 1) return 'incomparable';
  return directions.has('more') ? 'more' : 'less';
}

function readableMovements(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): Movement[] {
  const purposes = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return purposes.flatMap((purpose) => {
    const plain = movementsOf(purpose, before[purpose], after[purpose], 'plain');
    const known = new Set(plain.map(({ direction, name }) => `${direction} ${name}`));
    const item = movementsOf(purpose, before[purpose], after[purpose], 'item');
    return [...plain, ...item.filter(({ direction, name }) => !known.has(`${direction} ${name}`))];
  });
}

function movementsOf(
  purpose: string,
  ...[before, after, kind]: readonly [Json | undefined, Json | undefined, 'plain' | 'item']
): Movement[] {
  const [was, is] = [new Set(readableIn(before, kind)), new Set(readableIn(after, kind))];
  const where = kind === 'item' ? ' below an anchor edge' : '';
  const moved = (names: ReadonlySet<string>, other: ReadonlySet<string>, direction: 'more' | 'less'): Movement[] =>
    [...names]
      .filter((name) => !other.has(name))
      .map((name) => {
        const words = `${direction === 'more' ? 'may now' : 'may no longer'} read \`${name}\`${where}`;
        return { direction, chapter: 'readable', name, purpose, item: kind === 'item', words };
      });
  return [...moved(is, was, 'more'), ...moved(was, is, 'less')];
}

/** What is readable plainly is readable below an anchor edge too. */
function readableIn(entry: Json | undefined, kind: 'plain' | 'item'): readonly string[] {
  const plain = wordsIn(entry, 'plain');
  return kind === 'plain' ? plain : [...plain, ...wordsIn(entry, 'item')];
}

function wordsIn(entry: Json | undefined, key: string): readonly string[] {
  const list =
    typeof entry === 'object' && entry !== null && key in entry ? (entry as { [key: string]: Json })[key] : [];
  return Array.isArray(list) ? list.map(String) : [];
}

function chapterMovements(
  chapter: string,
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
): Movement[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): Movement[] => {
    const [was, is] = [textOf(before[name]), textOf(after[name])];
    if (was === is) return [];
    const words = partsThatMoved(before[name], after[name])
      .map(([part, old, now]) => `${chapter} of \`${name}\`${part}: ${textOf(old)} became ${textOf(now)}`)
      .join('; ');
    return [{ direction: directionOf(chapter, before[name], after[name]), chapter, name, words }];
  });
}

/** Only the keys of an entry that differ, where both have keys; else the entry. */
function partsThatMoved(
  was: Json | undefined,
  is: Json | undefined,
): readonly (readonly [part: string, was: Json | undefined, is: Json | undefined])[] {
  if (!isRecord(was) || !isRecord(is)) return [['', was, is]];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return keys
    .filter((key) => textOf(was[key]) !== textOf(is[key]))
    .map((key) => [` × \`${key}\``, was[key], is[key]] as const);
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return value === undefined ? 'nothing' : canonicalText(value);
}

function directionOf(chapter: string, was: Json | undefined, is: Json | undefined): Movement['direction'] {
  if (demands.has(chapter)) return was === undefined ? 'less' : is === undefined ? 'more' : 'moved';
  if (!grants.has(chapter)) return 'moved';
  const [old, now] = [leavesOf(was), leavesOf(is)];
  const isMore = now.some((leaf) => !old.includes(leaf)) || was === undefined;
  return isMore ? 'more' : 'less';
}

function leavesOf(value: Json | undefined, path = ''): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [`${path}=${String(value)}`];
  if (Array.isArray(value)) return value.flatMap((inner) => leavesOf(inner, path));
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}/${key}`));
}
