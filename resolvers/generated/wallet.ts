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
  CurrencyCode: { input: string; output: string; }
  /** An instant, RFC 3339. */
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

export type Checkout = {
  readonly __typename?: 'Checkout';
  readonly id: Scalars['ID']['output'];
  readonly merchant?: Maybe<Scalars['String']['output']>;
  /** What was paid, once it was. */
  readonly payment?: Maybe<Payment>;
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly state?: Maybe<CheckoutState>;
};

export type CheckoutState =
  | 'ABANDONED'
  | 'PAID'
  | 'STARTED';

export type Customer = {
  readonly __typename?: 'Customer';
  /** Checkouts at retailers, newest first. */
  readonly checkouts?: Maybe<ReadonlyArray<Checkout>>;
  /** Payments made and asked for, newest first. */
  readonly payments?: Maybe<ReadonlyArray<Payment>>;
  /** How the wallet knows the customer: a reference of its own. */
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

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Decimal']['output'];
  readonly currency: Scalars['CurrencyCode']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Asks somebody for money. */
  readonly requestPayment?: Maybe<Payment>;
  /** Sends money. A retry with the same key and body is the same payment; with another body it is refused. */
  readonly sendPayment?: Maybe<Payment>;
  /** Pays a listed retailer with the linked card. */
  readonly startCheckout?: Maybe<Checkout>;
};


export type MutationRequestPaymentArgs = {
  amount: Scalars['Decimal']['input'];
  currency: Scalars['CurrencyCode']['input'];
  idempotencyKey: Scalars['String']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  payer: Scalars['String']['input'];
};


export type MutationSendPaymentArgs = {
  amount: Scalars['Decimal']['input'];
  credential?: InputMaybe<Scalars['String']['input']>;
  currency: Scalars['CurrencyCode']['input'];
  idempotencyKey: Scalars['String']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  recipient: Scalars['String']['input'];
};


export type MutationStartCheckoutArgs = {
  amount: Scalars['Decimal']['input'];
  credential?: InputMaybe<Scalars['String']['input']>;
  currency: Scalars['CurrencyCode']['input'];
  idempotencyKey: Scalars['String']['input'];
  merchant: Scalars['String']['input'];
};

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
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"ref":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Checkout: ResolverTypeWrapper<Partial<Checkout>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  CheckoutState: ResolverTypeWrapper<Partial<CheckoutState>>;
  CurrencyCode: ResolverTypeWrapper<Partial<Scalars['CurrencyCode']['output']>>;
  Customer: ResolverTypeWrapper<Partial<Customer>>;
  DataCategory: ResolverTypeWrapper<Partial<DataCategory>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  Decimal: ResolverTypeWrapper<Partial<Scalars['Decimal']['output']>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Payment: ResolverTypeWrapper<Partial<Payment>>;
  PaymentState: ResolverTypeWrapper<Partial<PaymentState>>;
  SealedKind: ResolverTypeWrapper<Partial<SealedKind>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Checkout: Partial<Checkout>;
  ID: Partial<Scalars['ID']['output']>;
  CurrencyCode: Partial<Scalars['CurrencyCode']['output']>;
  Customer: Partial<Customer | FederationReferenceTypes['Customer']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  Decimal: Partial<Scalars['Decimal']['output']>;
  Money: Partial<Money>;
  Mutation: Record<PropertyKey, never>;
  Payment: Partial<Payment>;
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

export type CheckoutResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Checkout'] = ResolversParentTypes['Checkout']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  merchant?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['CheckoutState']>, ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  checkouts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Checkout']>>, ParentType, ContextType>;
  payments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Payment']>>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type MoneyResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  requestPayment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<MutationRequestPaymentArgs, 'amount' | 'currency' | 'idempotencyKey' | 'payer'>>;
  sendPayment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<MutationSendPaymentArgs, 'amount' | 'currency' | 'idempotencyKey' | 'recipient'>>;
  startCheckout?: Resolver<Maybe<ResolversTypes['Checkout']>, ParentType, ContextType, RequireFields<MutationStartCheckoutArgs, 'amount' | 'currency' | 'idempotencyKey' | 'merchant'>>;
};

export type PaymentResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  counterparty?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['PaymentState']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  Checkout?: CheckoutResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = unknown> = {
  data?: DataDirectiveResolver<any, any, ContextType>;
  declassify?: DeclassifyDirectiveResolver<any, any, ContextType>;
  ordered?: OrderedDirectiveResolver<any, any, ContextType>;
  routes?: RoutesDirectiveResolver<any, any, ContextType>;
  sealed?: SealedDirectiveResolver<any, any, ContextType>;
  value?: ValueDirectiveResolver<any, any, ContextType>;
};
