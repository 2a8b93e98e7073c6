/** What was decided about an agreement while the gateway runs, and what an agreement is in its light: never more than it was. */
import type { BankStatus, CategoryMask, Purpose } from '../policy/index.js';
import type { MaintenanceWindow, RegisteredAgreement } from './agreement.js';

/** What a decision says; what it leaves out stays as configured. */
export interface AgreementTerms {
  readonly status?: BankStatus;
  /** Purpose → categories; a purpose that is absent is not covered. */
  readonly covers?: ReadonlyMap<Purpose, CategoryMask>;
  readonly lookbackDays?: number;
  readonly maximumConsentDays?: number;
  readonly callsPerMinute?: number;
  readonly maintenance?: readonly MaintenanceWindow[];
}

/** One decision about one bank's agreement: all that holds besides its configuration, and who answers for it. */
export interface AgreementVersion {
  readonly bank: string;
  /** 1 for a bank's first; each replaces those before it as soon as it is in effect. */
  readonly version: number;
  readonly terms: AgreementTerms;
  /** Milliseconds since the epoch; absent: from the moment it was entered. */
  readonly effectiveFrom?: number;
  readonly enteredAt: number;
  readonly by: string;
  readonly reason: string;
}

/** The statuses from the widest to the narrowest: of two, the later one holds. */
const narrowing: readonly BankStatus[] = [
  'LIVE',
  'PILOT',
  'SUSPENDED',
  'TERMINATED',
  'NOT_PARTICIPATING',
  'UNDISCLOSED',
];

/** True for a version that holds at `now`, unless a newer one does. */
export function isInForce({ effectiveFrom }: AgreementVersion, now: number): boolean {
  return effectiveFrom === undefined || effectiveFrom <= now;
}

/** The newest version of one bank in effect at `now`; undefined where there is none. Any order of `versions`. */
export function versionInForce(versions: readonly AgreementVersion[], now: number): AgreementVersion | undefined {
  return newest(versions.filter((version) => isInForce(version, now)));
}

/** The versions of one bank that will take effect after `now`, oldest first. */
export function versionsToCome(versions: readonly AgreementVersion[], now: number): readonly AgreementVersion[] {
  const current = versionInForce(versions, now)?.version ?? 0;
  return versions
    .filter((version) => version.version > current && !isInForce(version, now))
    .sort((one, other) => one.version - other.version);
}

function newest(versions: readonly AgreementVersion[]): AgreementVersion | undefined {
  return versions.reduce<AgreementVersion | undefined>(
    (best, version) => (best === undefined || version.version > best.version ? version : best),
    undefined,
  );
}

/**
 * The agreement as it stands under `terms`. INVARIANT: in no member wider than `configured`, whatever the terms say. A
 * status that is not PILOT or LIVE covers nothing more than that status allows, so `covers` stays as it is.
 */
export function narrowed(configured: RegisteredAgreement, terms: AgreementTerms | undefined): RegisteredAgreement {
  if (terms === undefined) return configured;
  const lookbackDays = least(configured.lookbackDays, terms.lookbackDays);
  const maximumConsentDays = least(configured.maximumConsentDays, terms.maximumConsentDays);
  const callsPerMinute = least(configured.callsPerMinute, terms.callsPerMinute);
  const maintenance = [...(configured.maintenance ?? []), ...(terms.maintenance ?? [])];
  return {
    bank: configured.bank,
    status: narrowerStatus(configured.status, terms.status),
    region: configured.region,
    covers: terms.covers === undefined ? configured.covers : common(configured.covers, terms.covers),
    ...(lookbackDays !== undefined && { lookbackDays }),
    ...(maximumConsentDays !== undefined && { maximumConsentDays }),
    ...(callsPerMinute !== undefined && { callsPerMinute }),
    ...(maintenance.length > 0 && { maintenance }),
  };
}

function narrowerStatus(configured: BankStatus, decided: BankStatus | undefined): BankStatus {
  if (decided === undefined) return configured;
  return narrowing.indexOf(decided) > narrowing.indexOf(configured) ? decided : configured;
}

function common(
  configured: RegisteredAgreement['covers'],
  decided: RegisteredAgreement['covers'],
): RegisteredAgreement['covers'] {
  const shared = [...configured].map(([purpose, mask]) => [purpose, mask & (decided.get(purpose) ?? 0)] as const);
  return new Map(shared.filter(([, mask]) => mask !== 0));
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
