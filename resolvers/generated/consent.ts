import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, RFC 3339. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** A consent as an auditor sees it: the pseudonym is new for each bank and quarter. */
export type AuditedConsent = {
  readonly __typename?: 'AuditedConsent';
  readonly bank?: Maybe<Scalars['String']['output']>;
  readonly categories?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly pseudonym: Scalars['ID']['output'];
  readonly purpose?: Maybe<Scalars['String']['output']>;
  readonly quarter?: Maybe<Scalars['String']['output']>;
  readonly state?: Maybe<ConsentState>;
};

export type AuditedConsentConnection = {
  readonly __typename?: 'AuditedConsentConnection';
  readonly edges: ReadonlyArray<AuditedConsentEdge>;
  readonly pageInfo: PageInfo;
};

export type AuditedConsentEdge = {
  readonly __typename?: 'AuditedConsentEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node?: Maybe<AuditedConsent>;
};

/** Releases and refusals that agree in every field below, counted. */
export type AuditedReceipt = {
  readonly __typename?: 'AuditedReceipt';
  readonly bank?: Maybe<Scalars['String']['output']>;
  readonly categories?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly client?: Maybe<Scalars['String']['output']>;
  readonly count?: Maybe<CountBucket>;
  readonly decision?: Maybe<ReceiptDecision>;
  readonly pseudonym: Scalars['ID']['output'];
  readonly purpose?: Maybe<Scalars['String']['output']>;
  readonly quarter?: Maybe<Scalars['String']['output']>;
};

export type AuditedReceiptConnection = {
  readonly __typename?: 'AuditedReceiptConnection';
  readonly edges: ReadonlyArray<AuditedReceiptEdge>;
  readonly pageInfo: PageInfo;
};

export type AuditedReceiptEdge = {
  readonly __typename?: 'AuditedReceiptEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node?: Maybe<AuditedReceipt>;
};

export type Bank = {
  readonly __typename?: 'Bank';
  readonly id: Scalars['ID']['output'];
};

export type BankConnection = {
  readonly __typename?: 'BankConnection';
  readonly bank?: Maybe<Bank>;
  readonly bankId: Scalars['ID']['output'];
  readonly id: Scalars['ID']['output'];
  readonly linkedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly reference: Scalars['ID']['output'];
  readonly status?: Maybe<ConnectionStatus>;
};

export type ConnectionStatus =
  | 'CONNECTED'
  | 'REAUTH_REQUIRED';

export type Consent = {
  readonly __typename?: 'Consent';
  readonly accountIds?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  readonly bank?: Maybe<Bank>;
  readonly categories?: Maybe<ReadonlyArray<ConsentCategory>>;
  /** The days asked for, where TIME_BOUND. */
  readonly days?: Maybe<Scalars['Int']['output']>;
  /**
   * What the customer is shown, beside the bank's name, before they grant; the consent keeps its hash and version. Null
   * for a wording that is out of use.
   */
  readonly disclosure?: Maybe<Scalars['String']['output']>;
  readonly duration?: Maybe<ConsentDuration>;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly grantedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** Days of history that may be read; null without a limit of the customer's own. */
  readonly lookbackDays?: Maybe<Scalars['Int']['output']>;
  readonly purpose?: Maybe<ConsentPurpose>;
  /** When the customer must confirm again, where the bank's region asks for it. */
  readonly reconfirmBy?: Maybe<Scalars['DateTime']['output']>;
  readonly state?: Maybe<ConsentState>;
  readonly stateReason?: Maybe<Scalars['String']['output']>;
  readonly version?: Maybe<Scalars['Int']['output']>;
};

/** A category that a consent can cover. */
export type ConsentCategory =
  | 'ACCOUNT_IDENTITY'
  | 'AVAILABLE_BALANCE'
  | 'BALANCE'
  | 'BILLS'
  | 'CONVERSATION'
  | 'FRAUD_SIGNAL'
  | 'HOLDER_PII'
  | 'PAYMENT_ACTIVITY'
  | 'PAYMENT_CREDENTIAL'
  | 'RELATIONSHIP'
  | 'TERMS'
  | 'TRANSACTION_CORE'
  | 'TRANSACTION_DETAIL';

