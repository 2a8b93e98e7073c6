/**
 * The rules that `permissions.ts` names. Each is pure: it looks at the evidence and at the parent object's row, and
 * permits only where the purpose, the scope, the consent and the agreement all do. A rule that throws is a denial.
 *
 * INVARIANT: every rule has a name of its own and `no_cache`, because graphql-shield keys its caches on names alone.
 */
import { named, type Question, type Rule } from './rule.js';
import { adsReaders, may, publicCategories, readsDirectly, readsOnItems } from './rulesReaders.js';
import type { DataCategory, Purpose } from './vocabulary.js';

export type { Rule } from './rule.js';

/** Scope, consent and agreement: what every financial category needs besides the purpose. */
function isCovered({ evidence, row }: Question, category: DataCategory): boolean {
  return evidence.scope(category) && evidence.consent(category, row) && evidence.agreement(category);
}

function readsCategory(question: Question, category: DataCategory): boolean {
  const { purpose } = question.evidence;
  const matrix = readsDirectly(purpose, category) || readsOnItems(purpose, category, question.row.anchor);
  return matrix && isCovered(question, category);
}

function reads(name: string, ...categories: readonly DataCategory[]): Rule {
  return named(name, categories, (question) => categories.every((category) => readsCategory(question, category)));
}

/** That the customer banks here, and what links the customer to a bank. */
export const readsRelationship = reads('readsRelationship', 'RELATIONSHIP');
/** What an account or a card is called and looks like. */
export const readsAccountIdentity = reads('readsAccountIdentity', 'ACCOUNT_IDENTITY');
/** The holder as the bank knows them. */
export const readsHolder = reads('readsHolder', 'HOLDER_PII');
/** The one available balance. */
export const readsAvailableBalance = reads('readsAvailableBalance', 'AVAILABLE_BALANCE');
/** All balances and limits. */
export const readsBalance = reads('readsBalance', 'BALANCE');
/** Rates and fees. */
export const readsTerms = reads('readsTerms', 'TERMS');
/** What falls due. */
export const readsBills = reads('readsBills', 'BILLS');
/** An entry's id, state, direction, amount and dates; for some purposes on their items only. */
export const readsTransactionCore = reads('readsTransactionCore', 'TRANSACTION_CORE');
/** An entry's text, merchant and counterparty; for some purposes on their items only. */
export const readsTransactionDetail = reads('readsTransactionDetail', 'TRANSACTION_DETAIL');
/** Wallet payments; for some purposes on their items only. */
export const readsPayments = reads('readsPayments', 'PAYMENT_ACTIVITY');
/** Fraud alerts; for some purposes on their items only. */
export const readsFraudSignal = reads('readsFraudSignal', 'FRAUD_SIGNAL');
/** Chats with a bank. */
export const readsConversation = reads('readsConversation', 'CONVERSATION');
/** The account that an alert is about. */
export const readsAlertedAccount = reads('readsAlertedAccount', 'FRAUD_SIGNAL', 'RELATIONSHIP');
/** The bank that a chat is with. */
export const readsConversationBank = reads('readsConversationBank', 'CONVERSATION', 'RELATIONSHIP');

/** A connection's permission state: that it exists, and the consent record behind it. */
export const readsConnectionStatus = named(
  'readsConnectionStatus',
  ['RELATIONSHIP', 'CONSENT_RECORD'],
  (question) => readsCategory(question, 'RELATIONSHIP') && readsRecord(question, 'CONSENT_RECORD'),
);

/**
 * The edge to an item: the holder's category permits, and so does the item's, which the purpose reads everywhere or
 * on this edge. The evidence is asked about the item as it will hang on the edge.
 */
function opens(edge: string, holder: DataCategory, item: DataCategory): Rule {
  return named(`opens ${edge}`, [holder, item], (question) => {
    if (!readsCategory(question, holder)) return false;
    const { evidence, row } = question;
    if (readsDirectly(evidence.purpose, item)) return isCovered(question, item);
    return (
      readsOnItems(evidence.purpose, item, edge) && isCovered({ ...question, row: { ...row, anchor: edge } }, item)
    );
  });
}

/** From an alert to the entry that raised it. */
export const opensAlertTransaction = opens('FraudAlert.transaction', 'FRAUD_SIGNAL', 'TRANSACTION_CORE');
/** From a message to the entry that the bank attached. */
export const opensMessageTransaction = opens('Message.transaction', 'CONVERSATION', 'TRANSACTION_CORE');
/** From a message to the payment that the bank attached. */
export const opensMessagePayment = opens('Message.payment', 'CONVERSATION', 'PAYMENT_ACTIVITY');
/** From a message to the alert that the bank attached. */
export const opensMessageAlert = opens('Message.alert', 'CONVERSATION', 'FRAUD_SIGNAL');
/** From a checkout to what was paid. */
export const opensCheckoutPayment = opens('Checkout.payment', 'RELATIONSHIP', 'PAYMENT_ACTIVITY');

/** Where a customer who grants consent picks accounts, besides those who read the category anyway. */
function picks(name: string, category: DataCategory): Rule {
  return named(name, [category], (question) => {
    if (may('picks', question.evidence.purpose, category)) return isCovered(question, category);
    return readsCategory(question, category);
  });
}

/** Accounts, their ids and banks, and the keys that the gateway follows. */
export const picksAccounts = picks('picksAccounts', 'RELATIONSHIP');
/** The kind, nickname and masked number by which a customer tells accounts apart. */
export const picksByAppearance = picks('picksByAppearance', 'ACCOUNT_IDENTITY');

