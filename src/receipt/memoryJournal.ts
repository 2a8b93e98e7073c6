import { randomUUID } from 'node:crypto';
import { rollOf } from '../consent/index.js';
import type { ReceiptFilter, ReceiptJournal, ReceiptPage, ReceiptRange } from './journal.js';
import type { Receipt, ReceiptEntry } from './receipt.js';
import { ReceiptTally } from './tally.js';

/** How much the journal in memory keeps: past it, the oldest go. */
export interface JournalBounds {
  readonly perCustomer: number;
  readonly customers: number;
}

const usualBounds: JournalBounds = { perCustomer: 10_000, customers: 10_000 };

/** A journal, and all that it holds. */
export interface MemoryJournal extends ReceiptJournal {
  all(): readonly Receipt[];
}

/** Receipts in this process's memory; gone when it ends. Groups are counted anew each time. */
export function createMemoryJournal(bounds: JournalBounds = usualBounds): MemoryJournal {
  const customers = new Map<string | undefined, Receipt[]>();
  const add = (given: ReceiptEntry): void => {
    const { coordinates: _, ...entry } = given;
    const kept = customers.get(entry.customer) ?? [];
    kept.push(Object.freeze({ ...entry, id: randomUUID() }));
    if (kept.length > bounds.perCustomer + slack(bounds)) kept.splice(0, kept.length - bounds.perCustomer);
    customers.delete(entry.customer);
    customers.set(entry.customer, kept);
    if (customers.size > bounds.customers) forgetLongestSilent(customers);
  };
  const keptOf = (customer: string | undefined): Receipt[] =>
    (customers.get(customer) ?? []).slice(-bounds.perCustomer);
  const all = (): readonly Receipt[] => [...customers.keys()].flatMap(keptOf);
  return {
    append: async (batch) => batch.forEach(add),
    ofCustomer: async (customer, filter, range) => pageOf(keptOf(customer).reverse(), filter, range),
    groups: async () => {
      const tally = new ReceiptTally();
      all().forEach((receipt) => tally.add(receipt));
      return rollOf(tally.groups());
    },
    all,
  };
}

function pageOf(newestFirst: readonly Receipt[], filter: ReceiptFilter, range: ReceiptRange): ReceiptPage | undefined {
  const { first, after } = range;
  const start = after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) return undefined;
  const rest = newestFirst.slice(start).filter(matching(filter));
  return { receipts: rest.slice(0, first), hasMore: rest.length > first };
}

/** Room to grow before the oldest are cut off, so that cutting is rare. */
function slack({ perCustomer }: JournalBounds): number {
  return Math.ceil(perCustomer / 10);
}

function forgetLongestSilent(customers: Map<string | undefined, Receipt[]>): void {
  const [longest] = customers.keys();
  customers.delete(longest);
}

function matching({ client, purpose }: ReceiptFilter): (receipt: Receipt) => boolean {
  return (receipt) =>
    (client === undefined || receipt.client === client) && (purpose === undefined || receipt.purpose === purpose);
}