/** How long a consent is asked for. It never outlasts 365 days, nor what the bank allows. */
export type ConsentDuration =
  /** For one occasion: it ends after a day. */
  | 'ONE_TIME'
  /** As long as a consent may last. */
  | 'PERSISTENT'
  /** For the number of days that is stated. */
  | 'TIME_BOUND';

/** A purpose that a customer can consent to. The other purposes have no value here, so no such consent can be said. */
export type ConsentPurpose =
  | 'ACCOUNT_SERVICING'
  | 'FRAUD_ALERTS'
  | 'MERCHANT_CHECKOUT'
  | 'P2P_PAYMENT'
  | 'SUPPORT_CHAT';

export type ConsentState =
  | 'ACTIVE'
  | 'AWAITING_BANK'
  | 'DRAFT'
  | 'EXPIRED'
  | 'REJECTED'
  | 'REVOKED'
  | 'SUPERSEDED'
  | 'SUSPENDED';

export type CountBucket =
  | 'HUNDRED_OR_MORE'
  | 'ONE_TO_NINE'
  | 'TEN_TO_NINETY_NINE';

export type Customer = {
  readonly __typename?: 'Customer';
  /** Banks that consent for this purpose connects the customer to. */
  readonly connections?: Maybe<ReadonlyArray<BankConnection>>;
  /** The customer's consents: all of them under CONSENT_MANAGEMENT, else those of this client and purpose. */
  readonly consents?: Maybe<ReadonlyArray<Consent>>;
  /** What was released or refused, newest first; 25 unless `first` says otherwise, 1000 at most. */
  readonly receipts?: Maybe<ReceiptConnection>;
  readonly ref: Scalars['ID']['output'];
};


export type CustomerReceiptsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Grants a consent at one bank. Without `accountIds` it waits for the bank: the customer picks accounts from
   * `me { accounts }` within 15 minutes and calls again with the same scope and the accounts. A scope that differs
   * from that of a consent in effect supersedes it in one step. The same scope, term, history and accounts again
   * confirm the consent in effect, which goes on under its id: so a consent past `reconfirmBy` resumes.
   */
  readonly grantConsent?: Maybe<Consent>;
  /**
   * Revokes a consent at once. Revoking twice is revoking once, with a key or without: nothing but the first call has an
   * effect. A key is refused, with an error, where it was used for another consent or for a grant; then nothing was revoked.
   */
  readonly revokeConsent?: Maybe<Consent>;
};


export type MutationGrantConsentArgs = {
  accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  bankId: Scalars['ID']['input'];
  categories: ReadonlyArray<ConsentCategory>;
  days?: InputMaybe<Scalars['Int']['input']>;
  duration?: InputMaybe<ConsentDuration>;
  idempotencyKey: Scalars['String']['input'];
  lookbackDays?: InputMaybe<Scalars['Int']['input']>;
  purpose: ConsentPurpose;
};


export type MutationRevokeConsentArgs = {
  consentId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** Consents under pseudonyms, for auditors. */
  readonly auditedConsents?: Maybe<AuditedConsentConnection>;
  /** Releases and refusals under pseudonyms, for auditors. */
  readonly auditedReceipts?: Maybe<AuditedReceiptConnection>;
};


export type QueryAuditedConsentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryAuditedReceiptsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Receipt = {
  readonly __typename?: 'Receipt';
  readonly at?: Maybe<Scalars['DateTime']['output']>;
  readonly bank?: Maybe<Bank>;
  readonly categories?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly client?: Maybe<Scalars['String']['output']>;
  readonly decision?: Maybe<ReceiptDecision>;
  readonly id: Scalars['ID']['output'];
  readonly purpose?: Maybe<Scalars['String']['output']>;
};

export type ReceiptConnection = {
  readonly __typename?: 'ReceiptConnection';
  readonly edges: ReadonlyArray<ReceiptEdge>;
  readonly pageInfo: PageInfo;
};

