import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An alphabetic currency code of ISO 4217. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day, RFC 3339 full-date. */
  Date: { input: string; output: string; }
  /** An instant, RFC 3339. */
  DateTime: { input: string; output: string; }
  /** A decimal number as a string, with the digits that its currency has (ISO 4217): never a binary float. */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

export type Account = {
  /** What can be spent now, as the bank says it. Null when the bank does not say. */
  readonly availableBalance?: Maybe<Balance>;
  readonly balances?: Maybe<ReadonlyArray<Balance>>;
  readonly bank?: Maybe<Bank>;
  readonly bankId: Scalars['ID']['output'];
  readonly bills?: Maybe<ReadonlyArray<Bill>>;
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  readonly holder?: Maybe<AccountHolder>;
  /** Opaque, stable, and bound to this customer. */
  readonly id: Scalars['ID']['output'];
  readonly kind?: Maybe<AccountKind>;
  readonly maskedNumber?: Maybe<Scalars['String']['output']>;
  readonly nickname?: Maybe<Scalars['String']['output']>;
  readonly product?: Maybe<Scalars['String']['output']>;
  readonly reference: Scalars['ID']['output'];
  readonly status?: Maybe<AccountStatus>;
  readonly terms?: Maybe<AccountTerms>;
  /** Newest first. A page holds 25 entries unless `first` says otherwise, 1000 at most. */
  readonly transactions?: Maybe<TransactionConnection>;
};


export type AccountTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type AccountHolder = {
  readonly __typename?: 'AccountHolder';
  readonly address?: Maybe<PostalAddress>;
  readonly email?: Maybe<Scalars['String']['output']>;
  readonly name: Scalars['String']['output'];
  readonly phone?: Maybe<Scalars['String']['output']>;
};

export type AccountKind =
  | 'CHECKING'
  | 'CREDIT_CARD'
  | 'LOAN'
  | 'SAVINGS';

export type AccountStatus =
  | 'CLOSED'
  | 'DORMANT'
  | 'OPEN';

export type AccountTerms = {
  readonly __typename?: 'AccountTerms';
  /** Annual interest in percent. */
  readonly interestRate?: Maybe<Scalars['Decimal']['output']>;
  readonly monthlyFee?: Maybe<Money>;
  readonly overdraftLimit?: Maybe<Money>;
  readonly summary?: Maybe<Scalars['String']['output']>;
};

export type AlertSeverity =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM';

export type AlertState =
  | 'ACKNOWLEDGED'
  | 'CLOSED'
  | 'OPEN';

export type Balance = {
  readonly __typename?: 'Balance';
  /** When the bank's figure was true. */
  readonly asOf: Scalars['DateTime']['output'];
  readonly kind: BalanceKind;
  readonly money: Money;
  readonly source: BalanceSource;
};

export type BalanceKind =
  | 'AVAILABLE'
  | 'CURRENT'
  | 'LIMIT'
  | 'STATEMENT';

export type BalanceSource =
  /** Kept by the bank; `asOf` says from when. */
  | 'CACHED'
  /** Read from the bank's ledger for this answer. */
  | 'LIVE';

export type Bank = {
  readonly __typename?: 'Bank';
  readonly id: Scalars['ID']['output'];
};

export type BankConnection = {
  readonly __typename?: 'BankConnection';
  /** The accounts at this bank that consent covers. */
  readonly accounts?: Maybe<ReadonlyArray<Account>>;
  readonly bankId: Scalars['ID']['output'];
  readonly reference: Scalars['ID']['output'];
};

export type Bill = {
  readonly __typename?: 'Bill';
  readonly amount: Money;
  readonly dueOn: Scalars['Date']['output'];
  readonly payee: Scalars['String']['output'];
  readonly recurring: Scalars['Boolean']['output'];
};

export type Card = {
  readonly __typename?: 'Card';
  readonly accountReference: Scalars['ID']['output'];
  readonly expiresOn?: Maybe<Scalars['Date']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly lastFour?: Maybe<Scalars['String']['output']>;
  readonly network?: Maybe<Scalars['String']['output']>;
  readonly state?: Maybe<CardState>;
};

