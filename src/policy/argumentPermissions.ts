/**
 * Who may give which argument: the second book's page of arguments, by type, field and argument. Like `permissions.ts`
 * it is written by hand and derives from neither the `@data` labels nor the matrix. An argument counts as what it is
 * compared with: paging as what it pages, an id as what it names, a filter or an amount as what it is held against.
 * Interfaces have no entry: their labels must equal those of every type that implements them.
 */
import { adsReaders, may, publicCategories, readsDirectly, readsOnItems } from './rulesReaders.js';
import type { DataCategory, Purpose } from './vocabulary.js';

/** The categories that an argument carries, all of which must be permitted, and who may give it to a permitted field. */
export interface ArgumentRule {
  readonly categories: readonly DataCategory[];
  permits(purpose: Purpose, anchor: string | undefined): boolean;
}

/** Rules by object type, field and argument. */
export type ArgumentPermissions = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, ArgumentRule>>>>>
>;

/** May be given by whoever reads the categories at this position. */
function about(...categories: readonly DataCategory[]): ArgumentRule {
  return { categories, permits: (purpose, anchor) => categories.every((word) => isRead(purpose, word, anchor)) };
}

/** The same, and by a customer who picks accounts. */
function picking(...categories: readonly DataCategory[]): ArgumentRule {
  return {
    categories,
    permits: (purpose, anchor) =>
      categories.every((word) => may('picks', purpose, word) || isRead(purpose, word, anchor)),
  };
}

function isRead(purpose: Purpose, category: DataCategory, anchor: string | undefined): boolean {
  if (publicCategories.includes(category) || readsDirectly(purpose, category)) return true;
  return may('readsOwn', purpose, category) || readsOnItems(purpose, category, anchor);
}

/** Pages pseudonymous records. */
function reduced(category: 'CONSENT_RECORD' | 'RECEIPT'): ArgumentRule {
  return { categories: [category], permits: (purpose) => may('readsReduced', purpose, category) };
}

/** Taken from the client, and shown to nobody. */
const credential: ArgumentRule = {
  categories: ['PAYMENT_CREDENTIAL'],
  permits: (purpose) => may('takes', purpose, 'PAYMENT_CREDENTIAL'),
};

/** The ads system's own id for a customer. */
const adsId: ArgumentRule = { categories: ['AD_PROFILE'], permits: (purpose) => adsReaders.includes(purpose) };

const ofConsent = about('CONSENT_RECORD');
const ofReceipts = about('RECEIPT');
const ofRelationship = about('RELATIONSHIP');
const ofIdentity = about('ACCOUNT_IDENTITY');
const ofEntries = about('TRANSACTION_CORE');
const ofPayments = about('PAYMENT_ACTIVITY');
const ofAlerts = about('FRAUD_SIGNAL');
const ofChats = about('CONVERSATION');
const ofOffers = about('OFFER_PUBLIC');

const account = { transactions: { first: ofEntries, after: ofEntries } };

/** The whole page. */
export const argumentPermissions: ArgumentPermissions = {
  Query: {
    account: { id: picking('RELATIONSHIP') },
    bank: { id: about('INSTITUTION_PUBLIC') },
    app: { id: about('APP_PUBLIC') },
    adProfile: { id: adsId },
    merchantOffers: { first: ofOffers, after: ofOffers },
    auditedConsents: { first: reduced('CONSENT_RECORD'), after: reduced('CONSENT_RECORD') },
    auditedReceipts: { first: reduced('RECEIPT'), after: reduced('RECEIPT') },
  },
  Mutation: {
    grantConsent: {
      bankId: ofConsent,
      purpose: ofConsent,
      categories: ofConsent,
      accountIds: picking('CONSENT_RECORD', 'RELATIONSHIP'),
      duration: ofConsent,
      days: ofConsent,
      lookbackDays: ofConsent,
      idempotencyKey: ofConsent,
    },
    revokeConsent: { consentId: ofConsent, idempotencyKey: ofConsent },
    sendPayment: {
      recipient: ofPayments,
      amount: ofPayments,
      currency: ofPayments,
      note: ofPayments,
      credential,
      idempotencyKey: ofPayments,
    },
    requestPayment: {
      payer: ofPayments,
      amount: ofPayments,
      currency: ofPayments,
      note: ofPayments,
      idempotencyKey: ofPayments,
    },
    // A checkout is the customer's link to a retailer; what was paid hangs below it.
    startCheckout: {
      merchant: ofRelationship,
      amount: ofRelationship,
      currency: ofRelationship,
      credential,
      idempotencyKey: ofRelationship,
    },
    openConversation: { bankId: ofRelationship, subject: ofChats, text: ofChats, idempotencyKey: ofChats },
    sendMessage: { conversationId: ofChats, text: ofChats, idempotencyKey: ofChats },
    acknowledgeFraudAlert: { alertId: ofAlerts, idempotencyKey: ofAlerts },
    setCardLock: { accountId: ofRelationship, locked: ofIdentity, idempotencyKey: ofIdentity },
    disputeTransaction: { transactionId: ofEntries, reason: ofEntries, idempotencyKey: ofEntries },
  },
  Customer: { receipts: { first: ofReceipts, after: ofReceipts } },
  DepositAccount: account,
  CardAccount: account,
  LoanAccount: account,
  Conversation: { messages: { first: ofChats, after: ofChats } },
};
