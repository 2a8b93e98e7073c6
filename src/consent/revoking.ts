import type { Consent } from './consent.js';
import { isFinal, settle, take } from './lifecycle.js';
import type { ConsentChange, CustomerConsents } from './repository.js';

/**
 * The step by which a customer revokes one of their consents, for `ConsentRepository.change`. A final consent stays
 * what it is: revoking twice is revoking once. An id that names none of the customer's consents gives undefined.
 */
export function revoke(consentId: string, now: number) {
  return (current: CustomerConsents): ConsentChange<Consent | undefined> => {
    const stored = current.consents.find(({ id }) => id === consentId);
    if (stored === undefined) return { consents: [], result: undefined };
    const consent = settle(stored, now);
    if (isFinal(consent.state)) return { consents: [], result: consent };
    const step = { to: 'REVOKED', reason: 'revoked by the customer', initiator: 'CUSTOMER', at: now } as const;
    const revoked = take(consent, step);
    return { consents: [revoked], result: revoked };
  };
}
