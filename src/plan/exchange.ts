import type { CategoryMask, Standing } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import type { Cancelled } from './cancellation.js';
import type { Tape } from './tape.js';

/** What one answer of a partner released into a request: for its receipt. Holds no value. */
export interface Release {
  readonly bank: string;
  readonly categories: CategoryMask;
  /** Sorted. */
  readonly coordinates: readonly string[];
  /** Rows that the answer held. */
  readonly objects: number;
  readonly consents: readonly { readonly id: string; readonly version: number }[];
}

/** One request that was sent to a partner, whatever came of it: for its receipt. Holds no value. */
export interface Asked extends Omit<Release, 'objects'> {
  /** The id under which the partner's own log knows it. */
  readonly interaction: string;
}

/** What was wanted of a bank and not asked there, for want of consent, agreement or a new login: for its receipt. */
export interface Refused {
  /** Absent where the refusal concerned no bank in particular. */
  readonly bank?: string;
  readonly categories: CategoryMask;
  readonly coordinates: readonly string[];
}

/** What an answer of a platform subgraph showed of a customer's banking: for its receipt. Holds no value. */
export type Shown = Omit<Release, 'bank' | 'consents'>;

/** What the stages of one request share. Made by the gateway, one per request, never kept. */
export interface Exchange {
  readonly requestId: string;
  /** Absent in plain mode (`--policy none`). */
  readonly principal?: Principal;
  /** Consent at the start of the request; absent in plain mode and for principals without a customer. */
  readonly standing?: Standing;
  /** Coerced by the operation's own definitions. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch after which nothing is waited for. */
  readonly deadlineAt: number;
  readonly signal: Cancelled;
  readonly now: Date;
  /** Present where a run may be repeated. */
  readonly tape?: Tape;
  /** Why nothing financial may leave any more; absent while it may. */
  readonly stopped?: 'REVOKED_IN_FLIGHT' | 'STALE';
  /** Told of each answer of a partner that entered the harvest. */
  readonly onRelease?: (release: Release) => void;
  /** Told of each request that is sent to a partner, right before it is. */
  readonly onAsked?: (asked: Asked) => void;
  /** Told of each answer of a platform subgraph that entered the harvest and holds something financial. */
  readonly onShown?: (shown: Shown) => void;
  /** Told of what a partner is not asked because it may not be, and of what a platform subgraph refuses. */
  readonly onRefused?: (refused: Refused) => void;
}
