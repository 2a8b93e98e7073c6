import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

export type MerchantOffer = {
  readonly __typename?: 'MerchantOffer';
  readonly id: Scalars['ID']['output'];
  readonly merchant?: Maybe<Scalars['String']['output']>;
  readonly text?: Maybe<Scalars['String']['output']>;
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
};

export type MerchantOfferConnection = {
  readonly __typename?: 'MerchantOfferConnection';
  readonly edges: ReadonlyArray<MerchantOfferEdge>;
  readonly pageInfo: PageInfo;
};

export type MerchantOfferEdge = {
  readonly __typename?: 'MerchantOfferEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: MerchantOffer;
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
  /** Offers, 25 a page unless `first` says otherwise, 1000 at most. */
  readonly merchantOffers: MerchantOfferConnection;
};


export type QueryMerchantOffersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DataCategory: ResolverTypeWrapper<Partial<DataCategory>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  MerchantOffer: ResolverTypeWrapper<Partial<MerchantOffer>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  MerchantOfferConnection: ResolverTypeWrapper<Partial<MerchantOfferConnection>>;
  MerchantOfferEdge: ResolverTypeWrapper<Partial<MerchantOfferEdge>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  SealedKind: ResolverTypeWrapper<Partial<SealedKind>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Partial<Scalars['DateTime']['output']>;
  MerchantOffer: Partial<MerchantOffer>;
  ID: Partial<Scalars['ID']['output']>;
  MerchantOfferConnection: Partial<MerchantOfferConnection>;
  MerchantOfferEdge: Partial<MerchantOfferEdge>;
  PageInfo: Partial<PageInfo>;
  Query: Record<PropertyKey, never>;
  Int: Partial<Scalars['Int']['output']>;
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

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MerchantOfferResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MerchantOffer'] = ResolversParentTypes['MerchantOffer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  merchant?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type MerchantOfferConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MerchantOfferConnection'] = ResolversParentTypes['MerchantOfferConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MerchantOfferEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MerchantOfferEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MerchantOfferEdge'] = ResolversParentTypes['MerchantOfferEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MerchantOffer'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  merchantOffers?: Resolver<ResolversTypes['MerchantOfferConnection'], ParentType, ContextType, Partial<QueryMerchantOffersArgs>>;
};

export type Resolvers<ContextType = unknown> = {
  DateTime?: GraphQLScalarType;
  MerchantOffer?: MerchantOfferResolvers<ContextType>;
  MerchantOfferConnection?: MerchantOfferConnectionResolvers<ContextType>;
  MerchantOfferEdge?: MerchantOfferEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = unknown> = {
  data?: DataDirectiveResolver<any, any, ContextType>;
  declassify?: DeclassifyDirectiveResolver<any, any, ContextType>;
  ordered?: OrderedDirectiveResolver<any, any, ContextType>;
  routes?: RoutesDirectiveResolver<any, any, ContextType>;
  sealed?: SealedDirectiveResolver<any, any, ContextType>;
  value?: ValueDirectiveResolver<any, any, ContextType>;
};
