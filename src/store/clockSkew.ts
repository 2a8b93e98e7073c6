/** The clocks of two machines → a refusal where one of them is wrong. */
import { StoreFault } from './storeFault.js';

/** How far apart the clocks may be, in milliseconds. */
export const skewLeewayMs = 30_000;

/** A reading of the store's clock between two readings of this machine's, in milliseconds since the epoch. */
export interface ClockReading {
  readonly before: number;
  readonly store: number;
  readonly after: number;
}

/**
 * Throws a `StoreFault` where the clocks are further apart than {@link skewLeewayMs} however long the reading took: consents
 * would end, and receipts be dated, by a clock that is wrong, and nobody can tell which one it is.
 */
export function refuseSkew({ before, store, after }: ClockReading): void {
  const aheadMs = before - store;
  const behindMs = store - after;
  const apartMs = Math.max(aheadMs, behindMs);
  if (apartMs <= skewLeewayMs) return;
  const how = `${Math.round(apartMs / 1000)} s ${aheadMs > behindMs ? 'ahead of' : 'behind'} the store's`;
  throw new StoreFault('STORE_CLOCK', `this machine's clock is ${how}: set both by NTP`);
}
