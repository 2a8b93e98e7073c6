import type { CategoryMask, ConsentablePurpose } from '../policy/index.js';

/** The states of a consent; the last four are final. */
export const consentStates = [
  'DRAFT',
  'AWAITING_BANK',
  'ACTIVE',
  'SUSPENDED',
  'REVOKED',
  'EXPIRED',
  'REJECTED',
  'SUPERSEDED',
] as const;

/** One of {@link consentStates}. */
export type ConsentState = (typeof consentStates)[number];

/** How long a consent was asked for. ONE_TIME ends a day after it was granted; PERSISTENT lasts as long as a consent may. */
export type ConsentDuration =
  | { readonly kind: 'ONE_TIME' }
  | { readonly kind: 'TIME_BOUND'; readonly days: number }
  | { readonly kind: 'PERSISTENT' };

/** Who brought a consent into its present state. */
export type ConsentInitiator = 'CUSTOMER' | 'BANK' | 'PLATFORM';

/** Who can suspend a consent. */
export type ConsentHolder = Exclude<ConsentInitiator, 'CUSTOMER'>;

/**
 * What one customer allows one client at one bank (or at `wallet`), for one purpose. Instants are milliseconds since
 * the epoch. Accounts are the bank's own references: never a number, never a name.
 */
export interface Consent {
  /** Random; says nothing about customer, bank or purpose. */
  readonly id: string;
  readonly customer: string;
  readonly client: string;
  readonly bank: string;
  /** How the bank knows the customer; absent until the bank has said so. */
  readonly customerReference?: string;
  readonly accounts: readonly string[];
  readonly purpose: ConsentablePurpose;
  readonly categories: CategoryMask;
  /** Days of history that may be read; absent when the customer set no limit. */
  readonly lookbackDays?: number;
  readonly duration: ConsentDuration;
  readonly grantedAt: number;
  readonly expiresAt: number;
  /** Past this instant reads pause until the customer confirms again; absent where the region has no such timer. */
  readonly reconfirmBy?: number;
  /** Starts at 1 and moves each time the customer confirms, or an account is taken out. */
  readonly version: number;
  /** Of the text that the customer was shown, SHA-256 in hex; {@link Consent.disclosureVersion} says which wording. */
  readonly disclosureHash: string;
  readonly disclosureVersion: number;
  readonly state: ConsentState;
  readonly stateReason: string;
  readonly initiator: ConsentInitiator;
  /** When `state` was entered. */
  readonly stateSince: number;
  /**
   * Who holds the consent back; each lifts only their own. Kept when the consent ends, so that a new one for the same
   * client, bank and purpose does not get round it. Absent: nobody.
   */
  readonly suspendedBy?: readonly ConsentHolder[];
}

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** The longest that any consent lasts. */
export const longestConsentDays = 365;

/** The account reference of the wallet, which has no accounts of its own. */
export const walletAccount = 'wallet';

/** The instant a consent granted at `grantedAt` ends: what was asked for, 365 days and the bank's maximum, whichever is least. */
export function expiryOf(duration: ConsentDuration, grantedAt: number, bankMaximumDays = longestConsentDays): number {
  return grantedAt + Math.min(daysOf(duration), longestConsentDays, bankMaximumDays) * dayMs;
}

/** The days that a duration asks for. */
export function daysOf(duration: ConsentDuration): number {
  switch (duration.kind) {
    case 'ONE_TIME':
      return 1;
    case 'TIME_BOUND':
      return duration.days;
    case 'PERSISTENT':
      return longestConsentDays;
  }
}

/** Days between two confirmations that a bank's region asks for; undefined where it asks for none. UK, which ISO 3166 calls GB: 90 days. */
export function reconfirmationDays(region: string): number | undefined {
  return region === 'UK' || region === 'GB' ? 90 : undefined;
}

/** The instant by which a consent confirmed at `confirmedAt` must be confirmed again; undefined where the region asks for nothing. */
export function reconfirmationOf(region: string, confirmedAt: number): number | undefined {
  const days = reconfirmationDays(region);
  return days === undefined ? undefined : confirmedAt + days * dayMs;
}
