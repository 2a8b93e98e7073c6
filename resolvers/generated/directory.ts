import type { GraphQLResolveInfo } from 'graphql';
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
  _FieldSet: { input: string; output: string; }
};

export type Bank = {
  readonly __typename?: 'Bank';
  readonly id: Scalars['ID']['output'];
  readonly name?: Maybe<Scalars['String']['output']>;
};

export type Customer = {
  readonly __typename?: 'Customer';
  /** The ads system's own id for the customer. */
  readonly adId: Scalars['ID']['output'];
  readonly displayName?: Maybe<Scalars['String']['output']>;
  /** Pairwise: another client sees another id for the same customer. */
  readonly id: Scalars['ID']['output'];
  readonly locale?: Maybe<Scalars['String']['output']>;
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

export type Query = {
  readonly __typename?: 'Query';
  /** A publicly live bank. Any other id is null. */
  readonly bank?: Maybe<Bank>;
  /** The publicly live banks, by name. */
  readonly banks: ReadonlyArray<Bank>;
  /** The customer that the token speaks for; null for principals that speak for none. */
  readonly me?: Maybe<Customer>;
};


export type QueryBankArgs = {
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
  Bank: Bank;
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Bank:
    ( { __typename: 'Bank' }
    & GraphQLRecursivePick<FederationTypes['Bank'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & ( GraphQLRecursivePick<FederationTypes['Customer'], {"ref":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"adId":true}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Bank: ResolverTypeWrapper<Partial<Bank>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  Customer: ResolverTypeWrapper<Partial<Customer>>;
  DataCategory: ResolverTypeWrapper<Partial<DataCategory>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SealedKind: ResolverTypeWrapper<Partial<SealedKind>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Bank: Partial<Bank | FederationReferenceTypes['Bank']>;
  ID: Partial<Scalars['ID']['output']>;
  Customer: Partial<Customer | FederationReferenceTypes['Customer']>;
  Query: Record<PropertyKey, never>;
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

export type BankResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Bank'] = ResolversParentTypes['Bank'], FederationReferenceType extends FederationReferenceTypes['Bank'] = FederationReferenceTypes['Bank']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Bank']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  adId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  bank?: Resolver<Maybe<ResolversTypes['Bank']>, ParentType, ContextType, RequireFields<QueryBankArgs, 'id'>>;
  banks?: Resolver<ReadonlyArray<ResolversTypes['Bank']>, ParentType, ContextType>;
  me?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  Bank?: BankResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
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
