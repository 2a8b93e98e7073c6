/**
 * Who may read what, type by type and field by field: the second book, and the page that a security reviewer reads.
 * It is written by hand and derives from neither the `@data` labels nor the matrix; `doubleEntry.ts` compares them
 * at every start. Each name on the right is a rule of `rules.ts`; arguments have a page of their own, `argumentPermissions.ts`. Interfaces have no entry because graphql-shield
 * ignores them: every object type states all of its fields.
 */
import * as is from './rules.js';
import type { Rule } from './rules.js';

/** Rules by object type and field. */
export type Permissions = Readonly<Record<string, Readonly<Record<string, Rule>>>>;

/** What every kind of account has. */
const account = {
  id: is.picksAccounts,
  bankId: is.picksAccounts,
  reference: is.picksAccounts,
  bank: is.picksAccounts,
  kind: is.picksByAppearance,
  nickname: is.picksByAppearance,
  maskedNumber: is.picksByAppearance,
  currency: is.readsAccountIdentity,
  product: is.readsAccountIdentity,
  status: is.readsAccountIdentity,
  availableBalance: is.readsAvailableBalance,
  balances: is.readsBalance,
  holder: is.readsHolder,
  terms: is.readsTerms,
  bills: is.readsBills,
  transactions: is.readsTransactionCore,
};

const page = { edges: is.asTheEdge, pageInfo: is.asTheEdge };
const pageEdge = { node: is.asTheEdge, cursor: is.asTheEdge };