/** A credit card account. */
export type CardAccount = Account & {
  readonly __typename?: 'CardAccount';
  readonly availableBalance?: Maybe<Balance>;
  readonly balances?: Maybe<ReadonlyArray<Balance>>;
  readonly bank?: Maybe<Bank>;
  readonly bankId: Scalars['ID']['output'];
  readonly bills?: Maybe<ReadonlyArray<Bill>>;
  readonly card?: Maybe<Card>;
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  readonly holder?: Maybe<AccountHolder>;
  readonly id: Scalars['ID']['output'];
  readonly kind?: Maybe<AccountKind>;
  readonly maskedNumber?: Maybe<Scalars['String']['output']>;
  readonly nickname?: Maybe<Scalars['String']['output']>;
  readonly product?: Maybe<Scalars['String']['output']>;
  readonly reference: Scalars['ID']['output'];
  readonly status?: Maybe<AccountStatus>;
  readonly terms?: Maybe<AccountTerms>;
  readonly transactions?: Maybe<TransactionConnection>;
};


/** A credit card account. */
export type CardAccountTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type CardState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'LOCKED';

export type Conversation = {
  readonly __typename?: 'Conversation';
  readonly bank?: Maybe<Bank>;
  readonly id: Scalars['ID']['output'];
  /** Newest first; 25 unless `first` says otherwise, 1000 at most. */
  readonly messages?: Maybe<MessageConnection>;
  readonly openedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly state?: Maybe<ConversationState>;
  readonly subject?: Maybe<Scalars['String']['output']>;
};


export type ConversationMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ConversationState =
  | 'CLOSED'
  | 'OPEN';

export type Customer = {
  readonly __typename?: 'Customer';
  /** The customer's accounts over all connected banks, in a stable order. */
  readonly accounts: ReadonlyArray<Account>;
  /** Chats with the customer's banks, newest first. */
  readonly conversations?: Maybe<ReadonlyArray<Conversation>>;
  /** Alerts, newest first. */
  readonly fraudAlerts?: Maybe<ReadonlyArray<FraudAlert>>;
  /** How this bank knows the customer: a reference of its own, unknown to every other bank. */
  readonly ref: Scalars['ID']['output'];
};

/** What a field holds. A closed list: an unknown category does not compose. */
export type DataCategory =
  | 'ACCOUNT_IDENTITY'
  | 'AD_PROFILE'
  | 'APP_PUBLIC'
  | 'AVAILABLE_BALANCE'
  | 'BALANCE'
  | 'BANK_OFFER'
  | 'BILLS'
  | 'CONSENT_RECORD'
  | 'CONVERSATION'
  | 'DERIVED'
  | 'FRAUD_SIGNAL'
  | 'HOLDER_PII'
  | 'INSTITUTION_PUBLIC'
  | 'OFFER_PUBLIC'
  | 'PAYMENT_ACTIVITY'
  | 'PAYMENT_CREDENTIAL'
  | 'PLATFORM_PROFILE'
  | 'RECEIPT'
  | 'RELATIONSHIP'
  | 'TERMS'
  | 'TRANSACTION_CORE'
  | 'TRANSACTION_DETAIL';

/** A current or savings account. */
export type DepositAccount = Account & {
  readonly __typename?: 'DepositAccount';
  readonly availableBalance?: Maybe<Balance>;
  readonly balances?: Maybe<ReadonlyArray<Balance>>;
  readonly bank?: Maybe<Bank>;
  readonly bankId: Scalars['ID']['output'];
  readonly bills?: Maybe<ReadonlyArray<Bill>>;
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  readonly holder?: Maybe<AccountHolder>;
  readonly id: Scalars['ID']['output'];
  readonly kind?: Maybe<AccountKind>;
  readonly maskedNumber?: Maybe<Scalars['String']['output']>;
  readonly nickname?: Maybe<Scalars['String']['output']>;
  readonly product?: Maybe<Scalars['String']['output']>;
  readonly reference: Scalars['ID']['output'];
  readonly status?: Maybe<AccountStatus>;
  readonly terms?: Maybe<AccountTerms>;
  readonly transactions?: Maybe<TransactionConnection>;
};


