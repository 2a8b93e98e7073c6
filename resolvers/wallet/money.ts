import { ClientFault } from '../../src/fault/index.js';

/** An amount as the graph shows it: a decimal string with the digits that its currency has. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** The currencies of ISO 4217 whose amounts have another number of digits after the point than two. */
const unusualDigits: ReadonlyMap<string, number> = new Map([
  ...codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...codes('BHD IQD JOD KWD LYD OMR TND', 3),
  ...codes('CLF UYW', 4),
]);

const currencies = new Set([...Intl.supportedValuesOf('currency'), ...unusualDigits.keys()]);

/** An amount above zero, written with all digits of its currency (ISO 4217). Throws BAD_USER_INPUT for anything else. */
export function parsePayable(amount: unknown, currency: unknown): Money {
  if (typeof currency !== 'string' || !currencies.has(currency)) {
    throw new ClientFault('BAD_USER_INPUT', '`currency` must be a code of ISO 4217');
  }
  const digits = minorDigitsOf(currency);
  const parts = typeof amount === 'string' ? /^(0|[1-9]\d{0,11})(?:\.(\d+))?$/.exec(amount) : null;
  const [, units, fraction = ''] = parts ?? [];
  if (units === undefined || fraction.length > digits) {
    throw new ClientFault(
      'BAD_USER_INPUT',
      `\`amount\` must be a decimal string with at most ${digits} digits after the point`,
    );
  }
  if (/^0*$/.test(units + fraction)) throw new ClientFault('BAD_USER_INPUT', '`amount` must be above zero');
  return { amount: digits === 0 ? units : `${units}.${fraction.padEnd(digits, '0')}`, currency };
}

/** How many digits a currency's amounts have after the point: USD 2, JPY 0, KWD 3. ICU has other numbers, for display. */
function minorDigitsOf(currency: string): number {
  return unusualDigits.get(currency) ?? 2;
}

function codes(list: string, digits: number): (readonly [string, number])[] {
  return list.split(' ').map((code) => [code, digits] as const);
}