export type ReceiptDecision =
  | 'REFUSED'
  | 'RELEASED'
  /** A bank was asked, and nothing that it answered was used. */
  | 'REQUESTED'
  /** A bank released values, and they were discarded because the consent had changed meanwhile. */
  | 'REVOKED_IN_FLIGHT';

export type ReceiptEdge = {
  readonly __typename?: 'ReceiptEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node?: Maybe<Receipt>;
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
  BankConnection: BankConnection;
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  BankConnection:
    ( { __typename: 'BankConnection' }
    & GraphQLRecursivePick<FederationTypes['BankConnection'], {"bankId":true,"reference":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"ref":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AuditedConsent: ResolverTypeWrapper<Partial<AuditedConsent>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  AuditedConsentConnection: ResolverTypeWrapper<Partial<AuditedConsentConnection>>;
  AuditedConsentEdge: ResolverTypeWrapper<Partial<AuditedConsentEdge>>;
  AuditedReceipt: ResolverTypeWrapper<Partial<AuditedReceipt>>;
  AuditedReceiptConnection: ResolverTypeWrapper<Partial<AuditedReceiptConnection>>;
  AuditedReceiptEdge: ResolverTypeWrapper<Partial<AuditedReceiptEdge>>;
  Bank: ResolverTypeWrapper<Partial<Bank>>;
  BankConnection: ResolverTypeWrapper<Partial<BankConnection>>;
  ConnectionStatus: ResolverTypeWrapper<Partial<ConnectionStatus>>;
  Consent: ResolverTypeWrapper<Partial<Consent>>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  ConsentCategory: ResolverTypeWrapper<Partial<ConsentCategory>>;
  ConsentDuration: ResolverTypeWrapper<Partial<ConsentDuration>>;
  ConsentPurpose: ResolverTypeWrapper<Partial<ConsentPurpose>>;
  ConsentState: ResolverTypeWrapper<Partial<ConsentState>>;
  CountBucket: ResolverTypeWrapper<Partial<CountBucket>>;
  Customer: ResolverTypeWrapper<Partial<Customer>>;
  DataCategory: ResolverTypeWrapper<Partial<DataCategory>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receipt: ResolverTypeWrapper<Partial<Receipt>>;
  ReceiptConnection: ResolverTypeWrapper<Partial<ReceiptConnection>>;
  ReceiptDecision: ResolverTypeWrapper<Partial<ReceiptDecision>>;
  ReceiptEdge: ResolverTypeWrapper<Partial<ReceiptEdge>>;
  SealedKind: ResolverTypeWrapper<Partial<SealedKind>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AuditedConsent: Partial<AuditedConsent>;
  ID: Partial<Scalars['ID']['output']>;
  AuditedConsentConnection: Partial<AuditedConsentConnection>;
  AuditedConsentEdge: Partial<AuditedConsentEdge>;
  AuditedReceipt: Partial<AuditedReceipt>;
  AuditedReceiptConnection: Partial<AuditedReceiptConnection>;
  AuditedReceiptEdge: Partial<AuditedReceiptEdge>;
  Bank: Partial<Bank>;
  BankConnection: Partial<BankConnection | FederationReferenceTypes['BankConnection']>;
  Consent: Partial<Consent>;
  Int: Partial<Scalars['Int']['output']>;
  Customer: Partial<Customer | FederationReferenceTypes['Customer']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  Mutation: Record<PropertyKey, never>;
  PageInfo: Partial<PageInfo>;
  Query: Record<PropertyKey, never>;
  Receipt: Partial<Receipt>;
  ReceiptConnection: Partial<ReceiptConnection>;
  ReceiptEdge: Partial<ReceiptEdge>;
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

export type AuditedConsentResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditedConsent'] = ResolversParentTypes['AuditedConsent']> = {
  bank?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  pseudonym?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quarter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['ConsentState']>, ParentType, ContextType>;
};

export type AuditedConsentConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditedConsentConnection'] = ResolversParentTypes['AuditedConsentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditedConsentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditedConsentEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditedConsentEdge'] = ResolversParentTypes['AuditedConsentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['AuditedConsent']>, ParentType, ContextType>;
};

export type AuditedReceiptResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditedReceipt'] = ResolversParentTypes['AuditedReceipt']> = {
  bank?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  client?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['CountBucket']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['ReceiptDecision']>, ParentType, ContextType>;
  pseudonym?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quarter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditedReceiptConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditedReceiptConnection'] = ResolversParentTypes['AuditedReceiptConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditedReceiptEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditedReceiptEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditedReceiptEdge'] = ResolversParentTypes['AuditedReceiptEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['AuditedReceipt']>, ParentType, ContextType>;
};