/** A current or savings account. */
export type DepositAccountTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Direction =
  | 'CREDIT'
  | 'DEBIT';

export type Dispute = {
  readonly __typename?: 'Dispute';
  readonly accountReference: Scalars['ID']['output'];
  readonly id: Scalars['ID']['output'];
  readonly openedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly reason?: Maybe<DisputeReason>;
  readonly state?: Maybe<DisputeState>;
  readonly transaction?: Maybe<Transaction>;
};

export type DisputeReason =
  | 'DUPLICATE'
  | 'NOT_RECEIVED'
  | 'NOT_RECOGNISED'
  | 'WRONG_AMOUNT';

export type DisputeState =
  | 'OPEN'
  | 'RESOLVED'
  | 'UNDER_REVIEW';

export type FraudAlert = {
  readonly __typename?: 'FraudAlert';
  readonly account?: Maybe<Account>;
  readonly accountReference: Scalars['ID']['output'];
  readonly id: Scalars['ID']['output'];
  readonly raisedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly severity?: Maybe<AlertSeverity>;
  readonly state?: Maybe<AlertState>;
  /** The entry that raised the alert. */
  readonly transaction?: Maybe<Transaction>;
};

/** A loan. */
export type LoanAccount = Account & {
  readonly __typename?: 'LoanAccount';
  readonly availableBalance?: Maybe<Balance>;
  readonly balances?: Maybe<ReadonlyArray<Balance>>;
  readonly bank?: Maybe<Bank>;
  readonly bankId: Scalars['ID']['output'];
  readonly bills?: Maybe<ReadonlyArray<Bill>>;
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  readonly holder?: Maybe<AccountHolder>;
  readonly id: Scalars['ID']['output'];
  readonly kind?: Maybe<AccountKind>;
  readonly maskedNumber?: Maybe<Scalars['String']['output']>;
  readonly nextPaymentDue?: Maybe<Scalars['Date']['output']>;
  readonly nickname?: Maybe<Scalars['String']['output']>;
  readonly product?: Maybe<Scalars['String']['output']>;
  readonly reference: Scalars['ID']['output'];
  readonly status?: Maybe<AccountStatus>;
  readonly terms?: Maybe<AccountTerms>;
  readonly transactions?: Maybe<TransactionConnection>;
};


/** A loan. */
export type LoanAccountTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Merchant = {
  readonly __typename?: 'Merchant';
  readonly city?: Maybe<Scalars['String']['output']>;
  /** Merchant category code, ISO 18245. */
  readonly mcc?: Maybe<Scalars['String']['output']>;
  readonly name: Scalars['String']['output'];
};

export type Message = {
  readonly __typename?: 'Message';
  readonly alert?: Maybe<FraudAlert>;
  readonly author?: Maybe<MessageAuthor>;
  readonly id: Scalars['ID']['output'];
  readonly payment?: Maybe<Payment>;
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  readonly text?: Maybe<Scalars['String']['output']>;
  /** Items that the bank attached to the message. */
  readonly transaction?: Maybe<Transaction>;
};

export type MessageAuthor =
  | 'BANK'
  | 'CUSTOMER';

export type MessageConnection = {
  readonly __typename?: 'MessageConnection';
  readonly edges: ReadonlyArray<MessageEdge>;
  readonly pageInfo: PageInfo;
};

export type MessageEdge = {
  readonly __typename?: 'MessageEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node?: Maybe<Message>;
};

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Decimal']['output'];
  readonly currency: Scalars['CurrencyCode']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says that the customer has seen an alert. Acknowledging twice is acknowledging once. */
  readonly acknowledgeFraudAlert?: Maybe<FraudAlert>;
  /** Opens a dispute on a posted transaction. A second dispute of the same transaction returns the first. */
  readonly disputeTransaction?: Maybe<Dispute>;
  /** Opens a chat with one of the customer's banks and sends its first message. */
  readonly openConversation?: Maybe<Conversation>;
  /** Adds a message to a chat that is open. */
  readonly sendMessage?: Maybe<Message>;
  /** Locks or unlocks the card of a card account. Without a key, a late retry undoes what was ordered since. */
  readonly setCardLock?: Maybe<Card>;
};