/** The whole book. */
export const permissions: Permissions = {
  Query: {
    me: is.publicProfile,
    account: is.picksAccounts,
    bank: is.publicBanks,
    banks: is.publicBanks,
    merchantOffers: is.publicOffers,
    app: is.publicApps,
    adProfile: is.adsSystem,
    auditedConsents: is.reducedConsents,
    auditedReceipts: is.reducedReceipts,
  },
  Mutation: {
    grantConsent: is.managesConsents,
    revokeConsent: is.managesConsents,
    sendPayment: is.makesPayments,
    requestPayment: is.makesPayments,
    startCheckout: is.checksOut,
    openConversation: is.chats,
    sendMessage: is.chats,
    acknowledgeFraudAlert: is.acknowledgesAlerts,
    setCardLock: is.locksCards,
    disputeTransaction: is.disputesTransactions,
  },

  // The customer and the platform's own, open parts of the graph.
  Customer: {
    id: is.publicProfile,
    ref: is.publicProfile,
    displayName: is.publicProfile,
    locale: is.publicProfile,
    adId: is.customerOfProfile,
    adProfile: is.customerOfProfile,
    connections: is.readsRelationship,
    accounts: is.picksAccounts,
    fraudAlerts: is.readsFraudSignal,
    conversations: is.readsConversation,
    payments: is.readsPayments,
    checkouts: is.readsRelationship,
    consents: is.ownConsents,
    receipts: is.ownReceipts,
  },
  Bank: { id: is.publicBanks, name: is.publicBanks },
  App: { id: is.publicApps, name: is.publicApps, publisher: is.publicApps },
  AdProfile: { interests: is.readsAdProfile, locale: is.readsAdProfile },
  MerchantOffer: { id: is.publicOffers, merchant: is.publicOffers, text: is.publicOffers, validUntil: is.publicOffers },

  // What banks hold.
  BankConnection: {
    id: is.readsRelationship,
    bankId: is.picksAccounts,
    reference: is.picksAccounts,
    bank: is.readsRelationship,
    status: is.readsConnectionStatus,
    linkedAt: is.readsRelationship,
    accounts: is.readsRelationship,
  },
  DepositAccount: account,
  CardAccount: { ...account, card: is.readsAccountIdentity },
  LoanAccount: { ...account, nextPaymentDue: is.readsBills },
  Card: {
    id: is.readsAccountIdentity,
    accountReference: is.readsRelationship,
    lastFour: is.readsAccountIdentity,
    network: is.readsAccountIdentity,
    state: is.readsAccountIdentity,
    expiresOn: is.readsAccountIdentity,
  },
  Transaction: {
    id: is.readsTransactionCore,
    accountReference: is.readsRelationship,
    status: is.readsTransactionCore,
    direction: is.readsTransactionCore,
    amount: is.readsTransactionCore,
    bookedAt: is.readsTransactionCore,
    replacesId: is.readsTransactionCore,
    description: is.readsTransactionDetail,
    merchant: is.readsTransactionDetail,
    counterparty: is.readsTransactionDetail,
    runningBalance: is.readsTransactionDetail,
    originalAmount: is.readsTransactionDetail,
  },
  Dispute: {
    id: is.readsTransactionCore,
    accountReference: is.readsRelationship,
    reason: is.readsTransactionCore,
    state: is.readsTransactionCore,
    openedAt: is.readsTransactionCore,
    transaction: is.readsTransactionCore,
  },
  FraudAlert: {
    id: is.readsFraudSignal,
    accountReference: is.readsRelationship,
    raisedAt: is.readsFraudSignal,
    severity: is.readsFraudSignal,
    state: is.readsFraudSignal,
    account: is.readsAlertedAccount,
    transaction: is.opensAlertTransaction,
  },
  Conversation: {
    id: is.readsConversation,
    bank: is.readsConversationBank,
    subject: is.readsConversation,
    state: is.readsConversation,
    openedAt: is.readsConversation,
    messages: is.readsConversation,
  },
  Message: {
    id: is.readsConversation,
    sentAt: is.readsConversation,
    author: is.readsConversation,
    text: is.readsConversation,
    transaction: is.opensMessageTransaction,
    payment: is.opensMessagePayment,
    alert: is.opensMessageAlert,
  },

  // What the wallet holds; a bank may show the same payments in a chat.
  Payment: {
    id: is.readsPayments,
    state: is.readsPayments,
    amount: is.readsPayments,
    counterparty: is.readsPayments,
    note: is.readsPayments,
    createdAt: is.readsPayments,
  },
  Checkout: {
    id: is.readsRelationship,
    merchant: is.readsRelationship,
    state: is.readsRelationship,
    startedAt: is.readsRelationship,
    payment: is.opensCheckoutPayment,
  },

  // Records of consents and releases: the customer's own, and the auditor's reduced ones.
  Consent: {
    id: is.ownConsents,
    state: is.ownConsents,
    stateReason: is.ownConsents,
    purpose: is.ownConsents,
    categories: is.ownConsents,
    bank: is.ownConsentsByBank,
    accountIds: is.ownConsentsByBank,
    grantedAt: is.ownConsents,
    expiresAt: is.ownConsents,
    reconfirmBy: is.ownConsents,
    version: is.ownConsents,
    duration: is.ownConsents,
    days: is.ownConsents,
    lookbackDays: is.ownConsents,
    disclosure: is.ownConsents,
  },
  Receipt: {
    id: is.ownReceipts,
    at: is.ownReceipts,
    purpose: is.ownReceipts,
    client: is.ownReceipts,
    bank: is.ownReceiptsByBank,
    categories: is.ownReceiptsByBank,
    decision: is.ownReceipts,
  },
  AuditedConsent: {
    pseudonym: is.reducedConsents,
    bank: is.reducedConsents,
    purpose: is.reducedConsents,
    categories: is.reducedConsents,
    state: is.reducedConsents,
    quarter: is.reducedConsents,
  },
  AuditedReceipt: {
    pseudonym: is.reducedReceipts,
    bank: is.reducedReceipts,
    client: is.reducedReceipts,
    purpose: is.reducedReceipts,
    categories: is.reducedReceipts,
    decision: is.reducedReceipts,
    quarter: is.reducedReceipts,
    count: is.reducedReceipts,
  },

  // Value types: whoever was permitted the edge to one may read all of it.
  Balance: { kind: is.asTheEdge, money: is.asTheEdge, asOf: is.asTheEdge, source: is.asTheEdge },
  Money: { amount: is.asTheEdge, currency: is.asTheEdge },
  AccountHolder: { name: is.asTheEdge, address: is.asTheEdge, phone: is.asTheEdge, email: is.asTheEdge },
  PostalAddress: { lines: is.asTheEdge, city: is.asTheEdge, postalCode: is.asTheEdge, country: is.asTheEdge },
  AccountTerms: {
    interestRate: is.asTheEdge,
    monthlyFee: is.asTheEdge,
    overdraftLimit: is.asTheEdge,
    summary: is.asTheEdge,
  },
  Bill: { payee: is.asTheEdge, dueOn: is.asTheEdge, amount: is.asTheEdge, recurring: is.asTheEdge },
  Merchant: { name: is.asTheEdge, mcc: is.asTheEdge, city: is.asTheEdge },
  TransactionConnection: page,
  TransactionEdge: pageEdge,
  MessageConnection: page,
  MessageEdge: pageEdge,
  ReceiptConnection: page,
  ReceiptEdge: pageEdge,
  AuditedConsentConnection: page,
  AuditedConsentEdge: pageEdge,
  AuditedReceiptConnection: page,
  AuditedReceiptEdge: pageEdge,
  MerchantOfferConnection: page,
  MerchantOfferEdge: pageEdge,
  PageInfo: {
    hasNextPage: is.asTheEdge,
    hasPreviousPage: is.asTheEdge,
    startCursor: is.asTheEdge,
    endCursor: is.asTheEdge,
  },
};
