import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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
  /** An alphabetic currency code of ISO 4217. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day, RFC 3339 full-date. */
  Date: { input: string; output: string; }
  /** An instant, RFC 3339. */
  DateTime: { input: string; output: string; }
  /** A decimal number as a string, with the digits that its currency has (ISO 4217): never a binary float. */
  Decimal: { input: string; output: string; }
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

export type AlertSeverity =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM';

export type AlertState =
  | 'ACKNOWLEDGED'
  | 'CLOSED'
  | 'OPEN';

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

export type CardState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'LOCKED';

export type CheckoutState =
  | 'ABANDONED'
  | 'PAID'
  | 'STARTED';

export type ConnectionStatus =
  | 'CONNECTED'
  | 'REAUTH_REQUIRED';

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

export type ConversationState =
  | 'CLOSED'
  | 'OPEN';

export type CountBucket =
  | 'HUNDRED_OR_MORE'
  | 'ONE_TO_NINE'
  | 'TEN_TO_NINETY_NINE';

export type Direction =
  | 'CREDIT'
  | 'DEBIT';

export type DisputeReason =
  | 'DUPLICATE'
  | 'NOT_RECEIVED'
  | 'NOT_RECOGNISED'
  | 'WRONG_AMOUNT';

export type DisputeState =
  | 'OPEN'
  | 'RESOLVED'
  | 'UNDER_REVIEW';

export type MessageAuthor =
  | 'BANK'
  | 'CUSTOMER';

export type PaymentState =
  | 'ACCEPTED'
  | 'COMPLETED'
  | 'REJECTED'
  | 'REQUESTED';

export type ReceiptDecision =
  | 'REFUSED'
  | 'RELEASED'
  /** A bank was asked, and nothing that it answered was used. */
  | 'REQUESTED'
  /** A bank released values, and they were discarded because the consent had changed meanwhile. */
  | 'REVOKED_IN_FLIGHT';

export type TransactionStatus =
  | 'PENDING'
  | 'POSTED';

