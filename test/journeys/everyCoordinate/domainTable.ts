/**
 * The domain's tables once more, written by hand and only for these tests: nothing here is derived from the policy
 * files or from src/policy. A reviewer can hold this file against the domain's sections 2 to 4, line by line.
 */

/** Section 3: one row per purpose. `A` allowed, `I` below an anchor, `W` input only, `own`, `pick`, `all`, `-` denied. */
const matrix = `
                   RELATIONSHIP ACCOUNT_IDENTITY HOLDER_PII AVAILABLE_BALANCE BALANCE TERMS BILLS TRANSACTION_CORE TRANSACTION_DETAIL PAYMENT_CREDENTIAL PAYMENT_ACTIVITY FRAUD_SIGNAL BANK_OFFER CONVERSATION CONSENT_RECORD RECEIPT
ACCOUNT_SERVICING  A            A                A          A                 A       A     A     A                A                  -                  A                -            -          -            own            own
FRAUD_ALERTS       A            A                -          -                 -       -     -     I                I                  -                  -                A            -          -            own            own
SUPPORT_CHAT       A            A                -          -                 -       -     -     I                I                  -                  I                I            -          A            own            own
P2P_PAYMENT        A            A                -          A                 -       -     -     -                -                  W                  A                -            -          -            own            own
MERCHANT_CHECKOUT  A            A                -          -                 -       -     -     -                -                  W                  I                -            -          -            own            own
CONSENT_MANAGEMENT pick         pick             -          -                 -       -     -     -                -                  -                  -                -            -          -            own            own
COMPLIANCE_AUDIT   -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            all            all
AD_TARGETING       -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
AD_MEASUREMENT     -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
CROSS_SELL         -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
CONTENT_RANKING    -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
THIRD_PARTY_SHARING -           -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
DATA_SALE          -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
ANALYTICS          -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
MODEL_TRAINING     -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
ELIGIBILITY        -            -                -          -                 -       -     -     -                -                  -                  -                -            -          -            -              -
`;

/** What a purpose's row says of a category; open categories have no column. */
export type Cell = 'A' | 'I' | 'W' | 'own' | 'pick' | 'all' | '-';

const [header = [], ...rows] = matrix
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

/** Every purpose, in the table's order. */
export const everyPurpose: readonly string[] = rows.map(([purpose = '']) => purpose);

/** Every category that has a column. */
export const columns: readonly string[] = header;

const cells = new Map(
  rows.map(([purpose = '', ...row]) => [purpose, new Map(header.map((category, at) => [category, row[at] as Cell]))]),
);

/** The cell of a purpose and a category with a column. */
export function cellOf(purpose: string, category: string): Cell {
  const cell = cells.get(purpose)?.get(category);
  if (cell === undefined) throw new RangeError(`the table has no cell for \`${purpose}\` × \`${category}\``);
  return cell;
}

/** Section 2, below the line: every authenticated principal may see these, and no scope names them. */
export const openCategories = 'PLATFORM_PROFILE AD_PROFILE INSTITUTION_PUBLIC OFFER_PUBLIC APP_PUBLIC'.split(' ');

/** Section 2, the line: control categories. What is neither open nor control is financial. */
export const controlCategories = ['CONSENT_RECORD', 'RECEIPT'];

/** Section 3: the edges below which `I` holds, with the purpose they hold for. */
export const anchors: Readonly<Record<string, string>> = {
  'FraudAlert.transaction': 'FRAUD_ALERTS',
  'Message.transaction': 'SUPPORT_CHAT',
  'Message.payment': 'SUPPORT_CHAT',
  'Message.alert': 'SUPPORT_CHAT',
  'Checkout.payment': 'MERCHANT_CHECKOUT',
};

/** Section 3: what picking reads, and the edges by which it comes to an account. */
export const picking = {
  edges: ['Customer.accounts', 'Query.account', 'Query.account(id:)'],
  fields: ['id', 'bank', 'kind', 'nickname', 'maskedNumber'],
  types: ['Account', 'DepositAccount', 'CardAccount', 'LoanAccount'],
};

