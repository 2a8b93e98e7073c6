/** Refusals are counted, not flooded: whoever repeats a refused wish, or varies it, fills no journal. */
import type { ReceiptJournal } from './journal.js';
import type { ReceiptEntry } from './receipt.js';

/** How refusals are counted. */
export interface RefusalCounting {
  readonly now: () => Date;
  /** Told when a count could not be written; it is tried again. */
  readonly onFailure: (error: unknown) => void;
}

/** A journal whose refusals are counted, and what writes the counts that are still open. */
export interface CountedJournal extends ReceiptJournal {
  close(): Promise<void>;
}

const minuteMs = 60_000;
/** A count is written so long after its first refusal at the latest; milliseconds. */
export const refusalsOpenMs = minuteMs + minuteMs / 4;
/** What is counted at once; refusals beyond it are written one by one. */
const mostCounted = 10_000;
/** Wishes of one client that are told apart within a minute; those beyond are counted together. */
const mostOfClient = 100;

/**
 * The journal, with the first refusal of a client, customer, purpose and set of coordinates written at once, and those
 * that follow within a minute counted, to be written as one receipt when the minute is over. Where a client varies its
 * wishes more than 100 times within a minute, the first one beyond, of each customer and purpose, stands for the others. A
 * process that is killed loses at most the count of that minute, never a release.
 */
export function countRefusals(journal: ReceiptJournal, { now, onFailure }: RefusalCounting): CountedJournal {
  const open = new OpenRefusals();
  const write = async (before: number): Promise<void> => {
    const over = open.take(before).filter(({ count }) => count > 0);
    if (over.length === 0) return;
    await journal.append(over.map(countOf)).catch((error: unknown) => {
      over.forEach((refusal) => open.putBack(refusal));
      throw error;
    });
  };
  const writeOver = (): void => void write(now().getTime() - minuteMs).catch(onFailure);
  const timer = setInterval(writeOver, minuteMs / 4).unref();
  return {
    append: async (batch) => {
      if (batch.some((entry) => isRefusal(entry) && open.isOver(entry))) writeOver();
      const kept = batch.flatMap((entry) => (isRefusal(entry) ? (open.begin(entry) ?? []) : { entry }));
      if (kept.length === 0) return;
      await journal.append(kept.map(({ entry }) => entry)).catch((error: unknown) => {
        kept.forEach(({ refusal }) => refusal && (refusal.isBegun = false));
        throw error;
      });
    },
    ofCustomer: (customer, filter, range) => journal.ofCustomer(customer, filter, range),
    groups: () => journal.groups(),
    close: async () => {
      clearInterval(timer);
      await write(Number.POSITIVE_INFINITY);
    },
  };
}

interface OpenRefusal {
  readonly key: string;
  readonly first: ReceiptEntry;
  last: ReceiptEntry;
  /** Those that no receipt of their own stands for. */
  count: number;
  /** False once its first receipt could not be written: the next refusal tries again. */
  isBegun: boolean;
}

/** An entry to be written by itself, and the count that it begins where it is a refusal. */
interface Kept {
  readonly entry: ReceiptEntry;
  readonly refusal?: OpenRefusal;
}

/** The refusals of the running minute, by who was refused what. */
class OpenRefusals {
  private readonly byKey = new Map<string, OpenRefusal>();
  /** How many wishes of a client are told apart. */
  private readonly ofClient = new Map<string, number>();

  /** Whether the minute of refusals like this one has passed. */
  isOver(entry: ReceiptEntry): boolean {
    const known = this.byKey.get(this.keyFor(entry));
    return known !== undefined && entry.at - known.first.at >= minuteMs;
  }

  /** Counts a refusal like one that is open, even while that one is being written; else begins to count with this one. */
  begin(entry: ReceiptEntry): Kept | undefined {
    const key = this.keyFor(entry);
    const known = this.byKey.get(key);
    if (known?.isBegun) {
      known.last = entry;
      known.count += 1;
      return undefined;
    }
    const refusal = known ?? { key, first: entry, last: entry, count: 0, isBegun: true };
    refusal.isBegun = true;
    if (!known && this.byKey.size < mostCounted) this.keep(refusal);
    return { entry, refusal };
  }

  /** Keeps on counting what could not be written. */
  putBack(refusal: OpenRefusal): void {
    const known = this.byKey.get(refusal.key);
    if (known) known.count += refusal.count;
    else this.keep(refusal);
  }

  /** Closes the minutes that began before `before`. */
  take(before: number): OpenRefusal[] {
    const over = [...this.byKey.values()].filter(({ first }) => first.at <= before);
    over.forEach((refusal) => {
      this.byKey.delete(refusal.key);
      this.tell(refusal, -1);
    });
    return over;
  }

  private keep(refusal: OpenRefusal): void {
    this.byKey.set(refusal.key, refusal);
    this.tell(refusal, 1);
  }

  /** Keeps the number of a client's wishes that are told apart; what is counted together takes no place among them. */
  private tell({ key, first }: OpenRefusal, change: 1 | -1): void {
    if (key !== keyOf(first)) return;
    const told = (this.ofClient.get(first.client) ?? 0) + change;
    if (told > 0) this.ofClient.set(first.client, told);
    else this.ofClient.delete(first.client);
  }

  private keyFor(entry: ReceiptEntry): string {
    const key = keyOf(entry);
    return this.byKey.has(key) || (this.ofClient.get(entry.client) ?? 0) < mostOfClient ? key : keyBeyond(entry);
  }
}

function isRefusal({ decision }: ReceiptEntry): boolean {
  return decision === 'REFUSED';
}

/** The receipt of those that were counted: what the first one wished stands for them all. */
function countOf({ first, last: { at, requestId }, count }: OpenRefusal): ReceiptEntry {
  return { ...first, at, requestId, count };
}

function keyOf({ client, customer, purpose, bank, coordinatesHash, policyHash }: ReceiptEntry): string {
  return JSON.stringify([client, customer, purpose, bank, coordinatesHash, policyHash]);
}

/** A customer's refusals stay with that customer, so that nobody reads of another's. */
function keyBeyond({ client, customer, purpose, policyHash }: ReceiptEntry): string {
  return JSON.stringify([client, customer, purpose, policyHash]);
}