export type MutationAcknowledgeFraudAlertArgs = {
  alertId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationDisputeTransactionArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  reason: DisputeReason;
  transactionId: Scalars['ID']['input'];
};


export type MutationOpenConversationArgs = {
  bankId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  subject: Scalars['String']['input'];
  text: Scalars['String']['input'];
};


export type MutationSendMessageArgs = {
  conversationId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  text: Scalars['String']['input'];
};


export type MutationSetCardLockArgs = {
  accountId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  locked: Scalars['Boolean']['input'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A payment as the bank that carried it shows it in a chat; the wallet owns the same shape. */
export type Payment = {
  readonly __typename?: 'Payment';
  readonly amount?: Maybe<Money>;
  readonly counterparty?: Maybe<Scalars['String']['output']>;
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly note?: Maybe<Scalars['String']['output']>;
  readonly state?: Maybe<PaymentState>;
};

export type PaymentState =
  | 'ACCEPTED'
  | 'COMPLETED'
  | 'REJECTED'
  | 'REQUESTED';

export type PostalAddress = {
  readonly __typename?: 'PostalAddress';
  readonly city: Scalars['String']['output'];
  readonly country: Scalars['String']['output'];
  readonly lines: ReadonlyArray<Scalars['String']['output']>;
  readonly postalCode: Scalars['String']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** One account, by the id that `Customer.accounts` gave. An id that names no account of this customer is null. */
  readonly account?: Maybe<Account>;
};


export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};

export type SealedKind =
  | 'ACCOUNT'
  | 'ALERT'
  | 'CARD'
  | 'CHECKOUT'
  | 'CONVERSATION'
  | 'CURSOR'
  | 'DISPUTE'
  | 'MESSAGE'
  | 'PAYMENT'
  | 'TRANSACTION';

export type Transaction = {
  readonly __typename?: 'Transaction';
  readonly accountReference: Scalars['ID']['output'];
  readonly amount?: Maybe<Money>;
  readonly bookedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly counterparty?: Maybe<Scalars['String']['output']>;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly direction?: Maybe<Direction>;
  readonly id: Scalars['ID']['output'];
  readonly merchant?: Maybe<Merchant>;
  /** The amount in the currency of the purchase, where it differs from the account's. */
  readonly originalAmount?: Maybe<Money>;
  /** The id that this entry had while it was pending. It leads nowhere: that entry is gone. */
  readonly replacesId?: Maybe<Scalars['ID']['output']>;
  /** The ledger balance after this entry; null while pending. */
  readonly runningBalance?: Maybe<Money>;
  readonly status?: Maybe<TransactionStatus>;
};

export type TransactionConnection = {
  readonly __typename?: 'TransactionConnection';
  readonly edges: ReadonlyArray<TransactionEdge>;
  readonly pageInfo: PageInfo;
};

export type TransactionEdge = {
  readonly __typename?: 'TransactionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node?: Maybe<Transaction>;
};

export type TransactionStatus =
  | 'PENDING'
  | 'POSTED';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Account: Account;
  BankConnection: BankConnection;
  CardAccount: CardAccount;
  Customer: Customer;
  DepositAccount: DepositAccount;
  LoanAccount: LoanAccount;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"bankId":true,"reference":true}> );
  BankConnection:
    ( { __typename: 'BankConnection' }
    & GraphQLRecursivePick<FederationTypes['BankConnection'], {"bankId":true,"reference":true}> );
  CardAccount:
    ( { __typename: 'CardAccount' }
    & GraphQLRecursivePick<FederationTypes['CardAccount'], {"bankId":true,"reference":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"ref":true}> );
  DepositAccount:
    ( { __typename: 'DepositAccount' }
    & GraphQLRecursivePick<FederationTypes['DepositAccount'], {"bankId":true,"reference":true}> );
  LoanAccount:
    ( { __typename: 'LoanAccount' }
    & GraphQLRecursivePick<FederationTypes['LoanAccount'], {"bankId":true,"reference":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Account:
    | ( Partial<CardAccount> )
    | ( Partial<DepositAccount> )
    | ( Partial<LoanAccount> )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Account: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Account']>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  AccountHolder: ResolverTypeWrapper<Partial<AccountHolder>>;
  AccountKind: ResolverTypeWrapper<Partial<AccountKind>>;
  AccountStatus: ResolverTypeWrapper<Partial<AccountStatus>>;
  AccountTerms: ResolverTypeWrapper<Partial<AccountTerms>>;
  AlertSeverity: ResolverTypeWrapper<Partial<AlertSeverity>>;
  AlertState: ResolverTypeWrapper<Partial<AlertState>>;
  Balance: ResolverTypeWrapper<Partial<Balance>>;
  BalanceKind: ResolverTypeWrapper<Partial<BalanceKind>>;
  BalanceSource: ResolverTypeWrapper<Partial<BalanceSource>>;
  Bank: ResolverTypeWrapper<Partial<Bank>>;
  BankConnection: ResolverTypeWrapper<Partial<Omit<BankConnection, 'accounts'> & { accounts?: Maybe<ReadonlyArray<ResolversTypes['Account']>> }>>;
  Bill: ResolverTypeWrapper<Partial<Bill>>;
  Card: ResolverTypeWrapper<Partial<Card>>;
  CardAccount: ResolverTypeWrapper<Partial<CardAccount>>;
  CardState: ResolverTypeWrapper<Partial<CardState>>;
  Conversation: ResolverTypeWrapper<Partial<Omit<Conversation, 'messages'> & { messages?: Maybe<ResolversTypes['MessageConnection']> }>>;
  ConversationState: ResolverTypeWrapper<Partial<ConversationState>>;
  CurrencyCode: ResolverTypeWrapper<Partial<Scalars['CurrencyCode']['output']>>;
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'accounts' | 'conversations' | 'fraudAlerts'> & { accounts: ReadonlyArray<ResolversTypes['Account']>, conversations?: Maybe<ReadonlyArray<ResolversTypes['Conversation']>>, fraudAlerts?: Maybe<ReadonlyArray<ResolversTypes['FraudAlert']>> }>>;
  DataCategory: ResolverTypeWrapper<Partial<DataCategory>>;
  Date: ResolverTypeWrapper<Partial<Scalars['Date']['output']>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  Decimal: ResolverTypeWrapper<Partial<Scalars['Decimal']['output']>>;
  DepositAccount: ResolverTypeWrapper<Partial<DepositAccount>>;
  Direction: ResolverTypeWrapper<Partial<Direction>>;
  Dispute: ResolverTypeWrapper<Partial<Dispute>>;
  DisputeReason: ResolverTypeWrapper<Partial<DisputeReason>>;
  DisputeState: ResolverTypeWrapper<Partial<DisputeState>>;
  FraudAlert: ResolverTypeWrapper<Partial<Omit<FraudAlert, 'account'> & { account?: Maybe<ResolversTypes['Account']> }>>;
  LoanAccount: ResolverTypeWrapper<Partial<LoanAccount>>;
  Merchant: ResolverTypeWrapper<Partial<Merchant>>;
  Message: ResolverTypeWrapper<Partial<Omit<Message, 'alert'> & { alert?: Maybe<ResolversTypes['FraudAlert']> }>>;
  MessageAuthor: ResolverTypeWrapper<Partial<MessageAuthor>>;
  MessageConnection: ResolverTypeWrapper<Partial<Omit<MessageConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['MessageEdge']> }>>;
  MessageEdge: ResolverTypeWrapper<Partial<Omit<MessageEdge, 'node'> & { node?: Maybe<ResolversTypes['Message']> }>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Payment: ResolverTypeWrapper<Partial<Payment>>;
  PaymentState: ResolverTypeWrapper<Partial<PaymentState>>;
  PostalAddress: ResolverTypeWrapper<Partial<PostalAddress>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SealedKind: ResolverTypeWrapper<Partial<SealedKind>>;
  Transaction: ResolverTypeWrapper<Partial<Transaction>>;
  TransactionConnection: ResolverTypeWrapper<Partial<TransactionConnection>>;
  TransactionEdge: ResolverTypeWrapper<Partial<TransactionEdge>>;
  TransactionStatus: ResolverTypeWrapper<Partial<TransactionStatus>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: ResolversInterfaceTypes<ResolversParentTypes>['Account'];
  ID: Partial<Scalars['ID']['output']>;
  Int: Partial<Scalars['Int']['output']>;
  AccountHolder: Partial<AccountHolder>;
  AccountTerms: Partial<AccountTerms>;
  Balance: Partial<Balance>;
  Bank: Partial<Bank>;
  BankConnection: Partial<Omit<BankConnection, 'accounts'> & { accounts?: Maybe<ReadonlyArray<ResolversParentTypes['Account']>> } | FederationReferenceTypes['BankConnection']>;
  Bill: Partial<Bill>;
  Card: Partial<Card>;
  CardAccount: Partial<CardAccount | FederationReferenceTypes['CardAccount']>;
  Conversation: Partial<Omit<Conversation, 'messages'> & { messages?: Maybe<ResolversParentTypes['MessageConnection']> }>;
  CurrencyCode: Partial<Scalars['CurrencyCode']['output']>;
  Customer: Partial<Omit<Customer, 'accounts' | 'conversations' | 'fraudAlerts'> & { accounts: ReadonlyArray<ResolversParentTypes['Account']>, conversations?: Maybe<ReadonlyArray<ResolversParentTypes['Conversation']>>, fraudAlerts?: Maybe<ReadonlyArray<ResolversParentTypes['FraudAlert']>> } | FederationReferenceTypes['Customer']>;
  Date: Partial<Scalars['Date']['output']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  Decimal: Partial<Scalars['Decimal']['output']>;
  DepositAccount: Partial<DepositAccount | FederationReferenceTypes['DepositAccount']>;
  Dispute: Partial<Dispute>;
  FraudAlert: Partial<Omit<FraudAlert, 'account'> & { account?: Maybe<ResolversParentTypes['Account']> }>;
  LoanAccount: Partial<LoanAccount | FederationReferenceTypes['LoanAccount']>;
  Merchant: Partial<Merchant>;
  Message: Partial<Omit<Message, 'alert'> & { alert?: Maybe<ResolversParentTypes['FraudAlert']> }>;
  MessageConnection: Partial<Omit<MessageConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['MessageEdge']> }>;
  MessageEdge: Partial<Omit<MessageEdge, 'node'> & { node?: Maybe<ResolversParentTypes['Message']> }>;
  Money: Partial<Money>;
  Mutation: Record<PropertyKey, never>;
  PageInfo: Partial<PageInfo>;
  Payment: Partial<Payment>;
  PostalAddress: Partial<PostalAddress>;
  Query: Record<PropertyKey, never>;
  Transaction: Partial<Transaction>;
  TransactionConnection: Partial<TransactionConnection>;
  TransactionEdge: Partial<TransactionEdge>;
  Boolean: Partial<Scalars['Boolean']['output']>;
  String: Partial<Scalars['String']['output']>;
};

