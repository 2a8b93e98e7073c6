/** What every subgraph refuses of an idempotency key, in the same words. */
import { ClientFault } from '../src/fault/index.js';

/** The key as it was given. Throws BAD_USER_INPUT for one of another shape than 1 to 40 characters. */
export function requireKey(key: string): string {
  if (key.length >= 1 && key.length <= 40) return key;
  throw new ClientFault('BAD_USER_INPUT', '`idempotencyKey` must have 1 to 40 characters');
}

/** The fault for a key that comes back with another order. */
export function keyReused(): ClientFault {
  return new ClientFault('BAD_USER_INPUT', '`idempotencyKey` was used for another order');
}

/** The fault for a key that could not be remembered. */
export function tooManyKeys(): ClientFault {
  return new ClientFault('BAD_USER_INPUT', '`idempotencyKey` is one of too many within 24 hours: order again later');
}
