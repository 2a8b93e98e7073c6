/** Lists too long to be read whole, whose entries go by names that tell nothing. */
import { createHash } from 'node:crypto';

/** Which names are wanted: from one on, in their order. */
export interface RollSpan {
  /** 32 hex digits. */
  readonly from: string;
  /** The first name that is not wanted any more; absent: all that follow. */
  readonly below?: string;
  /** Most of them; absent: all. */
  readonly most?: number;
}

/**
 * Entries under names of 128 bits, written as 32 hex digits, that are as good as drawn at random: where an entry stands says
 * nothing about it. Reading a span costs what is in it, however long the roll.
 */
export interface Roll<Entry extends object> {
  names(span: RollSpan): Promise<readonly string[]>;
  /** The entries under the names; `damaged` for one that is there and cannot be read. What is gone meanwhile is left out. */
  entries(names: readonly string[]): Promise<ReadonlyMap<string, Entry | 'damaged'>>;
}

/** A roll of entries in memory, each under a name that follows from its key. */
export function rollOf<Entry extends object>(keyed: Iterable<readonly [key: string, entry: Entry]>): Roll<Entry> {
  const byName = new Map([...keyed].map(([key, entry]) => [nameOf(key), entry]));
  const sorted = [...byName.keys()].sort();
  return {
    names: async ({ from, below = 'g', most }) =>
      sorted.filter((name) => from <= name && name < below).slice(0, most ?? sorted.length),
    entries: async (names) => {
      const found = names.flatMap((name) => {
        const entry = byName.get(name);
        return entry === undefined ? [] : [[name, entry] as const];
      });
      return new Map(found);
    },
  };
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
