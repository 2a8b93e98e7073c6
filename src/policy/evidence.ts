import type { DataCategory, Purpose } from './vocabulary.js';

/**
 * All that a shield rule may look at: who asks, what for, and which of the three permissions a category has at the
 * row in question. A bank builds it from the verified grant and its own agreement; the double entry builds it from
 * every combination of its answers.
 */
export interface Evidence {
  readonly purpose: Purpose;
  /** The token's scope names the category. */
  scope(category: DataCategory): boolean;
  /** A consent covers the category for the row's account, or for the bank when the row has no account. */
  consent(category: DataCategory, row: Row): boolean;
  /** The bank's agreement covers the category for the purpose. */
  agreement(category: DataCategory): boolean;
}

/** The facts of a parent object that decide about its fields. */
export interface Row {
  /** The bank's reference of the account that the object belongs to; absent where it belongs to no account. */
  readonly accountReference?: string;
  /** The anchor edge that this item hangs on in this answer (`FraudAlert.transaction`); absent elsewhere. */
  readonly anchor?: string;
}

/** The key under which a resolver notes the anchor edge on an item: `{ ...transaction, [anchorKey]: 'FraudAlert.transaction' }`. */
export const anchorKey: unique symbol = Symbol('ringfence.anchor');

/** The shield context: what `createBankSubgraph` puts into the GraphQL context. */
export interface ShieldContext {
  readonly evidence: Evidence;
}
