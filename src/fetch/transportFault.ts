import type { LeaveRefusal } from '../partition/index.js';

/**
 * Why a call brought no usable answer. `unreachable`: no connection, or it broke. `timeout`: the deadline passed.
 * `aborted`: the caller gave up. `throttled`: 429. `status`: any other status outside 2xx, redirects included.
 * `tooLarge`: more bytes than the caller takes. `malformed`: not JSON by its content type, or not UTF-8. `open`: the
 * destination failed several times in a row and is left alone for now. `full`: as many calls as it may hold are
 * under way or wait already. `refused`: the call's own `leave` did not let it go.
 */
export type TransportFaultKind =
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'throttled'
  | 'status'
  | 'tooLarge'
  | 'malformed'
  | 'open'
  | 'full'
  | 'refused';

/** What is known beside the kind. */
export interface TransportFaultFacts {
  readonly status?: number;
  /** What the destination asked for in `Retry-After`. */
  readonly retryAfterMs?: number;
  /** How long an attempt was waited for before its deadline passed. */
  readonly waitedMs?: number;
  /** Why the call's own `leave` did not let it go. */
  readonly refusal?: LeaveRefusal;
  readonly cause?: unknown;
}

/** A call that failed, for the caller to translate: the message names no host, and nothing of it is for a client. */
export class TransportFault extends Error {
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly waitedMs: number | undefined;
  readonly refusal: LeaveRefusal | undefined;

  constructor(
    readonly kind: TransportFaultKind,
    { status, retryAfterMs, waitedMs, refusal, cause }: TransportFaultFacts = {},
  ) {
    super(`the call failed: ${kind}${status === undefined ? '' : ` ${status}`}`, cause === undefined ? {} : { cause });
    this.name = 'TransportFault';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.waitedMs = waitedMs;
    this.refusal = refusal;
  }
}

/** True where another attempt may do better at once: nothing was answered, or a gateway on the way said so. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof TransportFault) || error.retryAfterMs !== undefined) return false;
  return error.kind === 'unreachable' || (error.status !== undefined && [502, 503, 504].includes(error.status));
}

/** A destination must have been waited for this long before a timeout says something about it and not about us. */
const patienceMs = 1_000;

/** True for what says that a destination is not well. A refusal, a limit or our own haste does not. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof TransportFault)) return false;
  const { kind, status = 0, waitedMs = 0 } = error;
  if (kind === 'timeout') return waitedMs >= patienceMs;
  return kind === 'unreachable' || kind === 'malformed' || (kind === 'status' && status >= 500);
}
