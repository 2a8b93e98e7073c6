/** Receipts → how many agree in everything that an auditor is shown. */
import type { Receipt } from './receipt.js';

/** What the receipts of one group agree in. */
export interface ReceiptFacts extends Pick<
  Receipt,
  'customer' | 'bank' | 'client' | 'purpose' | 'categories' | 'decision'
> {
  /** Such as `2026-Q4`, by the calendar of UTC. */
  readonly quarter: string;
}

/** A group, and how many receipts it stands for. */
export interface ReceiptGroup extends ReceiptFacts {
  readonly count: number;
}

/** Counts receipts. Memory grows with the groups. */
export class ReceiptTally {
  private readonly counts = new Map<string, { readonly facts: ReceiptFacts; count: number }>();

  /** Counts one, or as many as a counted refusal stands for. */
  add(receipt: Omit<Receipt, 'consents'>): void {
    const facts = factsOf(receipt);
    const key = factsKey(facts);
    const known = this.counts.get(key) ?? { facts, count: 0 };
    known.count += receipt.count ?? 1;
    this.counts.set(key, known);
  }

  /** Every group with its facts as text, the same for equal ones and for no others, in the order in which their first receipts came. */
  groups(): (readonly [key: string, group: ReceiptGroup])[] {
    return [...this.counts].map(([key, { facts, count }]) => [key, { ...facts, count }]);
  }
}

function factsKey(facts: ReceiptFacts): string {
  const { customer = null, bank = null, client, purpose, categories, decision, quarter } = facts;
  return JSON.stringify([customer, bank, client, purpose, categories, decision, quarter]);
}

/** The quarter of an instant (milliseconds since the epoch), such as `2026-Q4`. */
export function quarterOf(instant: number): string {
  const date = new Date(instant);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/** A count as an auditor is shown it. */
export type CountBucket = 'ONE_TO_NINE' | 'TEN_TO_NINETY_NINE' | 'HUNDRED_OR_MORE';

/** The bucket that a count falls into. */
export function bucketOf(count: number): CountBucket {
  if (count < 10) return 'ONE_TO_NINE';
  return count < 100 ? 'TEN_TO_NINETY_NINE' : 'HUNDRED_OR_MORE';
}

function factsOf({ customer, bank, client, purpose, categories, decision, at }: Omit<Receipt, 'consents'>) {
  const where = { ...(customer !== undefined && { customer }), ...(bank !== undefined && { bank }) };
  return { ...where, client, purpose, categories, decision, quarter: quarterOf(at) };
}