export type DataDirectiveArgs = {
  category: ReadonlyArray<DataCategory>;
  from?: Maybe<ReadonlyArray<DataCategory>>;
  reduced?: Maybe<Scalars['Boolean']['input']>;
};

export type DataDirectiveResolver<Result, Parent, ContextType = unknown, Args = DataDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type DeclassifyDirectiveArgs = {
  approver: Scalars['String']['input'];
  category: ReadonlyArray<DataCategory>;
  reason: Scalars['String']['input'];
};

export type DeclassifyDirectiveResolver<Result, Parent, ContextType = unknown, Args = DeclassifyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type OrderedDirectiveArgs = {
  by: ReadonlyArray<Scalars['String']['input']>;
  descending?: Maybe<Scalars['Boolean']['input']>;
};

export type OrderedDirectiveResolver<Result, Parent, ContextType = unknown, Args = OrderedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RoutesDirectiveArgs = { };

export type RoutesDirectiveResolver<Result, Parent, ContextType = unknown, Args = RoutesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SealedDirectiveArgs = {
  as: SealedKind;
};

export type SealedDirectiveResolver<Result, Parent, ContextType = unknown, Args = SealedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ValueDirectiveArgs = { };

export type ValueDirectiveResolver<Result, Parent, ContextType = unknown, Args = ValueDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveType: TypeResolveFn<'CardAccount' | 'DepositAccount' | 'LoanAccount', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
};