/** Section 3: coordinates that only these purposes reach, whatever the categories say: writes, ad profiles, audits. */
export const places: Readonly<Record<string, readonly string[]>> = {
  'Mutation.grantConsent': ['CONSENT_MANAGEMENT'],
  'Mutation.revokeConsent': ['CONSENT_MANAGEMENT'],
  'Mutation.sendPayment': ['P2P_PAYMENT'],
  'Mutation.requestPayment': ['P2P_PAYMENT'],
  'Mutation.openConversation': ['SUPPORT_CHAT'],
  'Mutation.sendMessage': ['SUPPORT_CHAT'],
  'Mutation.acknowledgeFraudAlert': ['FRAUD_ALERTS'],
  'Mutation.setCardLock': ['ACCOUNT_SERVICING'],
  'Mutation.disputeTransaction': ['ACCOUNT_SERVICING'],
  'Mutation.startCheckout': ['MERCHANT_CHECKOUT'],
  'Query.adProfile': ['AD_TARGETING', 'AD_MEASUREMENT'],
  'Customer.adProfile': ['CONSENT_MANAGEMENT'],
  'AdProfile.interests': ['AD_TARGETING', 'AD_MEASUREMENT', 'CONSENT_MANAGEMENT'],
  'AdProfile.locale': ['AD_TARGETING', 'AD_MEASUREMENT', 'CONSENT_MANAGEMENT'],
};

/** Section 4: the scope word of a purpose that is not a category's. */
export const purposeScope: Readonly<Record<string, string>> = {
  CONSENT_MANAGEMENT: 'consent:manage',
  AD_TARGETING: 'ads:targeting',
  AD_MEASUREMENT: 'ads:measurement',
  THIRD_PARTY_SHARING: 'partner:share',
  COMPLIANCE_AUDIT: 'audit:read',
};

/** Section 3: records that say which bank or account, and what makes them. They carry RELATIONSHIP: the scope must name it. */
export const telling = [
  'Consent.bank',
  'Consent.accountIds',
  'Receipt.bank',
  'Receipt.categories',
  'Mutation.grantConsent(accountIds:)',
];

const account = `
  RELATIONSHIP        id bank
  ACCOUNT_IDENTITY    kind nickname maskedNumber currency product status
  AVAILABLE_BALANCE   availableBalance
  BALANCE             balances
  HOLDER_PII          holder
  TERMS               terms
  BILLS               bills
  TRANSACTION_CORE    transactions transactions(first:) transactions(after:)`;