function readsRecord({ evidence }: Question, category: 'CONSENT_RECORD' | 'RECEIPT'): boolean {
  return may('readsOwn', evidence.purpose, category) && evidence.scope(category);
}

/** The customer's consents. Which of them are one's own is the store's answer; they need no consent to be read. */
export const ownConsents = named('ownConsents', ['CONSENT_RECORD'], (question) =>
  readsRecord(question, 'CONSENT_RECORD'),
);
/** The customer's receipts, likewise. */
export const ownReceipts = named('ownReceipts', ['RECEIPT'], (question) => readsRecord(question, 'RECEIPT'));

/**
 * A part of a record that names a bank or its accounts, and so carries RELATIONSHIP too. Under CONSENT_MANAGEMENT the
 * scope is enough: a customer must see whom a revoked consent was for, when no consent and perhaps no agreement is left.
 */
function recordNaming(name: string, category: 'CONSENT_RECORD' | 'RECEIPT'): Rule {
  return named(name, [category, 'RELATIONSHIP'], (question) => {
    if (!readsRecord(question, category)) return false;
    const { evidence } = question;
    if (evidence.purpose === 'CONSENT_MANAGEMENT') return evidence.scope('RELATIONSHIP');
    return readsCategory(question, 'RELATIONSHIP');
  });
}

/** The bank and accounts of a consent. */
export const ownConsentsByBank = recordNaming('ownConsentsByBank', 'CONSENT_RECORD');
/** The bank and categories of a receipt. */
export const ownReceiptsByBank = recordNaming('ownReceiptsByBank', 'RECEIPT');

/** Pseudonymous records, made for the auditor and nobody else. */
function reduced(name: string, category: 'CONSENT_RECORD' | 'RECEIPT'): Rule {
  return named(name, [category], ({ evidence }) => may('readsReduced', evidence.purpose, category));
}

/** Consents under pseudonyms. */
export const reducedConsents = reduced('reducedConsents', 'CONSENT_RECORD');
/** Receipts under pseudonyms. */
export const reducedReceipts = reduced('reducedReceipts', 'RECEIPT');

/** A write: one purpose, what its outcome reveals, and a credential only from those who may give one. */
function writes(name: string, purpose: Purpose, outcome: DataCategory): Rule {
  return named(name, [outcome], (question) => {
    if (question.evidence.purpose !== purpose || !readsCategory(question, outcome)) return false;
    return (question.args['credential'] ?? null) === null || givesCredential(question);
  });
}

function givesCredential(question: Question): boolean {
  return may('takes', question.evidence.purpose, 'PAYMENT_CREDENTIAL') && isCovered(question, 'PAYMENT_CREDENTIAL');
}

/** Granting and revoking consent. */
export const managesConsents = named(
  'managesConsents',
  ['CONSENT_RECORD'],
  (question) => question.evidence.purpose === 'CONSENT_MANAGEMENT' && readsRecord(question, 'CONSENT_RECORD'),
);
/** Sending and asking for money. */
export const makesPayments = writes('makesPayments', 'P2P_PAYMENT', 'PAYMENT_ACTIVITY');
/** Paying a listed retailer. */
export const checksOut = writes('checksOut', 'MERCHANT_CHECKOUT', 'RELATIONSHIP');
/** Writing to a bank. */
export const chats = writes('chats', 'SUPPORT_CHAT', 'CONVERSATION');
/** Confirming that an alert was seen. */
export const acknowledgesAlerts = writes('acknowledgesAlerts', 'FRAUD_ALERTS', 'FRAUD_SIGNAL');
/** Locking a card. */
export const locksCards = writes('locksCards', 'ACCOUNT_SERVICING', 'ACCOUNT_IDENTITY');
/** Disputing an entry. */
export const disputesTransactions = writes('disputesTransactions', 'ACCOUNT_SERVICING', 'TRANSACTION_CORE');

/** The ads system, by its own id for a customer. */
export const adsSystem = named('adsSystem', ['AD_PROFILE'], ({ evidence }) => adsReaders.includes(evidence.purpose));
/** The customer, looking at what the ads system believes. */
export const customerOfProfile = named(
  'customerOfProfile',
  ['AD_PROFILE'],
  ({ evidence }) => evidence.purpose === 'CONSENT_MANAGEMENT',
);
/** Either of these, inside the profile. */
export const readsAdProfile = named(
  'readsAdProfile',
  ['AD_PROFILE'],
  ({ evidence }) => evidence.purpose === 'CONSENT_MANAGEMENT' || adsReaders.includes(evidence.purpose),
);

/** Public to every authenticated principal. */
function openToAll(name: string, category: DataCategory): Rule {
  return named(name, [category], () => publicCategories.includes(category));
}

/** The platform's own profile of the customer. */
export const publicProfile = openToAll('publicProfile', 'PLATFORM_PROFILE');
/** Publicly live banks. */
export const publicBanks = openToAll('publicBanks', 'INSTITUTION_PUBLIC');
/** Retailers' offers, the same for everyone. */
export const publicOffers = openToAll('publicOffers', 'OFFER_PUBLIC');
/** Third-party apps. */
export const publicApps = openToAll('publicApps', 'APP_PUBLIC');

/** Value types: judged at the edge that reaches them, so nothing is left to judge inside. */
export const asTheEdge = named('asTheEdge', [], () => true);
/** What federation itself asks of a subgraph; the entities' own fields have rules of their own. */
export const machinery = named('machinery', [], () => true);
/** What no entry of the book covers. */
export const deniedToAll = named('deniedToAll', [], () => false);