export type AccountHolderResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AccountHolder'] = ResolversParentTypes['AccountHolder']> = {
  address?: Resolver<Maybe<ResolversTypes['PostalAddress']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccountTermsResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AccountTerms'] = ResolversParentTypes['AccountTerms']> = {
  interestRate?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  monthlyFee?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  overdraftLimit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BalanceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Balance'] = ResolversParentTypes['Balance']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['BalanceKind'], ParentType, ContextType>;
  money?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['BalanceSource'], ParentType, ContextType>;
};

export type BankResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Bank'] = ResolversParentTypes['Bank']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type BankConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['BankConnection'] = ResolversParentTypes['BankConnection'], FederationReferenceType extends FederationReferenceTypes['BankConnection'] = FederationReferenceTypes['BankConnection']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BankConnection']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accounts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Account']>>, ParentType, ContextType>;
  bankId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type BillResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Bill'] = ResolversParentTypes['Bill']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  dueOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  payee?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recurring?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CardResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Card'] = ResolversParentTypes['Card']> = {
  accountReference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastFour?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  network?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['CardState']>, ParentType, ContextType>;
};

export type CardAccountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CardAccount'] = ResolversParentTypes['CardAccount'], FederationReferenceType extends FederationReferenceTypes['CardAccount'] = FederationReferenceTypes['CardAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CardAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableBalance?: Resolver<Maybe<ResolversTypes['Balance']>, ParentType, ContextType>;
  balances?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Balance']>>, ParentType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  bankId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  bills?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Bill']>>, ParentType, ContextType>;
  card?: Resolver<Maybe<ResolversTypes['Card']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['AccountHolder']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['AccountKind']>, ParentType, ContextType>;
  maskedNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nickname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AccountStatus']>, ParentType, ContextType>;
  terms?: Resolver<Maybe<ResolversTypes['AccountTerms']>, ParentType, ContextType>;
  transactions?: Resolver<Maybe<ResolversTypes['TransactionConnection']>, ParentType, ContextType, Partial<CardAccountTransactionsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, Partial<ConversationMessagesArgs>>;
  openedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['ConversationState']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  conversations?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Conversation']>>, ParentType, ContextType>;
  fraudAlerts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['FraudAlert']>>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DepositAccountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DepositAccount'] = ResolversParentTypes['DepositAccount'], FederationReferenceType extends FederationReferenceTypes['DepositAccount'] = FederationReferenceTypes['DepositAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DepositAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableBalance?: Resolver<Maybe<ResolversTypes['Balance']>, ParentType, ContextType>;
  balances?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Balance']>>, ParentType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  bankId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  bills?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Bill']>>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['AccountHolder']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['AccountKind']>, ParentType, ContextType>;
  maskedNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nickname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AccountStatus']>, ParentType, ContextType>;
  terms?: Resolver<Maybe<ResolversTypes['AccountTerms']>, ParentType, ContextType>;
  transactions?: Resolver<Maybe<ResolversTypes['TransactionConnection']>, ParentType, ContextType, Partial<DepositAccountTransactionsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DisputeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
  accountReference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  openedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['DisputeReason']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['DisputeState']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
};

