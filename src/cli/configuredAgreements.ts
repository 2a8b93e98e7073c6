/** The agreements that a configuration states, in registry order, the wallet last. */
import type { RegisteredAgreement } from '../consent/index.js';
import type { Config } from '../gateway/index.js';
import { maskOf, type Purpose } from '../policy/index.js';

/** One for each bank, and one for the wallet where there is one. */
export function configuredAgreements({ banks, wallet }: Config): RegisteredAgreement[] {
  const listed = banks.map((bank): RegisteredAgreement => {
    const { id, status, region, agreement, lookbackDays, maximumConsentDays, callsPerMinute, maintenance } = bank;
    return {
      bank: id,
      status,
      region,
      covers: covered(agreement),
      maximumConsentDays,
      ...(lookbackDays !== 'unlimited' && { lookbackDays }),
      ...(callsPerMinute !== 'unlimited' && { callsPerMinute }),
      ...(maintenance.length > 0 && { maintenance: maintenance.map(windowOf) }),
    };
  });
  if (!wallet) return listed;
  const { status, region, agreement } = wallet;
  return [...listed, { bank: 'wallet', status, region, covers: covered(agreement) }];
}

function windowOf({ from, until }: { readonly from: string; readonly until: string }) {
  return { from: Date.parse(from), until: Date.parse(until) };
}

function covered(agreement: Config['banks'][number]['agreement']): ReadonlyMap<Purpose, number> {
  return new Map(
    Object.entries(agreement).map(([purpose, categories]) => [purpose as Purpose, maskOf(categories ?? [])]),
  );
}
