/** Where the demo's world has no row or no value to show: what a probe may come back from without a proof. */

const lacking: readonly RegExp[] = [
  // These principals speak for no customer: `me` is null.
  /^(?!THIRD_PARTY_SHARING)[A-Z_]+ (Query\.me|Customer\.(id|displayName|locale))$/,
  // The wallet's agreement covers neither purpose, so nobody has checkouts there.
  /^(FRAUD_ALERTS|SUPPORT_CHAT) (Customer\.checkouts|Checkout\.\w+)/,
  // Products without such a term.
  / CardAccount\.(terms\.overdraftLimit|bills)\./,
  / LoanAccount\.(terms\.overdraftLimit|availableBalance)\./,
  // Facts of some entries and payments only; which ones the demo shows changes from day to day.
  / Transaction\.(replacesId|originalAmount\.\w+|counterparty|merchant\.\w+|runningBalance\.\w+)$/,
  / Payment\.note$/,
];

/** True for `PURPOSE Type.field.below` where the demo's world may have nothing. */
export function mayLackData(name: string): boolean {
  return lacking.some((pattern) => pattern.test(name));
}