export type FraudAlertResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['FraudAlert'] = ResolversParentTypes['FraudAlert']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  accountReference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  raisedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['AlertSeverity']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['AlertState']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
};

export type LoanAccountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['LoanAccount'] = ResolversParentTypes['LoanAccount'], FederationReferenceType extends FederationReferenceTypes['LoanAccount'] = FederationReferenceTypes['LoanAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LoanAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableBalance?: Resolver<Maybe<ResolversTypes['Balance']>, ParentType, ContextType>;
  balances?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Balance']>>, ParentType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  bankId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  bills?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Bill']>>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['AccountHolder']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['AccountKind']>, ParentType, ContextType>;
  maskedNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nextPaymentDue?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  nickname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AccountStatus']>, ParentType, ContextType>;
  terms?: Resolver<Maybe<ResolversTypes['AccountTerms']>, ParentType, ContextType>;
  transactions?: Resolver<Maybe<ResolversTypes['TransactionConnection']>, ParentType, ContextType, Partial<LoanAccountTransactionsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MerchantResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Merchant'] = ResolversParentTypes['Merchant']> = {
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mcc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MessageResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  alert?: Resolver<Maybe<ResolversTypes['FraudAlert']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['MessageAuthor']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
};

export type MessageConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MessageConnection'] = ResolversParentTypes['MessageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MessageEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MessageEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MessageEdge'] = ResolversParentTypes['MessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acknowledgeFraudAlert?: Resolver<Maybe<ResolversTypes['FraudAlert']>, ParentType, ContextType, RequireFields<MutationAcknowledgeFraudAlertArgs, 'alertId'>>;
  disputeTransaction?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<MutationDisputeTransactionArgs, 'reason' | 'transactionId'>>;
  openConversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<MutationOpenConversationArgs, 'bankId' | 'subject' | 'text'>>;
  sendMessage?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType, RequireFields<MutationSendMessageArgs, 'conversationId' | 'text'>>;
  setCardLock?: Resolver<Maybe<ResolversTypes['Card']>, ParentType, ContextType, RequireFields<MutationSetCardLockArgs, 'accountId' | 'locked'>>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  counterparty?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['PaymentState']>, ParentType, ContextType>;
};

