import { ClientFault } from '../fault/index.js';
import type { Agreement, AgreementPort } from '../policy/index.js';

/** An agreement with what the consent store needs to know of it besides. */
export interface RegisteredAgreement extends Agreement {
  /** The longest consent that the bank takes; 365 days where absent. */
  readonly maximumConsentDays?: number;
  /** Most requests that one gateway sends the bank in a minute; absent where the bank states no cap. */
  readonly callsPerMinute?: number;
  /** When the bank is not asked at all; absent: never. */
  readonly maintenance?: readonly MaintenanceWindow[];
}

/** A time in which a bank takes no requests: milliseconds since the epoch, the end left out. */
export interface MaintenanceWindow {
  readonly from: number;
  readonly until: number;
}

/** The door to agreements, as the consent store sees them. */
export interface RegisteredAgreementPort extends AgreementPort {
  agreement(bank: string): RegisteredAgreement | undefined;
  agreements(): readonly RegisteredAgreement[];
}

/** Agreements out of a list in registry order. Throws a `RangeError` when a bank is listed twice. */
export function createAgreementPort(registry: readonly RegisteredAgreement[]): RegisteredAgreementPort {
  const byBank = new Map(registry.map((agreement) => [agreement.bank, agreement]));
  if (byBank.size !== registry.length) throw new RangeError('the registry lists a bank twice');
  const listed = Object.freeze([...registry]);
  return { agreement: (bank) => byBank.get(bank), agreements: () => listed };
}

/** True for banks that the platform routes to and may name: PILOT and LIVE. Every other bank is passed over in silence. */
export function isDisclosed(agreement: Agreement | undefined): agreement is Agreement {
  return agreement?.status === 'PILOT' || agreement?.status === 'LIVE';
}

/** The banks that are disclosed now, in registry order; undefined while nobody knows which those are. */
export function disclosedBanks(agreements: AgreementPort): readonly string[] | undefined {
  try {
    return agreements
      .agreements()
      .filter(isDisclosed)
      .map(({ bank }) => bank);
  } catch (error) {
    if (error instanceof ClientFault && error.code === 'STALE') return undefined;
    throw error;
  }
}
