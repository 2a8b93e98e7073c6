/** How one customer lives, as far as it shows in their accounts; all of it comes from the salt. */
import type { BankCustomer } from './customers.js';
import { diceFrom } from './dice.js';
import { firmName, localMerchant, type Merchant } from './merchants.js';
import type { Currency } from './money.js';

/** Amounts in minor units of the bank's currency; dates are days of the month, 28 at most. */
export interface Persona {
  readonly incomeMinor: number;
  readonly salaryDate: number;
  readonly employer: string;
  readonly rentMinor: number;
  readonly rentDate: number;
  readonly landlord: string;
  readonly utilities: readonly Utility[];
  /** Chance of each of three purchases a day. */
  readonly appetite: number;
  /** Chance of putting something aside on a day. */
  readonly thrift: number;
  readonly haunts: readonly [Merchant, ...Merchant[]];
}

/** A regular bill. */
export interface Utility {
  readonly payee: string;
  readonly amountMinor: number;
  readonly date: number;
}

/** The persona of a customer under a salt. */
export function personaOf(customer: BankCustomer, currency: Currency, salt: string): Persona {
  const dice = diceFrom('persona', customer.reference, salt);
  const incomeMinor = dice.whole(380_000, 720_000);
  const utility = (trade: string): Utility => ({
    payee: firmName(dice, trade),
    amountMinor: dice.whole(1_900, 9_900),
    date: dice.whole(2, 27),
  });
  const haunt = (): Merchant => localMerchant(dice, currency);
  return {
    incomeMinor,
    salaryDate: dice.whole(20, 28),
    employer: firmName(dice, 'Holdings'),
    rentMinor: Math.round(incomeMinor * (0.24 + 0.08 * dice.next())),
    rentDate: dice.whole(1, 5),
    landlord: firmName(dice, 'Lettings'),
    utilities: [utility('Power'), utility('Water'), utility('Broadband')],
    appetite: 0.15 + 0.35 * dice.next(),
    thrift: 0.12 + 0.4 * dice.next(),
    haunts: [
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
      haunt(),
    ],
  };
}
