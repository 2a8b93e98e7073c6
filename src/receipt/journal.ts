import type { Purpose } from '../policy/index.js';
import type { Receipt, ReceiptEntry } from './receipt.js';

/** Which of a customer's receipts are wanted; what is absent does not narrow. */
export interface ReceiptFilter {
  readonly client?: string;
  readonly purpose?: Purpose;
}

/** Where receipts are kept. */
export interface ReceiptJournal {
  /** Resolves once all of the batch is kept, or rejects and keeps none of it: bytes leave only after it resolves. */
  append(batch: readonly ReceiptEntry[]): Promise<void>;
  /** Newest first. */
  ofCustomer(customer: string, filter: ReceiptFilter): Promise<readonly Receipt[]>;
  /** Every receipt, oldest first within a customer, for auditors. Cost grows with the journal. */
  all(): Promise<readonly Receipt[]>;
}
