/** What the ledger is made of: movements of money between two ledger accounts, and the legs they are booked as. */
import type { Merchant } from './merchants.js';
import type { Currency, MinorAmount } from './money.js';

/** How an authorised movement ends. */
export type Settlement =
  | { readonly kind: 'atOnce' }
  /** Pending first; posts under a new id. */
  | { readonly kind: 'posts'; readonly atMs: number }
  /** Pending first; gone without a trace. */
  | { readonly kind: 'vanishes'; readonly atMs: number };

/** What the statement says about a movement. */
export interface Particulars {
  readonly description: string;
  readonly merchant?: Merchant;
  readonly counterparty?: string;
}

/** Money that moves from one ledger account to another, in the bank's currency. */
export interface Movement extends Particulars {
  /** Stable under a salt; ids of transactions derive from it. */
  readonly key: string;
  /** A customer's account, by its reference, or one of {@link InternalAccount}. */
  readonly from: string;
  readonly to: string;
  /** Above zero. */
  readonly amountMinor: number;
  readonly atMs: number;
  readonly settlement: Settlement;
  /** What was paid abroad, in the shop's currency. */
  readonly original?: MinorAmount;
}

/** The bank's own accounts. */
export type InternalAccount =
  'internal:clearing' | 'internal:cards' | 'internal:fx' | 'internal:interest' | 'internal:fees' | 'internal:capital';

/** One side of a posting: positive credits the account, negative debits it. */
export interface Leg {
  readonly account: string;
  readonly currency: Currency;
  readonly amountMinor: number;
}

/** A movement once it is booked. INVARIANT: the legs of each currency add up to zero. */
export interface Posting {
  readonly key: string;
  readonly atMs: number;
  readonly legs: readonly Leg[];
}

/** When the movement is booked; undefined where it never is. */
export function bookedAtMs({ atMs, settlement }: Movement): number | undefined {
  if (settlement.kind === 'vanishes') return undefined;
  return settlement.kind === 'posts' ? settlement.atMs : atMs;
}

/** The posting of a movement in the bank's currency; undefined where it is never booked. */
export function postingOf(movement: Movement, currency: Currency): Posting | undefined {
  const atMs = bookedAtMs(movement);
  if (atMs === undefined) return undefined;
  const { key, from, to, amountMinor, original } = movement;
  const home: readonly Leg[] = [
    { account: from, currency, amountMinor: -amountMinor },
    { account: to, currency, amountMinor },
  ];
  return { key, atMs, legs: original ? [...home, ...exchangeLegs(movement, original)] : home };
}

/** The bank's currency position takes the home amount and gives the foreign one, or the other way round. */
function exchangeLegs({ to }: Movement, { currency, amountMinor }: MinorAmount): readonly Leg[] {
  const signed = to === 'internal:fx' ? amountMinor : -amountMinor;
  return [
    { account: 'internal:fx', currency, amountMinor: -signed },
    { account: 'internal:cards', currency, amountMinor: signed },
  ];
}
