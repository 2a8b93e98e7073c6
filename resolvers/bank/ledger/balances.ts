/** What an account's balances are, and from when. */
import type { DemoAccount } from '../../demo/world.js';
import type { CustomerBook } from './book.js';
import { dayMs, dayOf, isoInstant, latestDate } from './calendar.js';
import { creditLimitMinor } from './facts.js';
import { moneyOf, type Money } from './money.js';
import { balanceAt, pendingAt, type Statement } from './statement.js';
import { closingDate } from './upkeep.js';

/** A balance as the contract shows it; a negative one is owed to the bank. */
export interface Balance {
  readonly kind: 'CURRENT' | 'AVAILABLE' | 'LIMIT' | 'STATEMENT';
  readonly money: Money;
  readonly asOf: string;
  readonly source: 'LIVE' | 'CACHED';
}

/** All balances that the bank states for the account. Savings and loans are kept from the last nightly run. */
export function balancesOf(book: CustomerBook, account: DemoAccount, atMs: number): readonly Balance[] {
  const statement = book.statements.get(account.reference);
  if (statement === undefined) return [];
  const make = balanceMaker(book, atMs);
  const booked = balanceAt(statement, atMs);
  switch (account.kind) {
    case 'CHECKING':
      return [make.live('CURRENT', booked), make.live('AVAILABLE', booked + pendingOut(statement, atMs))];
    case 'SAVINGS':
    case 'LOAN':
      return [make.cached('CURRENT', balanceAt(statement, nightlyMs(atMs)), nightlyMs(atMs))];
    case 'CREDIT_CARD':
      return cardBalances(statement, make, { atMs, limitMinor: creditLimitMinor(book.scene, account.reference) });
  }
}

/** The one available balance; null where the bank does not state one. Never filled from the current one. */
export function availableBalanceOf(book: CustomerBook, account: DemoAccount, atMs: number): Balance | null {
  return balancesOf(book, account, atMs).find(({ kind }) => kind === 'AVAILABLE') ?? null;
}

interface BalanceMaker {
  live(kind: Balance['kind'], amountMinor: number): Balance;
  cached(kind: Balance['kind'], amountMinor: number, asOfMs: number): Balance;
}

function balanceMaker({ scene: { currency } }: CustomerBook, atMs: number): BalanceMaker {
  const money = (amountMinor: number): Money => moneyOf({ amountMinor, currency });
  return {
    live: (kind, amountMinor) => ({ kind, money: money(amountMinor), asOf: isoInstant(atMs), source: 'LIVE' }),
    cached: (kind, amountMinor, asOfMs) => ({
      kind,
      money: money(amountMinor),
      asOf: isoInstant(asOfMs),
      source: 'CACHED',
    }),
  };
}

function cardBalances(
  statement: Statement,
  make: BalanceMaker,
  { atMs, limitMinor }: { readonly atMs: number; readonly limitMinor: number },
): readonly Balance[] {
  const booked = balanceAt(statement, atMs);
  const statedMs = latestDate(dayOf(atMs) - 1, closingDate) * dayMs + 22 * 3_600_000;
  return [
    make.live('CURRENT', booked),
    make.live('AVAILABLE', limitMinor + booked + pendingOut(statement, atMs)),
    make.live('LIMIT', limitMinor),
    make.cached('STATEMENT', balanceAt(statement, statedMs), statedMs),
  ];
}

function pendingOut(statement: Statement, atMs: number): number {
  return Math.min(0, pendingAt(statement, atMs));
}

/** The last nightly run: 02:00 UTC. */
function nightlyMs(atMs: number): number {
  const today = dayOf(atMs) * dayMs + 2 * 3_600_000;
  return today <= atMs ? today : today - dayMs;
}
