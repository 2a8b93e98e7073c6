import type { CategoryMask, Purpose } from './vocabulary.js';

/**
 * What consent says about one account at one bank, for one customer, client and purpose. `categories` always holds
 * RELATIONSHIP, which any active consent implies.
 */
export interface AccountStanding {
  /** The bank's own reference for the account. */
  readonly reference: string;
  readonly categories: CategoryMask;
  /** First instant of data that the consents' lookback reaches (RFC 3339); absent when unlimited. */
  readonly notBefore?: string;
}

/** What consent says about one bank (or the wallet), for one customer, client and purpose. */
export interface BankStanding {
  readonly bank: string;
  /** How this bank knows the customer. */
  readonly customerReference: string;
  /**
   * `active`: at least one account or category is covered. `reauth`: consents exist, all wait to be reconfirmed.
   * `picking`: CONSENT_MANAGEMENT only; the accounts listed, or all of them when `accounts` is `'all'`.
   */
  readonly state: 'active' | 'reauth' | 'picking';
  readonly accounts: readonly AccountStanding[] | 'all';
  /** The consents that this rests on, for grants and receipts. */
  readonly consents: readonly { readonly id: string; readonly version: number }[];
}

/** All that consent says to one principal, at one instant. Banks without standing are absent, not listed empty. */
export interface Standing {
  /** Moves whenever any consent of the customer changes. */
  readonly epoch: number;
  /** In registry order. */
  readonly banks: readonly BankStanding[];
}

/** Whose standing is asked for. */
export interface StandingQuestion {
  readonly customer: string;
  readonly client: string;
  readonly purpose: Purpose;
}

/** The one door to consents. Implementations answer from state no older than 5 s, or throw a `STALE` fault. */
export interface ConsentPort {
  standing(question: StandingQuestion, now: Date): Promise<Standing>;
  /** The customer's epoch now; compared before a bank is called and before bytes leave. */
  epoch(customer: string): Promise<number>;
  /**
   * The same, where it is known without a query; undefined where {@link ConsentPort.epoch} must read it first. Compared where
   * nothing can be waited for: right before a byte goes to a bank.
   */
  knownEpoch(customer: string): number | undefined;
}

/** The statuses of an agreement. Only PILOT and LIVE banks are routed to; only they are ever named. */
export const bankStatuses = ['UNDISCLOSED', 'NOT_PARTICIPATING', 'PILOT', 'LIVE', 'SUSPENDED', 'TERMINATED'] as const;

/** One of {@link bankStatuses}. */
export type BankStatus = (typeof bankStatuses)[number];

/** The agreement with one bank (or the wallet), as the registry states it now. */
export interface Agreement {
  readonly bank: string;
  readonly status: BankStatus;
  /** ISO 3166 region whose reconfirmation timer applies: `UK` has one of 90 days. */
  readonly region: string;
  /** What the agreement covers per purpose; a purpose that is absent is not covered. Never widens the policy. */
  readonly covers: ReadonlyMap<Purpose, CategoryMask>;
  readonly lookbackDays?: number;
}

/** The one door to agreements. */
export interface AgreementPort {
  /** Undefined for a bank that the registry does not list. */
  agreement(bank: string): Agreement | undefined;
  /** All listed banks, in registry order. */
  agreements(): readonly Agreement[];
}
