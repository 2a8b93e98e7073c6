import { recall, type ClientKey } from './answering.js';
import type { Consent } from './consent.js';
import { isFinal, settle, take } from './lifecycle.js';
import type { AnsweredOrder, ConsentChange, CustomerConsents } from './repository.js';

/**
 * `unknown`: the id names none of the customer's consents. `keyReused`: the key was used for another order within the last
 * 24 hours. Nothing was changed by either.
 */
export type RevokeOutcome =
  | { readonly kind: 'revoked'; readonly consent: Consent }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'keyReused' };

/**
 * The step by which a customer revokes one of their consents, for `ConsentRepository.change`. A final consent stays
 * what it is: revoking twice is revoking once, with a key or without. A key is remembered only with what it changed, and where it
 * can be: repeating what is not remembered changes nothing either.
 * INVARIANT: what is remembered of a key makes no revocation unnecessary. It refuses in words, or the consent ends here.
 */
export function revoke(consentId: string, now: number, key?: ClientKey) {
  return (current: CustomerConsents): ConsentChange<RevokeOutcome> => {
    const consent = current.consents.find(({ id }) => id === consentId);
    if (consent === undefined) return { consents: [], result: { kind: 'unknown' } };
    const order = key && { ...key, terms: JSON.stringify(['revokeConsent', consentId]) };
    const known = order && recall(current, order, now);
    if (known?.kind === 'keyReused') return { consents: [], result: known };
    const change = ended(consent, now);
    if (order === undefined || known?.kind !== 'new' || change.consents.length === 0) return change;
    const answer: AnsweredOrder = { ...order, consentId, at: now };
    return { ...change, answered: [...known.kept, answer] };
  };
}

function ended(stored: Consent, now: number): ConsentChange<RevokeOutcome> {
  const consent = settle(stored, now);
  if (isFinal(consent.state)) return { consents: [], result: { kind: 'revoked', consent } };
  const step = { to: 'REVOKED', reason: 'revoked by the customer', initiator: 'CUSTOMER', at: now } as const;
  const revoked = take(consent, step);
  return { consents: [revoked], result: { kind: 'revoked', consent: revoked } };
}
