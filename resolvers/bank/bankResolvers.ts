/** The contract `schema/bank.graphql`, resolved over a ledger. Each answers for the grant's own customer alone. */
import type { SubgraphResolvers } from '../../src/partner/index.js';
import { accountResolvers } from './accountResolvers.js';
import { chatResolvers, conversationRow, visibleConversations, type ConversationRow } from './chatResolvers.js';
import {
  coversAccount,
  isVisible,
  lineOf,
  reachesItem,
  visibleAlerts,
  type BankContext,
  type Counter,
} from './counter.js';
import type { CursorBook } from './cursor.js';
import {
  accountRow,
  alertRow,
  transactionItem,
  transactionRow,
  type AccountRow,
  type AlertRow,
  type DisputeRow,
} from './rows.js';
import { writeResolvers } from './writeResolvers.js';

/** All resolvers of a sandbox bank. */
export function bankResolvers(cursors: CursorBook): SubgraphResolvers {
  return {
    Query: { account: (_root: unknown, { id }: { id: string }, context: BankContext) => accountBy(context, id) },
    ...writeResolvers,
    Customer: customer,
    BankConnection: connection,
    ...withReferences(accountResolvers(cursors)),
    FraudAlert: { account: alertedAccount, transaction: alertedTransaction },
    Dispute: { transaction: disputedTransaction },
    ...chatResolvers(cursors),
  };
}

const customer = {
  __resolveReference: ({ ref }: { ref?: unknown }, { grant, counter }: BankContext) =>
    counter !== undefined && ref === grant.sub ? { ref } : null,
  accounts: (_row: unknown, _args: unknown, context: BankContext) => accountsOf(context),
  fraudAlerts: (_row: unknown, _args: unknown, context: BankContext): AlertRow[] =>
    withCounter(context, [], (counter) => visibleAlerts(context).map((alert) => alertRow(counter, alert))),
  conversations: (_row: unknown, _args: unknown, context: BankContext): ConversationRow[] =>
    withCounter(context, [], (counter) =>
      visibleConversations(context).map((conversation) => conversationRow(counter, conversation)),
    ),
};

const connection = {
  __resolveReference: ({ bankId, reference }: Record<string, unknown>, { grant, counter }: BankContext) =>
    counter?.book.scene.bank === bankId && reference === grant.sub ? { bankId, reference } : null,
  accounts: (_row: unknown, _args: unknown, context: BankContext) => accountsOf(context),
};

/** Accounts are entities: the gateway may come back for one by its key. */
function withReferences(types: Readonly<Record<string, object>>): Record<string, object> {
  const resolveReference = async ({ bankId, reference }: Record<string, unknown>, context: BankContext) =>
    context.counter?.book.scene.bank === bankId && typeof reference === 'string' ? accountBy(context, reference) : null;
  const entries = Object.entries(types).map(([name, fields]) => {
    return [name, name === 'Account' ? fields : { ...fields, __resolveReference: resolveReference }] as const;
  });
  return Object.fromEntries(entries);
}

function withCounter<R>({ counter }: BankContext, without: R, resolve: (counter: Counter) => R): R {
  return counter === undefined ? without : resolve(counter);
}

/** The accounts that the grant covers, in the order of the ledger. */
function accountsOf(context: BankContext): AccountRow[] {
  return withCounter(context, [], (counter) => {
    const accounts = counter.book.scene.customer.accounts;
    const covered = accounts.filter(({ reference }) => coversAccount(context, 'RELATIONSHIP', reference));
    return covered.map((account) => accountRow(counter, account));
  });
}

async function accountBy(context: BankContext, reference: string): Promise<AccountRow | null> {
  const { counter } = context;
  const account = await counter?.accounts.load(reference);
  if (counter === undefined || account === undefined) return null;
  return coversAccount(context, 'RELATIONSHIP', reference) ? accountRow(counter, account) : null;
}

function alertedAccount({ alert }: AlertRow, _args: unknown, context: BankContext): Promise<AccountRow | null> {
  return accountBy(context, alert.entry.accountReference);
}

async function alertedTransaction({ alert: { entry } }: AlertRow, _args: unknown, context: BankContext) {
  const edge = 'FraudAlert.transaction';
  const item = { edge, category: 'TRANSACTION_CORE', accountReference: entry.accountReference } as const;
  if (context.counter === undefined || !reachesItem(context, item)) return null;
  return transactionItem(context.counter, edge, await lineOf(context, entry));
}

async function disputedTransaction({ transactionId }: DisputeRow, _args: unknown, context: BankContext) {
  const line = await context.counter?.lines.load(transactionId);
  if (context.counter === undefined || line === undefined || !isVisible(context, line)) return null;
  return transactionRow(context.counter, line);
}
