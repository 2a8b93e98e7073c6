/** Queries no two of which name the same fields, so that a receipt tells whose it is; and the comparison of both. */

/** Fields that ACCOUNT_SERVICING may read and that receipts name, by the end of their type's name. */
const optional = {
  Account: ['nickname', 'maskedNumber', 'product', 'currency', 'kind', 'status'],
  Transaction: [
    'status',
    'direction',
    'bookedAt',
    'description',
    'counterparty',
    'replacesId',
    'runningBalance',
    'originalAmount',
  ],
} as const;
type Group = keyof typeof optional;

const money = new Set<string>(['runningBalance', 'originalAmount']);
/** `Account.nickname`, …: the bits of a reading. */
const bits = Object.entries(optional).flatMap(([group, fields]) => fields.map((field) => `${group}.${field}`));

/** How many different readings there are. */
export const readings = 2 ** bits.length;

/** An answer that arrived whole. */
export interface Received {
  /** Number of the reading. */
  readonly reading: number;
  /** The banks whose values were in it. */
  readonly banks: readonly string[];
}

/** A line of `ringfence receipts export`, as far as it matters here. */
export interface Exported {
  readonly bank: string | null;
  readonly decision: string;
  readonly coordinates: readonly string[];
}

/** The query that asks for the fields which the bits of `reading` stand for. */
export function queryOf(reading: number): string {
  const asked = new Set(bits.filter((_, bit) => (reading >> bit) % 2 === 1));
  const of = (group: Group): string =>
    optional[group]
      .filter((field) => asked.has(`${group}.${field}`))
      .map((field) => (money.has(field) ? `${field} { amount }` : field))
      .join(' ');
  return `{ me { accounts { id bank { id } ${of('Account')} balances { asOf money { amount } }
    transactions(first: 3) { edges { node { id amount { amount } ${of('Transaction')} } } } } } }`;
}

/**
 * Each receipt that is missing, in words: one for every answer and bank whose values a client received. A bank's receipts are told
 * apart by the fields that its agreement covers, which are those that it ever released.
 */
export function missingReceipts(received: readonly Received[], exported: readonly Exported[]): string[] {
  const released = exported.filter(({ decision }) => decision === 'RELEASED');
  const covered = new Map<string | null, number>();
  const kept = new Map<string, number>();
  for (const { bank, coordinates } of released) {
    const reading = readingIn(coordinates);
    covered.set(bank, (covered.get(bank) ?? 0) | reading);
    const of = `${reading} of ${bank}`;
    kept.set(of, (kept.get(of) ?? 0) + 1);
  }
  const takes = ({ reading, bank }: { readonly reading: number; readonly bank: string }): boolean => {
    const of = `${reading & (covered.get(bank) ?? 0)} of ${bank}`;
    const left = kept.get(of) ?? 0;
    kept.set(of, left - 1);
    return left > 0;
  };
  return received.flatMap(({ reading, banks }) =>
    banks
      .filter((bank) => !takes({ reading, bank }))
      .map((bank) => `reading ${reading} was received with values of ${bank}, and there is no receipt of it`),
  );
}

function readingIn(coordinates: readonly string[]): number {
  const isIn = (end: string): boolean => coordinates.some((coordinate) => coordinate.endsWith(end));
  return bits.reduce((sum, end, bit) => sum + (isIn(end) ? 2 ** bit : 0), 0);
}
