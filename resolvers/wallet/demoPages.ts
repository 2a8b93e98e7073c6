/** The payments and checkouts that the demo's wallet starts with. */
import { createHash } from 'node:crypto';
import type { Checkout, Payment, WalletPage } from './walletBook.js';

/** What the demo's pages depend on: another salt gives other amounts, dates, texts and ids, and another number of payments. */
export interface DemoPagesOptions {
  readonly salt: string;
  readonly startedAt: Date;
}

const people = ['Noor Haddad', 'Ivo Petrov', 'Sade Adeyemi', 'Lena Brandt', 'Marco Ruiz', 'Aiko Mori'];
const notes = ['dinner', 'train tickets', 'rent share', 'birthday present', 'concert', 'groceries'];
const shops = ['Dune Roasters', 'Bluebell Books', 'Heron Outdoors', 'Fennel Market'];

/** A page for each holder: 4 to 9 payments between people, and one paid checkout. */
export function demoPages(holders: readonly string[], options: DemoPagesOptions): ReadonlyMap<string, WalletPage> {
  return new Map(holders.map((holder) => [holder, pageOf(drawer(holder, options), options.startedAt)]));
}

type Draw = (what: string, below: number) => number;

/** Numbers that holder, salt and what is drawn decide alone. */
function drawer(holder: string, { salt }: DemoPagesOptions): Draw {
  return (what, below) => {
    const hash = createHash('sha256')
      .update(JSON.stringify(['wallet', salt, holder, what]))
      .digest();
    return hash.readUInt32BE(0) % below;
  };
}

function pageOf(draw: Draw, startedAt: Date): WalletPage {
  const count = 4 + draw('count', 6);
  const between = Array.from({ length: count }, (_, index) => paymentAt(draw, index, startedAt));
  const checkout = checkoutOf(draw, startedAt);
  const payments = [...between, ...(checkout.payment === null ? [] : [checkout.payment])];
  const newestFirst = payments.sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  return { payments: newestFirst, checkouts: [checkout] };
}

function paymentAt(draw: Draw, index: number, startedAt: Date): Payment {
  return {
    id: idOf('pay', draw, index),
    state: index === 0 && draw('requested', 2) === 0 ? 'REQUESTED' : 'COMPLETED',
    amount: { amount: amountOf(draw, index), currency: 'USD' },
    counterparty: pick(people, draw(`person ${index}`, people.length)),
    note: pick(notes, draw(`note ${index}`, notes.length)),
    createdAt: minutesBefore(startedAt, 60 + index * 4000 + draw(`minute ${index}`, 3900)),
  };
}

function checkoutOf(draw: Draw, startedAt: Date): Checkout {
  const merchant = pick(shops, draw('shop', shops.length));
  const at = minutesBefore(startedAt, 120 + draw('checkout minute', 9000));
  const payment: Payment = {
    id: idOf('pay', draw, 'checkout'),
    state: 'COMPLETED',
    amount: { amount: amountOf(draw, 'checkout'), currency: 'USD' },
    counterparty: merchant,
    note: null,
    createdAt: at,
  };
  return { id: idOf('chk', draw, 'checkout'), merchant, state: 'PAID', startedAt: at, payment };
}

function idOf(prefix: string, draw: Draw, what: string | number): string {
  return `${prefix}-${draw(`id ${what}`, 2 ** 32)}-${draw(`second id ${what}`, 2 ** 32)}`;
}

function amountOf(draw: Draw, what: string | number): string {
  const minor = 350 + draw(`amount ${what}`, 18_000);
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

function pick(words: readonly string[], index: number): string {
  return words[index] ?? '';
}

function minutesBefore(instant: Date, minutes: number): string {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000 - minutes * 60_000).toISOString();
}
