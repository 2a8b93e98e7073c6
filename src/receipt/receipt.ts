import type { CategoryMask, Purpose } from '../policy/index.js';

/**
 * What came of a wish for financial data. REQUESTED: a bank was asked, and nothing that it answered was used.
 * REVOKED_IN_FLIGHT: it answered, and the values were discarded because the consent had moved meanwhile.
 */
export const receiptDecisions = ['RELEASED', 'REFUSED', 'REVOKED_IN_FLIGHT', 'REQUESTED'] as const;

/** One of {@link receiptDecisions}. */
export type ReceiptDecision = (typeof receiptDecisions)[number];

/** What is known when financial data is released or refused. INVARIANT: never a value, an account or a token. */
export interface ReceiptEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly client: string;
  readonly purpose: Purpose;
  /** Absent for principals without a customer. */
  readonly customer?: string;
  /** The bank, or `wallet`; absent when a refusal concerned none in particular. */
  readonly bank?: string;
  readonly categories: CategoryMask;
  /** Sorted, each once. A journal stores a set once, by its hash. */
  readonly coordinates: readonly string[];
  /** `coordinatesHashOf(coordinates)`. */
  readonly coordinatesHash: string;
  /** How many objects were released; 0 for every other decision. */
  readonly objectCount: number;
  readonly decision: ReceiptDecision;
  /** How many refusals this one stands for; absent: one. */
  readonly count?: number;
  readonly consents: readonly { readonly id: string; readonly version: number }[];
  /** The interaction ids of the bank's calls, as the bank's own log has them; absent where none was asked. */
  readonly interactions?: readonly string[];
  readonly policyHash: string;
}

/** An entry as the journal keeps it. */
export interface Receipt extends Omit<ReceiptEntry, 'coordinates' | 'consents'> {
  /** Says nothing about its place in the journal. */
  readonly id: string;
  /** Absent: the customer was erased, and nobody can read them any more. */
  readonly consents?: ReceiptEntry['consents'];
}

/** A receipt that is there and cannot be read: it was changed, or is not its customer's. `ringfence receipts verify` says more. */
export interface DamagedReceipt {
  readonly kind: 'damaged';
  readonly id: string;
  /** Its place, as `verify` names it. */
  readonly chain: number;
  readonly seq: number;
}

/** True for what is there and cannot be read. */
export function isDamaged(kept: Receipt | DamagedReceipt): kept is DamagedReceipt {
  return 'kind' in kept;
}
