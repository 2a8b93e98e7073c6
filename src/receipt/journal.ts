import type { Purpose } from '../policy/index.js';
import type { Receipt, ReceiptEntry } from './receipt.js';

/** Which of a customer's receipts are wanted; what is absent does not narrow. */
export interface ReceiptFilter {
  readonly client?: string;
  readonly purpose?: Purpose;
}

/** Which part of a list is wanted. */
export interface ReceiptRange {
  /** Most receipts at once. */
  readonly first: number;
  /** The id of the receipt that the part follows; absent: the part begins the list. */
  readonly after?: string;
}

/** A part of a list. */
export interface ReceiptPage {
  readonly receipts: readonly Receipt[];
  readonly hasMore: boolean;
}

/** Where receipts are kept. */
export interface ReceiptJournal {
  /** Resolves once all of the batch is kept, or rejects: bytes leave only after it resolves. */
  append(batch: readonly ReceiptEntry[]): Promise<void>;
  /** Newest first. Undefined where `after` names no receipt of this customer. */
  ofCustomer(customer: string, filter: ReceiptFilter, range: ReceiptRange): Promise<ReceiptPage | undefined>;
  /** Every receipt, for auditors, in parts. Cost grows with the journal. */
  all(): AsyncIterable<readonly Receipt[]>;
}
