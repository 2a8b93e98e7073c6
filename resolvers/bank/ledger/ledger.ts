/** The books of one sandbox bank, written when they are asked for. */
import { LRUCache } from 'lru-cache';
import type { DemoBank } from '../../demo/world.js';
import { bookOf, type CustomerBook } from './book.js';
import { dayOf } from './calendar.js';
import { customersOf, type BankCustomer } from './customers.js';
import type { Currency } from './money.js';
import { personaOf } from './persona.js';
import { historyDays } from './scene.js';

/** What a ledger is a function of, besides time. */
export interface LedgerSeed {
  readonly bank: DemoBank;
  readonly salt: string;
  readonly now: () => Date;
}

/** A bank's ledger. */
export interface Ledger {
  readonly bank: DemoBank;
  readonly currency: Currency;
  readonly customers: ReadonlyMap<string, BankCustomer>;
  now(): Date;
  /** The customer's book up to today; undefined for a stranger. */
  book(customerReference: string): CustomerBook | undefined;
}

const bankCurrencies: Readonly<Record<DemoBank, Currency>> = {
  harbor: 'USD',
  summit: 'USD',
  prairie: 'GBP',
  union: 'EUR',
};

/**
 * A ledger whose history begins 18 months before the day it is made on, and grows day by day. The same seed and first
 * day give the same books. Books are kept for the customers asked about last.
 */
export function createLedger({ bank, salt, now }: LedgerSeed): Ledger {
  const currency = bankCurrencies[bank];
  const customers = customersOf(bank);
  const firstDay = dayOf(now().getTime()) - historyDays;
  // a book takes about 3 MB and 50 ms to write
  const books = new LRUCache<string, CustomerBook>({ max: 24 });
  const book = (reference: string): CustomerBook | undefined => {
    const customer = customers.get(reference);
    if (customer === undefined) return undefined;
    const lastDay = dayOf(now().getTime());
    const kept = books.get(reference);
    if (kept?.scene.lastDay === lastDay) return kept;
    const persona = personaOf(customer, currency, salt);
    const written = bookOf({ bank, salt, currency, customer, persona, firstDay, lastDay });
    books.set(reference, written);
    return written;
  };
  return { bank, currency, customers, now, book };
}
