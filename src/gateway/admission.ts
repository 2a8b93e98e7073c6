/** Whether a bank may be asked now, by what its agreement says of maintenance and of how often. */
import type { RegisteredAgreementPort } from '../consent/index.js';
import type { FaultCode } from '../fault/index.js';

/** Why a bank is not asked at all; undefined where it may be, and that call is counted. */
export type Admission = (bank: string) => Extract<FaultCode, 'BANK_UNAVAILABLE' | 'BANK_THROTTLED'> | undefined;

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
  return (bank) => {
    const { maintenance = [], callsPerMinute } = agreements.agreement(bank) ?? {};
    const wall = clocks.now().getTime();
    if (maintenance.some(({ from, until }) => from <= wall && wall < until)) return 'BANK_UNAVAILABLE';
    if (callsPerMinute === undefined) return undefined;
    const now = clocks.monotonicMs();
    const recent = (calls.get(bank) ?? []).filter((at) => at > now - minuteMs);
    calls.set(bank, recent);
    if (recent.length >= callsPerMinute) return 'BANK_THROTTLED';
    recent.push(now);
    return undefined;
  };
}
