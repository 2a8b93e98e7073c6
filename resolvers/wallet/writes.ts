/** The wallet's mutations. */
import { ClientFault } from '../../src/fault/index.js';
import type { SubgraphContext } from '../../src/partner/index.js';
import { requireFreshAuthentication } from '../platform/freshness.js';
import type { Once } from '../idempotency.js';
import { parsePayable } from './money.js';
import type { Checkout, NewPayment, Payment, WalletBook } from './walletBook.js';

/** What the mutations need. */
export interface WriteParts {
  readonly book: WalletBook;
  readonly once: Once;
  readonly retailers: ReadonlySet<string>;
  readonly now: () => Date;
}

interface Order {
  readonly amount: unknown;
  readonly currency: unknown;
  readonly note?: string | null;
  readonly credential?: string | null;
  readonly idempotencyKey: string;
}

interface Written<Args, Row> {
  (parent: unknown, args: Args, context: SubgraphContext): Row | null;
}

/** The resolvers of the wallet's mutations; null for a holder whom the wallet does not know. */
export interface Writes {
  readonly sendPayment: Written<Order & { readonly recipient: string }, Payment>;
  readonly requestPayment: Written<Order & { readonly payer: string }, Payment>;
  readonly startCheckout: Written<Order & { readonly merchant: string }, Checkout>;
}

/** The mutations over a book. */
export function createWrites(parts: WriteParts): Writes {
  return {
    sendPayment: (_, { recipient, ...order }, { grant }) => {
      requireFreshAuthentication(grant, parts.now());
      const payment = paymentOf(order, { state: 'COMPLETED', counterparty: namedPerson('recipient', recipient) });
      return runOnce(parts, { grant, order, body: ['sendPayment', payment] }, (holder) =>
        parts.book.pay(holder, payment),
      );
    },
    requestPayment: (_, { payer, ...order }, { grant }) => {
      const payment = paymentOf(order, { state: 'REQUESTED', counterparty: namedPerson('payer', payer) });
      return runOnce(parts, { grant, order, body: ['requestPayment', payment] }, (holder) =>
        parts.book.pay(holder, payment),
      );
    },
    startCheckout: (_, { merchant, ...order }, { grant }) => {
      const amount = parsePayable(order.amount, order.currency);
      if (!parts.retailers.has(merchant))
        throw new ClientFault('BAD_USER_INPUT', '`merchant` is not a listed retailer');
      const checkout = { merchant, amount };
      return runOnce(parts, { grant, order, body: ['startCheckout', checkout] }, (holder) =>
        parts.book.checkOut(holder, checkout),
      );
    },
  };
}

function paymentOf(order: Order, rest: Pick<NewPayment, 'state' | 'counterparty'>): NewPayment {
  const note = order.note ?? null;
  if (note !== null && note.length > 500)
    throw new ClientFault('BAD_USER_INPUT', '`note` must have at most 500 characters');
  return { ...rest, amount: parsePayable(order.amount, order.currency), note };
}

function namedPerson(argument: string, name: string): string {
  const trimmed = name.trim();
  if (trimmed !== '' && trimmed.length <= 200) return trimmed;
  throw new ClientFault('BAD_USER_INPUT', `\`${argument}\` must have 1 to 200 characters`);
}

interface WriteOrder {
  readonly grant: SubgraphContext['grant'];
  readonly order: Order;
  readonly body: readonly unknown[];
}

function runOnce<Row>(
  { once, book }: WriteParts,
  write: WriteOrder,
  run: (holder: string) => Row | undefined,
): Row | null {
  const { sub: holder, client, purpose } = write.grant;
  if (holder === undefined || client === undefined || book.page(holder) === undefined) return null;
  const { idempotencyKey: key, credential = null } = write.order;
  return once({ holder, client, purpose, key, body: [...write.body, credential] }, () => run(holder) ?? null);
}
