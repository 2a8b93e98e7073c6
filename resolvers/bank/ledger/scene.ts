import type { DemoAccountKind, DemoBank } from '../../demo/world.js';
import { dayMs } from './calendar.js';
import type { BankCustomer } from './customers.js';
import { diceFrom, idFrom, type Dice } from './dice.js';
import type { Currency } from './money.js';
import type { Persona } from './persona.js';

/** All that one customer's history depends on. */
export interface Scene {
  readonly bank: DemoBank;
  readonly salt: string;
  readonly currency: Currency;
  readonly customer: BankCustomer;
  readonly persona: Persona;
  /** First and last day of the history, both included. A later last day only adds to it. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The days of history that a ledger begins with: eighteen months. */
export const historyDays = 548;

/** The instant at which the ledger began to grow: the start of the day after the history it began with. */
export function anchorMs({ firstDay }: Scene): number {
  return (firstDay + historyDays) * dayMs;
}

/** Dice for one topic of the customer's history. */
export function diceOf({ bank, salt, customer }: Scene, ...topic: readonly (string | number)[]): Dice {
  return diceFrom(bank, salt, customer.reference, ...topic);
}

/** An id for one thing in the customer's history. */
export function idOf({ bank, salt, customer }: Scene, prefix: string, ...topic: readonly (string | number)[]): string {
  return idFrom(prefix, bank, salt, customer.reference, ...topic);
}

/** The customer's first account of a kind. */
export function accountOf({ customer }: Scene, kind: DemoAccountKind): string | undefined {
  return customer.accounts.find((account) => account.kind === kind)?.reference;
}

/** The days of the history. */
export function daysOf({ firstDay, lastDay }: Scene): readonly number[] {
  return Array.from({ length: Math.max(0, lastDay - firstDay + 1) }, (_, index) => firstDay + index);
}

/** A waking second of a day, in milliseconds since the epoch. */
export function instantOn(day: number, dice: Dice): number {
  return day * dayMs + dice.whole(6 * 3600, 22 * 3600) * 1000;
}
