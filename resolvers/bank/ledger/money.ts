/** Amounts as whole minor units inside, as decimal strings outside (ISO 4217). */

/** Currency → how many minor digits it has, and about how many US dollars one unit is worth. */
const currencies = {
  USD: { digits: 2, dollars: 1 },
  EUR: { digits: 2, dollars: 1.08 },
  GBP: { digits: 2, dollars: 1.27 },
  CHF: { digits: 2, dollars: 1.12 },
  CAD: { digits: 2, dollars: 0.73 },
  JPY: { digits: 0, dollars: 0.0067 },
  KWD: { digits: 3, dollars: 3.25 },
} as const;

/** A currency that the sandbox knows. */
export type Currency = keyof typeof currencies;

/** An amount inside the ledger; negative is owed to the bank. */
export interface MinorAmount {
  readonly currency: Currency;
  readonly amountMinor: number;
}

/** An amount as the contract shows it. */
export interface Money {
  readonly amount: string;
  readonly currency: Currency;
}

/** `{ amountMinor: -1205, currency: 'USD' }` → `{ amount: '-12.05', currency: 'USD' }`. */
export function moneyOf({ amountMinor, currency }: MinorAmount): Money {
  const { digits } = currencies[currency];
  const sign = amountMinor < 0 ? '-' : '';
  const figures = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = figures.slice(0, figures.length - digits);
  const amount = digits === 0 ? `${sign}${figures}` : `${sign}${whole}.${figures.slice(-digits)}`;
  return { amount, currency };
}

/** About the same worth in another currency, one minor unit at least. */
export function exchanged({ amountMinor, currency }: MinorAmount, into: Currency): MinorAmount {
  const from = currencies[currency];
  const to = currencies[into];
  const units = (amountMinor / 10 ** from.digits) * (from.dollars / to.dollars);
  return { currency: into, amountMinor: Math.max(1, Math.round(units * 10 ** to.digits)) };
}