export type BankResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Bank'] = ResolversParentTypes['Bank']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type BankConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['BankConnection'] = ResolversParentTypes['BankConnection'], FederationReferenceType extends FederationReferenceTypes['BankConnection'] = FederationReferenceTypes['BankConnection']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BankConnection']> | FederationReferenceType, FederationReferenceType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  bankId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  linkedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
};

export type ConsentResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent']> = {
  accountIds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ConsentCategory']>>, ParentType, ContextType>;
  days?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  disclosure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  duration?: Resolver<Maybe<ResolversTypes['ConsentDuration']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  grantedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lookbackDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['ConsentPurpose']>, ParentType, ContextType>;
  reconfirmBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['ConsentState']>, ParentType, ContextType>;
  stateReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  connections?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BankConnection']>>, ParentType, ContextType>;
  consents?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Consent']>>, ParentType, ContextType>;
  receipts?: Resolver<Maybe<ResolversTypes['ReceiptConnection']>, ParentType, ContextType, Partial<CustomerReceiptsArgs>>;
  ref?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  grantConsent?: Resolver<Maybe<ResolversTypes['Consent']>, ParentType, ContextType, RequireFields<MutationGrantConsentArgs, 'bankId' | 'categories' | 'idempotencyKey' | 'purpose'>>;
  revokeConsent?: Resolver<Maybe<ResolversTypes['Consent']>, ParentType, ContextType, RequireFields<MutationRevokeConsentArgs, 'consentId'>>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditedConsents?: Resolver<Maybe<ResolversTypes['AuditedConsentConnection']>, ParentType, ContextType, Partial<QueryAuditedConsentsArgs>>;
  auditedReceipts?: Resolver<Maybe<ResolversTypes['AuditedReceiptConnection']>, ParentType, ContextType, Partial<QueryAuditedReceiptsArgs>>;
};

export type ReceiptResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  client?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['ReceiptDecision']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReceiptConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReceiptConnection'] = ResolversParentTypes['ReceiptConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReceiptEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReceiptEdge'] = ResolversParentTypes['ReceiptEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  AuditedConsent?: AuditedConsentResolvers<ContextType>;
  AuditedConsentConnection?: AuditedConsentConnectionResolvers<ContextType>;
  AuditedConsentEdge?: AuditedConsentEdgeResolvers<ContextType>;
  AuditedReceipt?: AuditedReceiptResolvers<ContextType>;
  AuditedReceiptConnection?: AuditedReceiptConnectionResolvers<ContextType>;
  AuditedReceiptEdge?: AuditedReceiptEdgeResolvers<ContextType>;
  Bank?: BankResolvers<ContextType>;
  BankConnection?: BankConnectionResolvers<ContextType>;
  Consent?: ConsentResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  ReceiptConnection?: ReceiptConnectionResolvers<ContextType>;
  ReceiptEdge?: ReceiptEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = unknown> = {
  data?: DataDirectiveResolver<any, any, ContextType>;
  declassify?: DeclassifyDirectiveResolver<any, any, ContextType>;
  ordered?: OrderedDirectiveResolver<any, any, ContextType>;
  routes?: RoutesDirectiveResolver<any, any, ContextType>;
  sealed?: SealedDirectiveResolver<any, any, ContextType>;
  value?: ValueDirectiveResolver<any, any, ContextType>;
};
