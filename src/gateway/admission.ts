/** Whether a bank may be asked now, by what its agreement says of maintenance and of how often. */
import type { RegisteredAgreementPort } from '../consent/index.js';
import type { Admission } from '../partition/index.js';

/** The clocks that an admission goes by. */
export interface AdmissionClocks {
  /** Behind maintenance windows. */
  readonly now: () => Date;
  /** Milliseconds that only ever grow: behind caps. */
  readonly monotonicMs: () => number;
}

const minuteMs = 60_000;

/** An admission that counts from now on. In no minute a bank is asked more often than its cap; each bank's calls count alone. */
export function createAdmission(agreements: RegisteredAgreementPort, clocks: AdmissionClocks): Admission {
  const calls = new Map<string, number[]>();
  const recentAt = (bank: string, now: number): number[] => {
    const recent = (calls.get(bank) ?? []).filter((at) => at > now - minuteMs);
    calls.set(bank, recent);
    return recent;
  };
  const barred: Admission['barred'] = (bank) => {
    const { maintenance = [], callsPerMinute } = agreements.agreement(bank) ?? {};
    const wall = clocks.now().getTime();
    if (maintenance.some(({ from, until }) => from <= wall && wall < until)) return 'BANK_UNAVAILABLE';
    if (callsPerMinute === undefined) return undefined;
    return recentAt(bank, clocks.monotonicMs()).length >= callsPerMinute ? 'BANK_THROTTLED' : undefined;
  };
  const admit: Admission['admit'] = (bank) => {
    const bar = barred(bank);
    const isCapped = agreements.agreement(bank)?.callsPerMinute !== undefined;
    if (bar === undefined && isCapped) calls.get(bank)?.push(clocks.monotonicMs());
    return bar;
  };
  return { barred, admit };
}
