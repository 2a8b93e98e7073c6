/** What customers can do at the bank. An id that names nothing of theirs gives null, whatever else is true. */
import type { DisputeReason } from './bankState.js';
import { conversationRow, messageRow, visibleConversations } from './chatResolvers.js';
import { coversAccount, isAlertVisible, isVisible, type BankContext } from './counter.js';
import { alertRow, cardRow, disputeRow } from './rows.js';

type Write<Arguments> = (root: unknown, args: Arguments, context: BankContext) => Promise<object | null>;

/** An order that a client may give again without wanting it twice. */
interface Repeatable {
  readonly idempotencyKey?: string | null;
}

/** An order, and the mutation that it is an order for. */
interface Named {
  readonly mutation: string;
  readonly order: Repeatable;
}

/** What the first order under the same key of this customer, client and purpose came to; each order by itself where there is no key. */
function once<Result>({ counter, grant }: BankContext, { mutation, order }: Named, run: () => Result): Result {
  const { idempotencyKey: key, ...body } = order;
  const { sub: holder, client = '', purpose } = grant;
  if (counter === undefined || holder === undefined || key === undefined || key === null) return run();
  return counter.once({ holder, client, purpose, key, body: [mutation, ...Object.entries(body)] }, run);
}

interface Opening extends Repeatable {
  readonly bankId: string;
  readonly subject: string;
  readonly text: string;
}

const openConversation: Write<Opening> = async (_root, args, context) => {
  const { counter } = context;
  if (counter === undefined || args.bankId !== counter.book.scene.bank) return null;
  const named = { mutation: 'openConversation', order: args };
  const opened = once(context, named, () => counter.state.open(args.subject, args.text, counter.atMs));
  return conversationRow(counter, opened);
};

interface Saying extends Repeatable {
  readonly conversationId: string;
  readonly text: string;
}

const sendMessage: Write<Saying> = async (_root, args, context) => {
  const { counter } = context;
  const open = visibleConversations(context).some(({ id, state }) => id === args.conversationId && state === 'OPEN');
  if (counter === undefined || !open) return null;
  const named = { mutation: 'sendMessage', order: args };
  return messageRow(once(context, named, () => counter.state.send(args.conversationId, args.text, counter.atMs)));
};

interface Acknowledging extends Repeatable {
  readonly alertId: string;
}

const acknowledgeFraudAlert: Write<Acknowledging> = async (_root, args, context) => {
  const { counter } = context;
  const alert = await counter?.alerts.load(args.alertId);
  if (counter === undefined || alert === undefined || !isAlertVisible(context, alert, undefined)) return null;
  return once(context, { mutation: 'acknowledgeFraudAlert', order: args }, () => {
    counter.state.acknowledge(args.alertId);
    return alertRow(counter, alert);
  });
};

interface Locking extends Repeatable {
  readonly accountId: string;
  readonly locked: boolean;
}

/** The row is part of what is done once: a late retry of an older order says what came of that order. */
const setCardLock: Write<Locking> = async (_root, args, context) => {
  const { counter } = context;
  const account = await counter?.accounts.load(args.accountId);
  if (counter === undefined || account?.kind !== 'CREDIT_CARD') return null;
  if (!coversAccount(context, 'ACCOUNT_IDENTITY', args.accountId)) return null;
  return once(context, { mutation: 'setCardLock', order: args }, () => {
    counter.state.setLock(args.accountId, args.locked);
    return cardRow(counter, account);
  });
};

interface Disputing extends Repeatable {
  readonly transactionId: string;
  readonly reason: DisputeReason;
}

const disputeTransaction: Write<Disputing> = async (_root, args, context) => {
  const { counter } = context;
  const line = await counter?.lines.load(args.transactionId);
  if (counter === undefined || line === undefined || line.status !== 'POSTED' || !isVisible(context, line)) return null;
  if (!coversAccount(context, 'TRANSACTION_CORE', line.accountReference)) return null;
  const named = { mutation: 'disputeTransaction', order: args };
  return once(context, named, () => disputeRow(counter.state.dispute(line, args.reason, counter.atMs)));
};

/** The mutations of the contract. */
export const writeResolvers = {
  Mutation: { openConversation, sendMessage, acknowledgeFraudAlert, setCardLock, disputeTransaction },
};
