import type { CategoryMask, Purpose } from '../policy/index.js';

/** What came of a wish for financial data. */
export type ReceiptDecision = 'RELEASED' | 'REFUSED';

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
  /** Hash of the set of coordinates; the set itself is stored once, elsewhere. */
  readonly coordinatesHash: string;
  /** How many objects were released; 0 for a refusal. */
  readonly objectCount: number;
  readonly decision: ReceiptDecision;
  readonly consents: readonly { readonly id: string; readonly version: number }[];
  readonly policyHash: string;
}

/** An entry as the journal keeps it. */
export interface Receipt extends ReceiptEntry {
  /** Random; says nothing about its place in the journal. */
  readonly id: string;
}
