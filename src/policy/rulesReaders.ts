/**
 * Who reads what: the second book's own statement of the purposes and their categories, written by hand and derived
 * from nothing. The first book says the same in its matrix; the double entry compares the two, cell by cell. An entry
 * here is one column of the table: a category and the purposes that do something with it. Whom a column does not
 * name, it denies.
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

/** What purposes may do with one category. */
export interface Column {
  /** Read it wherever it stands. */
  readonly reads?: readonly Purpose[];
  /** Read it on the items that hang on the edges below, and nowhere else. */
  readonly readsOnItems?: readonly Purpose[];
  /** Read it where a customer picks accounts. */
  readonly picks?: readonly Purpose[];
  /** Take it from the client; it is never given back. */
  readonly takes?: readonly Purpose[];
  /** Read the customer's own records: all of them under CONSENT_MANAGEMENT, else those of the same purpose. */
  readonly readsOwn?: readonly Purpose[];
  /** Read pseudonymous records, made for the auditor. */
  readonly readsReduced?: readonly Purpose[];
}

/** All columns. DERIVED has none: it follows its inputs, and has no field. The open categories follow below. */
const columns: Partial<Record<DataCategory, Column>> = {
  RELATIONSHIP: { reads: firstParty, picks: ['CONSENT_MANAGEMENT'] },
  ACCOUNT_IDENTITY: { reads: firstParty, picks: ['CONSENT_MANAGEMENT'] },
  HOLDER_PII: { reads: ['ACCOUNT_SERVICING'] },
  AVAILABLE_BALANCE: { reads: ['ACCOUNT_SERVICING', 'P2P_PAYMENT'] },
  BALANCE: { reads: ['ACCOUNT_SERVICING'] },
  TERMS: { reads: ['ACCOUNT_SERVICING'] },
  BILLS: { reads: ['ACCOUNT_SERVICING'] },
  TRANSACTION_CORE: { reads: ['ACCOUNT_SERVICING'], readsOnItems: ['FRAUD_ALERTS', 'SUPPORT_CHAT'] },
  TRANSACTION_DETAIL: { reads: ['ACCOUNT_SERVICING'], readsOnItems: ['FRAUD_ALERTS', 'SUPPORT_CHAT'] },
  // Nobody gets a credential back.
  PAYMENT_CREDENTIAL: { takes: ['P2P_PAYMENT', 'MERCHANT_CHECKOUT'] },
  PAYMENT_ACTIVITY: {
    reads: ['ACCOUNT_SERVICING', 'P2P_PAYMENT'],
    readsOnItems: ['SUPPORT_CHAT', 'MERCHANT_CHECKOUT'],
  },
  FRAUD_SIGNAL: { reads: ['FRAUD_ALERTS'], readsOnItems: ['SUPPORT_CHAT'] },
  // Nobody: an offer made from account data is cross-selling.
  BANK_OFFER: {},
  CONVERSATION: { reads: ['SUPPORT_CHAT'] },
  CONSENT_RECORD: { readsOwn: [...firstParty, 'CONSENT_MANAGEMENT'], readsReduced: ['COMPLIANCE_AUDIT'] },
  RECEIPT: { readsOwn: [...firstParty, 'CONSENT_MANAGEMENT'], readsReduced: ['COMPLIANCE_AUDIT'] },
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

/** Purposes of the ads system that read a profile by the ads system's own id. */
export const adsReaders: readonly Purpose[] = ['AD_TARGETING', 'AD_MEASUREMENT'];

/** Public to every authenticated principal. */
export const publicCategories: readonly DataCategory[] = [
  'PLATFORM_PROFILE',
  'INSTITUTION_PUBLIC',
  'OFFER_PUBLIC',
  'APP_PUBLIC',
];

/** True where the column of the category names the purpose for the deed; a category without a column names nobody. */
export function may(deed: keyof Column, purpose: Purpose, category: DataCategory): boolean {
  return columns[category]?.[deed]?.includes(purpose) ?? false;
}

/** True where the purpose reads the category at every position. */
export function readsDirectly(purpose: Purpose, category: DataCategory): boolean {
  return may('reads', purpose, category);
}

/** True where the purpose reads the category on the items that hang on the edge. */
export function readsOnItems(purpose: Purpose, category: DataCategory, edge: string | undefined): boolean {
  if (!may('readsOnItems', purpose, category)) return false;
  return itemEdges.some((item) => item.edge === edge && item.purpose === purpose && item.opens.includes(category));
}
