/** The wallet's own records: payments and checkouts by holder, in memory. */
import { randomUUID } from 'node:crypto';
import type { Money } from './money.js';

/** A payment between two people, or at a retailer, as the graph shows it. */
export interface Payment {
  readonly id: string;
  readonly state: 'REQUESTED' | 'ACCEPTED' | 'COMPLETED' | 'REJECTED';
  readonly amount: Money;
  readonly counterparty: string;
  readonly note: string | null;
  readonly createdAt: string;
}

/** A checkout at a retailer. */
export interface Checkout {
  readonly id: string;
  readonly merchant: string;
  readonly state: 'STARTED' | 'PAID' | 'ABANDONED';
  readonly startedAt: string;
  readonly payment: Payment | null;
}

/** What one holder has, newest first. */
export interface WalletPage {
  readonly payments: readonly Payment[];
  readonly checkouts: readonly Checkout[];
}

/** A payment about to be written down. */
export type NewPayment = Pick<Payment, 'state' | 'amount' | 'counterparty' | 'note'>;

/** The wallet's records. A reference that it does not know has none, and none can be added. */
export interface WalletBook {
  page(holder: string): WalletPage | undefined;
  pay(holder: string, payment: NewPayment): Payment | undefined;
  /** A checkout that is paid at once with the linked card; the payment is written down too. */
  checkOut(holder: string, order: { readonly merchant: string; readonly amount: Money }): Checkout | undefined;
}

/** A book that starts with the given pages, by the wallet's own reference of the holder. */
export function createWalletBook(pages: ReadonlyMap<string, WalletPage>, now: () => Date): WalletBook {
  const kept = new Map(pages);
  const pay = (holder: string, payment: NewPayment): Payment | undefined => {
    const page = kept.get(holder);
    if (page === undefined) return undefined;
    const made: Payment = { id: `pay-${randomUUID()}`, createdAt: now().toISOString(), ...payment };
    kept.set(holder, { ...page, payments: [made, ...page.payments] });
    return made;
  };
  return {
    page: (holder) => kept.get(holder),
    pay,
    checkOut: (holder, { merchant, amount }) => {
      const payment = pay(holder, { state: 'COMPLETED', amount, counterparty: merchant, note: null });
      const page = kept.get(holder);
      if (payment === undefined || page === undefined) return undefined;
      const { createdAt: startedAt } = payment;
      const checkout: Checkout = { id: `chk-${randomUUID()}`, merchant, state: 'PAID', startedAt, payment };
      kept.set(holder, { ...page, checkouts: [checkout, ...page.checkouts] });
      return checkout;
    },
  };
}