/** Section 2: per type, category or categories → the fields and arguments that carry them. */
export const labels: Readonly<Record<string, string>> = {
  Query: `
    PLATFORM_PROFILE    me
    INSTITUTION_PUBLIC  bank bank(id:) banks
    OFFER_PUBLIC        merchantOffers merchantOffers(first:) merchantOffers(after:)
    APP_PUBLIC          app app(id:)
    AD_PROFILE          adProfile adProfile(id:)
    RELATIONSHIP        account account(id:)
    CONSENT_RECORD      auditedConsents auditedConsents(first:) auditedConsents(after:)
    RECEIPT             auditedReceipts auditedReceipts(first:) auditedReceipts(after:)`,
  Mutation: `
    CONVERSATION        openConversation openConversation(subject:) openConversation(text:) openConversation(idempotencyKey:)
    CONVERSATION+RELATIONSHIP openConversation(bankId:)
    CONVERSATION        sendMessage sendMessage(conversationId:) sendMessage(text:) sendMessage(idempotencyKey:)
    FRAUD_SIGNAL        acknowledgeFraudAlert acknowledgeFraudAlert(alertId:) acknowledgeFraudAlert(idempotencyKey:)
    ACCOUNT_IDENTITY    setCardLock setCardLock(locked:) setCardLock(idempotencyKey:)
    RELATIONSHIP        setCardLock(accountId:)
    TRANSACTION_CORE    disputeTransaction disputeTransaction(transactionId:) disputeTransaction(reason:)
    TRANSACTION_CORE    disputeTransaction(idempotencyKey:)
    PAYMENT_ACTIVITY    sendPayment sendPayment(recipient:) sendPayment(amount:) sendPayment(currency:)
    PAYMENT_ACTIVITY    sendPayment(note:) sendPayment(idempotencyKey:)
    PAYMENT_CREDENTIAL  sendPayment(credential:) startCheckout(credential:)
    PAYMENT_ACTIVITY    requestPayment requestPayment(payer:) requestPayment(amount:) requestPayment(currency:)
    PAYMENT_ACTIVITY    requestPayment(note:) requestPayment(idempotencyKey:)
    RELATIONSHIP        startCheckout startCheckout(merchant:) startCheckout(amount:) startCheckout(currency:)
    RELATIONSHIP        startCheckout(idempotencyKey:)
    CONSENT_RECORD      grantConsent grantConsent(bankId:) grantConsent(purpose:) grantConsent(categories:)
    CONSENT_RECORD      grantConsent(duration:) grantConsent(days:) grantConsent(lookbackDays:)
    CONSENT_RECORD      grantConsent(idempotencyKey:)
    CONSENT_RECORD+RELATIONSHIP grantConsent(accountIds:)
    CONSENT_RECORD      revokeConsent revokeConsent(consentId:) revokeConsent(idempotencyKey:)`,
  Customer: `
    PLATFORM_PROFILE    id displayName locale
    AD_PROFILE          adProfile
    RELATIONSHIP        connections accounts checkouts
    FRAUD_SIGNAL        fraudAlerts
    CONVERSATION        conversations
    PAYMENT_ACTIVITY    payments
    CONSENT_RECORD      consents
    RECEIPT             receipts receipts(first:) receipts(after:)`,
  BankConnection: `
    RELATIONSHIP        id bank linkedAt accounts
    RELATIONSHIP+CONSENT_RECORD status`,
  Account: account,
  DepositAccount: account,
  CardAccount: `${account}
    ACCOUNT_IDENTITY    card`,
  LoanAccount: `${account}
    BILLS               nextPaymentDue`,
  Transaction: `
    TRANSACTION_CORE    id status direction amount bookedAt replacesId
    TRANSACTION_DETAIL  description merchant counterparty runningBalance originalAmount`,
  Card: `ACCOUNT_IDENTITY id lastFour network state expiresOn`,
  Dispute: `TRANSACTION_CORE id reason state openedAt transaction`,
  FraudAlert: `
    FRAUD_SIGNAL                  id raisedAt severity state
    FRAUD_SIGNAL+RELATIONSHIP     account
    FRAUD_SIGNAL+TRANSACTION_CORE transaction`,
  Conversation: `
    CONVERSATION              id subject state openedAt messages messages(first:) messages(after:)
    CONVERSATION+RELATIONSHIP bank`,
  Message: `
    CONVERSATION                  id sentAt author text
    CONVERSATION+TRANSACTION_CORE transaction
    CONVERSATION+PAYMENT_ACTIVITY payment
    CONVERSATION+FRAUD_SIGNAL     alert`,
  Payment: `PAYMENT_ACTIVITY id state amount counterparty note createdAt`,
  Checkout: `
    RELATIONSHIP                  id merchant state startedAt
    RELATIONSHIP+PAYMENT_ACTIVITY payment`,
  Consent: `
    CONSENT_RECORD              id state stateReason purpose categories grantedAt expiresAt reconfirmBy version
    CONSENT_RECORD              duration days lookbackDays disclosure
    CONSENT_RECORD+RELATIONSHIP bank accountIds`,
  Receipt: `
    RECEIPT              id at purpose client decision
    RECEIPT+RELATIONSHIP bank categories`,
  AuditedConsent: `CONSENT_RECORD pseudonym bank purpose categories state quarter`,
  AuditedReceipt: `RECEIPT pseudonym bank client purpose categories decision quarter count`,
  Bank: `INSTITUTION_PUBLIC id name`,
  MerchantOffer: `OFFER_PUBLIC id merchant text validUntil`,
  App: `APP_PUBLIC id name publisher`,
  AdProfile: `AD_PROFILE interests locale`,
};
