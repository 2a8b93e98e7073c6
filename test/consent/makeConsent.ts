import { dayMs, disclosureOf, type Consent } from '../../src/consent/index.js';
import { maskOf } from '../../src/policy/index.js';

/** Noon of an ordinary day, in milliseconds since the epoch. */
export const noonMs = Date.parse('2026-11-15T12:00:00.000Z');

/** An active consent of customer-1 at harbor for BALANCE on one account, granted a day ago; `facts` say otherwise. */
export function makeConsent(facts: Partial<Consent> = {}): Consent {
  const terms = {
    bank: 'harbor',
    purpose: 'ACCOUNT_SERVICING',
    categories: maskOf(['BALANCE']),
    duration: { kind: 'PERSISTENT' },
  } as const;
  return {
    id: 'consent-1',
    customer: 'customer-1',
    client: 'messenger',
    customerReference: 'hb-1',
    accounts: ['hb-1-1'],
    ...terms,
    grantedAt: noonMs - dayMs,
    expiresAt: noonMs + 364 * dayMs,
    version: 1,
    ...disclosureOf({ client: 'messenger', ...terms, ...facts }),
    state: 'ACTIVE',
    stateReason: 'granted by the customer',
    initiator: 'CUSTOMER',
    stateSince: noonMs - dayMs,
    ...facts,
  };
}
