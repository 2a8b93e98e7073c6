/** Agreements as a test states them. */
import {
  type Agreement,
  type AgreementPort,
  type DataCategory,
  financialMask,
  maskOf,
  purposes,
} from '../../src/policy/index.js';

/** What a test says of agreements. */
export interface StatedAgreements {
  /** Bank → what its agreement covers for every purpose; financial data as a whole unless said otherwise. */
  readonly agreed?: Readonly<Record<string, readonly DataCategory[]>>;
  /** LIVE unless said otherwise; `hidden` does not take part. */
  readonly statuses?: Readonly<Record<string, Agreement['status']>>;
}

/** The agreements with these banks. */
export function agreementsOf(
  { agreed = {}, statuses = {} }: StatedAgreements,
  banks: readonly string[],
): AgreementPort {
  const agreement = (bank: string): Agreement => {
    const mask = agreed[bank] ? maskOf(agreed[bank]) : financialMask;
    const status = statuses[bank] ?? (bank === 'hidden' ? 'NOT_PARTICIPATING' : 'LIVE');
    return { bank, status, region: 'US', covers: new Map(purposes.map((purpose) => [purpose, mask])) };
  };
  return { agreement, agreements: () => banks.map(agreement) };
}
