/** Refusals are counted, not flooded: whoever repeats a refused wish fills no journal. */
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
/** What is counted at once; refusals beyond it are written one by one. */
const mostCounted = 10_000;

/**
 * The journal, with the first refusal of a client, customer, purpose and set of coordinates written at once, and those
 * that follow within a minute counted, to be written as one receipt when the minute is over. A process that is killed
 * loses at most the count of that minute, never a release.
 */
export function countRefusals(journal: ReceiptJournal, { now, onFailure }: RefusalCounting): CountedJournal {
  const open = new OpenRefusals();
  const write = async (before: number): Promise<void> => {
    const entries = open.take(before);
    if (entries.length === 0) return;
    await journal.append(entries).catch((error: unknown) => {
      entries.forEach((entry) => open.count(entry, entry.count ?? 1));
      throw error;
    });
  };
  const writeOver = (): void => void write(now().getTime() - minuteMs).catch(onFailure);
  const timer = setInterval(writeOver, minuteMs / 4).unref();
  return {
    append: async (batch) => {
      const kept = batch.filter((entry) => entry.decision !== 'REFUSED' || !open.counts(entry));
      if (kept.length === 0) return;
      await journal.append(kept);
      const refusals = kept.filter(({ decision }) => decision === 'REFUSED');
      if (refusals.length > 0) writeOver();
      refusals.forEach((entry) => open.count(entry, 0));
    },
    ofCustomer: (customer, filter, range) => journal.ofCustomer(customer, filter, range),
    all: () => journal.all(),
    close: async () => {
      clearInterval(timer);
      await write(Number.POSITIVE_INFINITY);
    },
  };
}

interface OpenRefusal {
  readonly since: number;
  last: ReceiptEntry;
  count: number;
}

/** The refusals of the running minute, by who was refused what. */
class OpenRefusals {
  private readonly byKey = new Map<string, OpenRefusal>();

  /** Counts a refusal like one that is open; false where none is. */
  counts(entry: ReceiptEntry): boolean {
    const known = this.byKey.get(keyOf(entry));
    if (!known || entry.at - known.since >= minuteMs) return false;
    known.last = entry;
    known.count += 1;
    return true;
  }

  /** Opens a minute for what was just written, or adds what could not be written. */
  count(entry: ReceiptEntry, count: number): void {
    const key = keyOf(entry);
    const known = this.byKey.get(key);
    if (known) known.count += count;
    else if (this.byKey.size < mostCounted) this.byKey.set(key, { since: entry.at, last: entry, count });
  }

  /** Closes the minutes that began before `before`; gives those in which something was repeated. */
  take(before: number): ReceiptEntry[] {
    const over = [...this.byKey].filter(([, { since }]) => since <= before);
    for (const [key] of over) this.byKey.delete(key);
    return over.flatMap(([, { last, count }]) => (count === 0 ? [] : [{ ...last, count }]));
  }
}

function keyOf({ client, customer, purpose, bank, coordinatesHash, policyHash }: ReceiptEntry): string {
  return JSON.stringify([client, customer, purpose, bank, coordinatesHash, policyHash]);
}