export type AccountActivityQueryVariables = Exact<{
  accountId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type AccountActivityQuery = { readonly account?:
    | { readonly id: string, readonly nickname?: string | null, readonly currency?: string | null, readonly transactions?: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node?: { readonly id: string, readonly status?: TransactionStatus | null, readonly direction?: Direction | null, readonly bookedAt?: string | null, readonly description?: string | null, readonly replacesId?: string | null, readonly amount?: { readonly amount: string, readonly currency: string } | null, readonly merchant?: { readonly name: string, readonly mcc?: string | null, readonly city?: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } | null }
    | { readonly id: string, readonly nickname?: string | null, readonly currency?: string | null, readonly transactions?: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node?: { readonly id: string, readonly status?: TransactionStatus | null, readonly direction?: Direction | null, readonly bookedAt?: string | null, readonly description?: string | null, readonly replacesId?: string | null, readonly amount?: { readonly amount: string, readonly currency: string } | null, readonly merchant?: { readonly name: string, readonly mcc?: string | null, readonly city?: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } | null }
    | { readonly id: string, readonly nickname?: string | null, readonly currency?: string | null, readonly transactions?: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node?: { readonly id: string, readonly status?: TransactionStatus | null, readonly direction?: Direction | null, readonly bookedAt?: string | null, readonly description?: string | null, readonly replacesId?: string | null, readonly amount?: { readonly amount: string, readonly currency: string } | null, readonly merchant?: { readonly name: string, readonly mcc?: string | null, readonly city?: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } | null }
   | null };

export type AccountDetailsQueryVariables = Exact<{
  accountId: Scalars['ID']['input'];
}>;


export type AccountDetailsQuery = { readonly account?:
    | { readonly id: string, readonly kind?: AccountKind | null, readonly product?: string | null, readonly status?: AccountStatus | null, readonly card?: { readonly lastFour?: string | null, readonly network?: string | null, readonly state?: CardState | null, readonly expiresOn?: string | null } | null, readonly holder?: { readonly name: string, readonly email?: string | null } | null, readonly terms?: { readonly interestRate?: string | null, readonly summary?: string | null, readonly monthlyFee?: { readonly amount: string, readonly currency: string } | null } | null, readonly bills?: ReadonlyArray<{ readonly payee: string, readonly dueOn: string, readonly recurring: boolean, readonly amount: { readonly amount: string, readonly currency: string } }> | null }
    | { readonly id: string, readonly kind?: AccountKind | null, readonly product?: string | null, readonly status?: AccountStatus | null, readonly holder?: { readonly name: string, readonly email?: string | null } | null, readonly terms?: { readonly interestRate?: string | null, readonly summary?: string | null, readonly monthlyFee?: { readonly amount: string, readonly currency: string } | null } | null, readonly bills?: ReadonlyArray<{ readonly payee: string, readonly dueOn: string, readonly recurring: boolean, readonly amount: { readonly amount: string, readonly currency: string } }> | null }
    | { readonly nextPaymentDue?: string | null, readonly id: string, readonly kind?: AccountKind | null, readonly product?: string | null, readonly status?: AccountStatus | null, readonly holder?: { readonly name: string, readonly email?: string | null } | null, readonly terms?: { readonly interestRate?: string | null, readonly summary?: string | null, readonly monthlyFee?: { readonly amount: string, readonly currency: string } | null } | null, readonly bills?: ReadonlyArray<{ readonly payee: string, readonly dueOn: string, readonly recurring: boolean, readonly amount: { readonly amount: string, readonly currency: string } }> | null }
   | null };

export type AccountsOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsOverviewQuery = { readonly me?: { readonly displayName?: string | null, readonly accounts: ReadonlyArray<
      | { readonly id: string, readonly kind?: AccountKind | null, readonly nickname?: string | null, readonly maskedNumber?: string | null, readonly bank?: { readonly name?: string | null } | null, readonly availableBalance?: { readonly asOf: string, readonly source: BalanceSource, readonly money: { readonly amount: string, readonly currency: string } } | null }
      | { readonly id: string, readonly kind?: AccountKind | null, readonly nickname?: string | null, readonly maskedNumber?: string | null, readonly bank?: { readonly name?: string | null } | null, readonly availableBalance?: { readonly asOf: string, readonly source: BalanceSource, readonly money: { readonly amount: string, readonly currency: string } } | null }
      | { readonly id: string, readonly kind?: AccountKind | null, readonly nickname?: string | null, readonly maskedNumber?: string | null, readonly bank?: { readonly name?: string | null } | null, readonly availableBalance?: { readonly asOf: string, readonly source: BalanceSource, readonly money: { readonly amount: string, readonly currency: string } } | null }
    > } | null };

export type AcknowledgeAlertMutationVariables = Exact<{
  alertId: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
}>;


export type AcknowledgeAlertMutation = { readonly acknowledgeFraudAlert?: { readonly id: string, readonly state?: AlertState | null } | null };

export type CheckoutsQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckoutsQuery = { readonly me?: { readonly checkouts?: ReadonlyArray<{ readonly id: string, readonly merchant?: string | null, readonly state?: CheckoutState | null, readonly startedAt?: string | null, readonly payment?: { readonly id: string, readonly state?: PaymentState | null, readonly amount?: { readonly amount: string, readonly currency: string } | null } | null }> | null } | null };

export type ConnectedBanksQueryVariables = Exact<{ [key: string]: never; }>;


export type ConnectedBanksQuery = { readonly me?: { readonly connections?: ReadonlyArray<{ readonly id: string, readonly status?: ConnectionStatus | null, readonly linkedAt?: string | null, readonly bank?: { readonly id: string, readonly name?: string | null } | null, readonly accounts?: ReadonlyArray<
        | { readonly id: string, readonly kind?: AccountKind | null, readonly nickname?: string | null, readonly balances?: ReadonlyArray<{ readonly kind: BalanceKind, readonly asOf: string, readonly source: BalanceSource, readonly money: { readonly amount: string, readonly currency: string } }> | null }
        | { readonly id: string, readonly kind?: AccountKind | null, readonly nickname?: string | null, readonly balances?: ReadonlyArray<{ readonly kind: BalanceKind, readonly asOf: string, readonly source: BalanceSource, readonly money: { readonly amount: string, readonly currency: string } }> | null }
        | { readonly id: string, readonly kind?: AccountKind | null, readonly nickname?: string | null, readonly balances?: ReadonlyArray<{ readonly kind: BalanceKind, readonly asOf: string, readonly source: BalanceSource, readonly money: { readonly amount: string, readonly currency: string } }> | null }
      > | null }> | null } | null };

export type ConsentsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ConsentsQuery = { readonly me?: { readonly consents?: ReadonlyArray<{ readonly id: string, readonly state?: ConsentState | null, readonly purpose?: ConsentPurpose | null, readonly categories?: ReadonlyArray<ConsentCategory> | null, readonly accountIds?: ReadonlyArray<string> | null, readonly expiresAt?: string | null, readonly reconfirmBy?: string | null, readonly disclosure?: string | null, readonly bank?: { readonly id: string } | null }> | null, readonly receipts?: { readonly edges: ReadonlyArray<{ readonly node?: { readonly id: string, readonly at?: string | null, readonly purpose?: string | null, readonly client?: string | null, readonly categories?: ReadonlyArray<string> | null, readonly decision?: ReceiptDecision | null, readonly bank?: { readonly id: string } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } | null } | null };

export type ConversationsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ConversationsQuery = { readonly me?: { readonly conversations?: ReadonlyArray<{ readonly id: string, readonly subject?: string | null, readonly state?: ConversationState | null, readonly bank?: { readonly id: string, readonly name?: string | null } | null, readonly messages?: { readonly edges: ReadonlyArray<{ readonly node?: { readonly id: string, readonly sentAt?: string | null, readonly author?: MessageAuthor | null, readonly text?: string | null, readonly transaction?: { readonly id: string, readonly description?: string | null, readonly amount?: { readonly amount: string, readonly currency: string } | null } | null, readonly payment?: { readonly id: string, readonly state?: PaymentState | null } | null, readonly alert?: { readonly id: string, readonly severity?: AlertSeverity | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } | null }> | null } | null };

export type FraudAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type FraudAlertsQuery = { readonly me?: { readonly fraudAlerts?: ReadonlyArray<{ readonly id: string, readonly raisedAt?: string | null, readonly severity?: AlertSeverity | null, readonly state?: AlertState | null, readonly account?:
        | { readonly id: string, readonly nickname?: string | null, readonly bank?: { readonly name?: string | null } | null }
        | { readonly id: string, readonly nickname?: string | null, readonly bank?: { readonly name?: string | null } | null }
        | { readonly id: string, readonly nickname?: string | null, readonly bank?: { readonly name?: string | null } | null }
       | null, readonly transaction?: { readonly id: string, readonly bookedAt?: string | null, readonly amount?: { readonly amount: string, readonly currency: string } | null, readonly merchant?: { readonly name: string, readonly city?: string | null } | null } | null }> | null } | null };

export type LockCardMutationVariables = Exact<{
  accountId: Scalars['ID']['input'];
  locked: Scalars['Boolean']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
}>;


export type LockCardMutation = { readonly setCardLock?: { readonly id: string, readonly lastFour?: string | null, readonly state?: CardState | null } | null };

export type OffersQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OffersQuery = { readonly merchantOffers: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly merchant?: string | null, readonly text?: string | null, readonly validUntil?: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } }, readonly banks: ReadonlyArray<{ readonly id: string, readonly name?: string | null }> };

export type PaymentsQueryVariables = Exact<{ [key: string]: never; }>;


export type PaymentsQuery = { readonly me?: { readonly payments?: ReadonlyArray<{ readonly id: string, readonly state?: PaymentState | null, readonly counterparty?: string | null, readonly note?: string | null, readonly createdAt?: string | null, readonly amount?: { readonly amount: string, readonly currency: string } | null }> | null, readonly accounts: ReadonlyArray<
      | { readonly id: string, readonly nickname?: string | null, readonly availableBalance?: { readonly money: { readonly amount: string, readonly currency: string } } | null }
      | { readonly id: string, readonly nickname?: string | null, readonly availableBalance?: { readonly money: { readonly amount: string, readonly currency: string } } | null }
      | { readonly id: string, readonly nickname?: string | null, readonly availableBalance?: { readonly money: { readonly amount: string, readonly currency: string } } | null }
    > } | null };

export type SendMessageMutationVariables = Exact<{
  conversationId: Scalars['ID']['input'];
  text: Scalars['String']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
}>;


export type SendMessageMutation = { readonly sendMessage?: { readonly id: string, readonly sentAt?: string | null, readonly author?: MessageAuthor | null, readonly text?: string | null } | null };

export type SendPaymentMutationVariables = Exact<{
  recipient: Scalars['String']['input'];
  amount: Scalars['Decimal']['input'];
  currency: Scalars['CurrencyCode']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  credential?: InputMaybe<Scalars['String']['input']>;
  key: Scalars['String']['input'];
}>;


export type SendPaymentMutation = { readonly sendPayment?: { readonly id: string, readonly state?: PaymentState | null, readonly counterparty?: string | null, readonly createdAt?: string | null } | null };


export const AccountActivityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountActivity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"transactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mcc"}},{"kind":"Field","name":{"kind":"Name","value":"city"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replacesId"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AccountActivityQuery, AccountActivityQueryVariables>;
export const AccountDetailsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountDetails"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"holder"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"interestRate"}},{"kind":"Field","name":{"kind":"Name","value":"monthlyFee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"summary"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bills"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payee"}},{"kind":"Field","name":{"kind":"Name","value":"dueOn"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recurring"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"card"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresOn"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoanAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextPaymentDue"}}]}}]}}]}}]} as unknown as DocumentNode<AccountDetailsQuery, AccountDetailsQueryVariables>;
export const AccountsOverviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountsOverview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"maskedNumber"}},{"kind":"Field","name":{"kind":"Name","value":"availableBalance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"money"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AccountsOverviewQuery, AccountsOverviewQueryVariables>;
export const AcknowledgeAlertDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcknowledgeAlert"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"alertId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgeFraudAlert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"alertId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"alertId"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]} as unknown as DocumentNode<AcknowledgeAlertMutation, AcknowledgeAlertMutationVariables>;
export const CheckoutsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Checkouts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkouts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CheckoutsQuery, CheckoutsQueryVariables>;
export const ConnectedBanksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConnectedBanks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"linkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"money"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConnectedBanksQuery, ConnectedBanksQueryVariables>;
export const ConsentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Consents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"categories"}},{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accountIds"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"reconfirmBy"}},{"kind":"Field","name":{"kind":"Name","value":"disclosure"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receipts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"client"}},{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"categories"}},{"kind":"Field","name":{"kind":"Name","value":"decision"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConsentsQuery, ConsentsQueryVariables>;
export const ConversationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Conversations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConversationsQuery, ConversationsQueryVariables>;
export const FraudAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FraudAlerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fraudAlerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}}]}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bookedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"city"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FraudAlertsQuery, FraudAlertsQueryVariables>;
export const LockCardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LockCard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locked"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setCardLock"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"locked"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locked"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]} as unknown as DocumentNode<LockCardMutation, LockCardMutationVariables>;
export const OffersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Offers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantOffers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"banks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<OffersQuery, OffersQueryVariables>;
export const PaymentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counterparty"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"availableBalance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"money"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PaymentsQuery, PaymentsQueryVariables>;
export const SendMessageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendMessage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"conversationId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"text"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"conversationId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"conversationId"}}},{"kind":"Argument","name":{"kind":"Name","value":"text"},"value":{"kind":"Variable","name":{"kind":"Name","value":"text"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]} as unknown as DocumentNode<SendMessageMutation, SendMessageMutationVariables>;
export const SendPaymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendPayment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"recipient"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"amount"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Decimal"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"currency"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CurrencyCode"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"note"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"credential"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendPayment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"recipient"},"value":{"kind":"Variable","name":{"kind":"Name","value":"recipient"}}},{"kind":"Argument","name":{"kind":"Name","value":"amount"},"value":{"kind":"Variable","name":{"kind":"Name","value":"amount"}}},{"kind":"Argument","name":{"kind":"Name","value":"currency"},"value":{"kind":"Variable","name":{"kind":"Name","value":"currency"}}},{"kind":"Argument","name":{"kind":"Name","value":"note"},"value":{"kind":"Variable","name":{"kind":"Name","value":"note"}}},{"kind":"Argument","name":{"kind":"Name","value":"credential"},"value":{"kind":"Variable","name":{"kind":"Name","value":"credential"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"counterparty"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]} as unknown as DocumentNode<SendPaymentMutation, SendPaymentMutationVariables>;