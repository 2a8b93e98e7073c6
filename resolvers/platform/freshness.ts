import { ClientFault } from '../../src/fault/index.js';
import type { GrantClaims } from '../../src/partition/index.js';

/** The oldest authentication that a write accepts which moves money or opens data. */
const oldestS = 5 * 60;

/** How far clocks may differ. */
const skewS = 5;

/** Throws UNAUTHENTICATED unless the customer authenticated at most 5 minutes before `now`. No time stated is too old. */
export function requireFreshAuthentication(grant: GrantClaims, now: Date): void {
  const ageS = grant.authTime === undefined ? Infinity : now.getTime() / 1000 - grant.authTime;
  if (ageS <= oldestS + skewS && ageS >= -skewS) return;
  throw new ClientFault('UNAUTHENTICATED', 'this needs a token whose `auth_time` is at most 5 minutes old');
}
