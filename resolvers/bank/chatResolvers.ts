import { anchored } from '../../src/partner/index.js';
import type { Conversation as ConversationShown, Message as MessageShown } from '../generated/bank.js';
import { isAlertVisible, lineOf, notBeforeMs, reachesItem, type BankContext, type Counter } from './counter.js';
import type { CursorBook } from './cursor.js';
import { isoInstant, type Conversation, type Message } from './ledger/index.js';
import { pageOf, type Connection, type PageArguments } from './page.js';
import { alertRow, paymentItem, transactionItem } from './rows.js';

/** A chat, and the chat itself for the resolver of its messages. */
export interface ConversationRow extends Omit<ConversationShown, 'messages'> {
  readonly conversation: Conversation;
}

/** The chats that are opened by now and within the grant's time, newest first. */
export function visibleConversations(context: BankContext): readonly Conversation[] {
  const { counter } = context;
  if (counter === undefined) return [];
  const sinceMs = chatsSinceMs(context);
  const all = counter.state.conversations(counter.book);
  return all.filter(({ openedAtMs }) => openedAtMs <= counter.atMs && openedAtMs >= sinceMs);
}

/** The first instant of chats that the grant reaches. A chat belongs to no one account, so the widest account decides. */
function chatsSinceMs(context: BankContext): number {
  const { accounts } = context.grant;
  if (accounts === 'all') return -Infinity;
  const chatting = accounts.filter(({ categories }) => categories.includes('CONVERSATION'));
  return Math.min(...chatting.map(({ reference }) => notBeforeMs(context, reference)));
}

/** The row of a chat, under the bank's own id. */
export function conversationRow({ book: { scene } }: Counter, conversation: Conversation): ConversationRow {
  const { id, subject, state, openedAtMs } = conversation;
  return { id, subject, state, openedAt: isoInstant(openedAtMs), bank: { id: scene.bank }, conversation };
}

/** A message; what is attached stays with it until its edge is asked for. */
export interface MessageRow extends Omit<MessageShown, 'transaction' | 'payment' | 'alert'> {
  readonly message: Message;
}

/** The row of a message. */
export function messageRow(message: Message): MessageRow {
  const { id, author, text, sentAtMs } = message;
  return { id, author, text, sentAt: isoInstant(sentAtMs), message };
}

/** Resolvers of chats and of the items that the bank attached to their messages. */
export function chatResolvers(cursors: CursorBook): Readonly<Record<string, object>> {
  return {
    Conversation: { messages: messagesOf(cursors) },
    Message: { transaction: attachedEntry, payment: attachedPayment, alert: attachedAlert },
  };
}

function messagesOf(cursors: CursorBook) {
  return ({ conversation }: ConversationRow, args: PageArguments, context: BankContext): Connection<object> | null => {
    const { counter } = context;
    if (counter === undefined) return null;
    const sinceMs = chatsSinceMs(context);
    const { id: conversationId, messages } = conversation;
    const list = {
      name: `messages of ${conversationId}`,
      rows: messages,
      positionOf: (id: string) => indexOf(messages, id),
      shows: ({ sentAtMs }: Message) => sentAtMs <= counter.atMs && sentAtMs >= sinceMs,
    };
    const { edges, pageInfo } = pageOf(list, args, cursors);
    return { pageInfo, edges: edges.map(({ node, cursor }) => ({ cursor, node: messageRow(node) })) };
  };
}

function indexOf(messages: readonly Message[], id: string): number | undefined {
  const index = messages.findIndex((message) => message.id === id);
  return index < 0 ? undefined : index;
}

async function attachedEntry({ message }: MessageRow, _args: unknown, context: BankContext): Promise<object | null> {
  const { entry } = message;
  const edge = 'Message.transaction';
  if (entry === undefined || context.counter === undefined) return null;
  const { accountReference } = entry;
  if (!reachesItem(context, { edge, category: 'TRANSACTION_CORE', accountReference })) return null;
  return transactionItem(context.counter, edge, await lineOf(context, entry));
}

function attachedPayment({ message: { payment } }: MessageRow, _args: unknown, context: BankContext): object | null {
  if (payment === undefined) return null;
  const { accountReference, createdAtMs } = payment;
  if (createdAtMs < notBeforeMs(context, accountReference)) return null;
  const item = { edge: 'Message.payment', category: 'PAYMENT_ACTIVITY', accountReference } as const;
  return reachesItem(context, item) ? paymentItem(payment) : null;
}

function attachedAlert({ message: { alert } }: MessageRow, _args: unknown, context: BankContext): object | null {
  if (alert === undefined || context.counter === undefined) return null;
  const edge = 'Message.alert';
  return isAlertVisible(context, alert, edge) ? anchored(edge, alertRow(context.counter, alert)) : null;
}
