/** Whether the bytes of a call may leave for a partner now: what the call began with still holds. */
import type { FaultCode } from '../fault/index.js';
import type { ConsentPort } from '../policy/index.js';

/** Why bytes do not leave: consent or agreement moved, nobody knows whether they did, or the partner may not be asked now. */
export type LeaveRefusal = Extract<FaultCode, 'REVOKED_IN_FLIGHT' | 'STALE' | 'BANK_UNAVAILABLE' | 'BANK_THROTTLED'>;

/** What is said right before the first byte, when nothing can be waited for any more. */
export type Leave =
  | { readonly kind: 'go' }
  | { readonly kind: 'refused'; readonly code: LeaveRefusal }
  /** Not known without a query. Once `read` has brought no refusal it is to be asked again; it never rejects. */
  | { readonly kind: 'unread'; readonly read: Promise<LeaveRefusal | undefined> };

/** Whose consents a call rests on, and the epoch that it began with. */
export interface Resting {
  readonly customer: string;
  readonly epoch: number;
}

/** Whether that epoch still stands. From memory alone: a keyed hash and a comparison in steady state. */
export function leaveNow(consents: ConsentPort, resting: Resting): Leave {
  try {
    const known = consents.knownEpoch(resting.customer);
    if (known === undefined) return { kind: 'unread', read: movedSince(consents, resting) };
    return known === resting.epoch ? { kind: 'go' } : { kind: 'refused', code: 'REVOKED_IN_FLIGHT' };
  } catch {
    return { kind: 'refused', code: 'STALE' };
  }
}

/** Why that epoch holds no more, read where it must be; undefined when it does. What cannot be known holds no more. */
export async function movedSince(
  consents: ConsentPort,
  { customer, epoch }: Resting,
): Promise<'REVOKED_IN_FLIGHT' | 'STALE' | undefined> {
  try {
    return (await consents.epoch(customer)) === epoch ? undefined : 'REVOKED_IN_FLIGHT';
  } catch {
    // The port logs why; whoever asks learns of the fields, and the open graph stands.
    return 'STALE';
  }
}