export type PostalAddressResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PostalAddress'] = ResolversParentTypes['PostalAddress']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
};

export type TransactionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Transaction'] = ResolversParentTypes['Transaction']> = {
  accountReference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  bookedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  counterparty?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  direction?: Resolver<Maybe<ResolversTypes['Direction']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  merchant?: Resolver<Maybe<ResolversTypes['Merchant']>, ParentType, ContextType>;
  originalAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  replacesId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  runningBalance?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['TransactionStatus']>, ParentType, ContextType>;
};

export type TransactionConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransactionConnection'] = ResolversParentTypes['TransactionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransactionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TransactionEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransactionEdge'] = ResolversParentTypes['TransactionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  Account?: AccountResolvers<ContextType>;
  AccountHolder?: AccountHolderResolvers<ContextType>;
  AccountTerms?: AccountTermsResolvers<ContextType>;
  Balance?: BalanceResolvers<ContextType>;
  Bank?: BankResolvers<ContextType>;
  BankConnection?: BankConnectionResolvers<ContextType>;
  Bill?: BillResolvers<ContextType>;
  Card?: CardResolvers<ContextType>;
  CardAccount?: CardAccountResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DepositAccount?: DepositAccountResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  FraudAlert?: FraudAlertResolvers<ContextType>;
  LoanAccount?: LoanAccountResolvers<ContextType>;
  Merchant?: MerchantResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Transaction?: TransactionResolvers<ContextType>;
  TransactionConnection?: TransactionConnectionResolvers<ContextType>;
  TransactionEdge?: TransactionEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = unknown> = {
  data?: DataDirectiveResolver<any, any, ContextType>;
  declassify?: DeclassifyDirectiveResolver<any, any, ContextType>;
  ordered?: OrderedDirectiveResolver<any, any, ContextType>;
  routes?: RoutesDirectiveResolver<any, any, ContextType>;
  sealed?: SealedDirectiveResolver<any, any, ContextType>;
  value?: ValueDirectiveResolver<any, any, ContextType>;
};
