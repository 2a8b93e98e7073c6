import type { Roll } from '../consent/index.js';
import type { Purpose } from '../policy/index.js';
import type { DamagedReceipt, Receipt, ReceiptEntry } from './receipt.js';
import type { ReceiptGroup } from './tally.js';

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

/** A part of a list. What cannot be read stands in its place, unless a filter is set: nobody can say then whether it belongs there. */
export interface ReceiptPage {
  readonly receipts: readonly (Receipt | DamagedReceipt)[];
  readonly hasMore: boolean;
}

/** Where receipts are kept. */
export interface ReceiptJournal {
  /** Resolves once all of the batch is kept, or rejects: bytes leave only after it resolves. */
  append(batch: readonly ReceiptEntry[]): Promise<void>;
  /** Newest first. Undefined where `after` names no receipt of this customer. */
  ofCustomer(customer: string, filter: ReceiptFilter, range: ReceiptRange): Promise<ReceiptPage | undefined>;
  /**
   * Every receipt in its group, for auditors, with all that were kept before the call. Throws STALE while so many are
   * not counted yet that it takes too long: counting goes on meanwhile.
   */
  groups(): Promise<Roll<ReceiptGroup>>;
}
