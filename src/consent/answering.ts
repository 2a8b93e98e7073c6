/** The keys that a client has used for one customer's consents → whether an order is new, a retry, or another order under an old key. */
import { dayMs } from './consent.js';
import type { AnsweredOrder, CustomerConsents } from './repository.js';

/** How long an idempotency key is remembered. */
const keyLifeMs = dayMs;

/** The most keys of one customer that are remembered at a time: each stands in their row, which every change reads and writes. */
export const mostAnswered = 1_000;

/** Whose key an order has, and the key. */
export type ClientKey = Pick<AnsweredOrder, 'client' | 'key'>;

/**
 * `new`: nothing was ordered under the key in the last 24 hours, and `kept` are the other answers of that time. `full`: nothing was
 * either, but the key cannot be remembered, as there are {@link mostAnswered} others.
 */
export type Recollection =
  | { readonly kind: 'new'; readonly kept: readonly AnsweredOrder[] }
  | { readonly kind: 'repeated'; readonly consentId: string }
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'full' };

/** What is remembered of an order's key. Grants and revocations share a client's keys. Cost: the orders of a day. */
export function recall(
  { answered }: CustomerConsents,
  order: ClientKey & Pick<AnsweredOrder, 'terms'>,
  now: number,
): Recollection {
  const kept = answered.filter(({ at }) => at + keyLifeMs > now);
  const earlier = kept.find(({ client, key }) => client === order.client && key === order.key);
  if (earlier === undefined) return kept.length < mostAnswered ? { kind: 'new', kept } : { kind: 'full' };
  return earlier.terms === order.terms ? { kind: 'repeated', consentId: earlier.consentId } : { kind: 'keyReused' };
}
