/**
 * Who reads what: the second book's own statement of the purposes and their categories, written by hand and derived
 * from nothing. The first book says the same in its matrix; the double entry compares the two. An entry here is one
 * column of the table: a category and the purposes that read it.
 */
import type { DataCategory, Purpose } from './vocabulary.js';

/** What a customer of the platform may ask for through a first-party app, picking of accounts apart. */
const firstParty: readonly Purpose[] = [
  'ACCOUNT_SERVICING',
  'FRAUD_ALERTS',
  'SUPPORT_CHAT',
  'P2P_PAYMENT',
  'MERCHANT_CHECKOUT',
];

/**
 * Purposes that read a financial category wherever it stands. A category that is absent is read by nobody:
 * PAYMENT_CREDENTIAL is only ever given, BANK_OFFER is cross-selling, DERIVED has no field.
 */
const directReaders: Partial<Record<DataCategory, readonly Purpose[]>> = {
  RELATIONSHIP: firstParty,
  ACCOUNT_IDENTITY: firstParty,
  HOLDER_PII: ['ACCOUNT_SERVICING'],
  AVAILABLE_BALANCE: ['ACCOUNT_SERVICING', 'P2P_PAYMENT'],
  BALANCE: ['ACCOUNT_SERVICING'],
  TERMS: ['ACCOUNT_SERVICING'],
  BILLS: ['ACCOUNT_SERVICING'],
  TRANSACTION_CORE: ['ACCOUNT_SERVICING'],
  TRANSACTION_DETAIL: ['ACCOUNT_SERVICING'],
  PAYMENT_ACTIVITY: ['ACCOUNT_SERVICING', 'P2P_PAYMENT'],
  FRAUD_SIGNAL: ['FRAUD_ALERTS'],
  CONVERSATION: ['SUPPORT_CHAT'],
};

/** An edge whose far end one purpose reads as an item, and the categories that it reads there and nowhere else. */
export interface ItemEdge {
  readonly purpose: Purpose;
  readonly edge: string;
  readonly opens: readonly DataCategory[];
}

/** All such edges. Which item hangs there is the partner's decision, never the reader's. */
export const itemEdges: readonly ItemEdge[] = [
  { purpose: 'FRAUD_ALERTS', edge: 'FraudAlert.transaction', opens: ['TRANSACTION_CORE', 'TRANSACTION_DETAIL'] },
  { purpose: 'SUPPORT_CHAT', edge: 'Message.transaction', opens: ['TRANSACTION_CORE', 'TRANSACTION_DETAIL'] },
  { purpose: 'SUPPORT_CHAT', edge: 'Message.payment', opens: ['PAYMENT_ACTIVITY'] },
  { purpose: 'SUPPORT_CHAT', edge: 'Message.alert', opens: ['FRAUD_SIGNAL'] },
  { purpose: 'MERCHANT_CHECKOUT', edge: 'Checkout.payment', opens: ['PAYMENT_ACTIVITY'] },
];

/** Purposes that take a payment credential from the client; nobody gets one back. */
export const credentialTakers: readonly Purpose[] = ['P2P_PAYMENT', 'MERCHANT_CHECKOUT'];

/** Purposes that read consents and receipts: the customer's under CONSENT_MANAGEMENT, else those of the same purpose. */
export const ownRecordReaders: readonly Purpose[] = [...firstParty, 'CONSENT_MANAGEMENT'];

/** Purposes of the ads system that read a profile by the ads system's own id. */
export const adsReaders: readonly Purpose[] = ['AD_TARGETING', 'AD_MEASUREMENT'];

/** True where the purpose reads the category at every position. */
export function readsDirectly(purpose: Purpose, category: DataCategory): boolean {
  return directReaders[category]?.includes(purpose) ?? false;
}

/** True where the purpose reads the category on the items that hang on the edge. */
export function readsOnItems(purpose: Purpose, category: DataCategory, edge: string | undefined): boolean {
  return itemEdges.some((item) => item.edge === edge && item.purpose === purpose && item.opens.includes(category));
}
