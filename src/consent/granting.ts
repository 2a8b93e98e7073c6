/** Decides what a customer's grant does to the consents that are there: pure steps for `ConsentRepository.change`. */
import { InternalFault } from '../fault/index.js';
import type { CategoryMask, ConsentablePurpose } from '../policy/index.js';
import { recall } from './answering.js';
import { daysOf, expiryOf, reconfirmationOf, type Consent, type ConsentDuration } from './consent.js';
import { disclosureOf } from './disclosure.js';
import { holdersOf, suspended } from './intervening.js';
import { isFinal, isInEffect, settle, take } from './lifecycle.js';
import type { ConsentChange, CustomerConsents } from './repository.js';

/** What a customer asks for, already checked against purpose, bank and ownership of the accounts. */
export interface GrantOrder {
  readonly customer: string;
  readonly client: string;
  readonly bank: string;
  /** Absent while the bank has not said how it knows the customer. */
  readonly customerReference?: string;
  readonly purpose: ConsentablePurpose;
  readonly categories: CategoryMask;
  /** The bank's references; absent: the customer still has to pick. */
  readonly accounts?: readonly string[];
  readonly duration: ConsentDuration;
  /** Days of history; absent when the customer sets no limit. */
  readonly lookbackDays?: number;
  /** The bank's maximum; 365 where absent. */
  readonly maximumDays?: number;
  /** The bank's region: decides when the consent must be confirmed again. */
  readonly region: string;
  readonly idempotencyKey: string;
}

/** When a grant is made, and the id that a new consent would get. */
export interface GrantMoment {
  readonly now: number;
  readonly newId: string;
}

/**
 * `keyReused`: the key was used for another order within the last 24 hours. `full`: so many were that this one could not be remembered.
 * Nothing was changed by either.
 */
export type GrantOutcome =
  { readonly kind: 'granted'; readonly consent: Consent } | { readonly kind: 'keyReused' } | { readonly kind: 'full' };

/**
 * The step that grants an order. Same key and order: the same consent again. The order of a consent in effect: that
 * consent, confirmed anew, and ending no later than the bank allows by now. Otherwise a new consent (or the one that waited for these accounts) takes effect, and what
 * it replaces is superseded in the same step. What a bank or the platform holds back stays held back, whatever is granted.
 */
export function grant(order: GrantOrder, moment: GrantMoment) {
  return (current: CustomerConsents): ConsentChange<GrantOutcome> => {
    const { client, idempotencyKey: key } = order;
    const keyed = { client, key, terms: termsOf(order) };
    const known = recall(current, keyed, moment.now);
    if (known.kind === 'keyReused' || known.kind === 'full') return { consents: [], result: known };
    if (known.kind === 'repeated') return repeat(known.consentId, current, moment.now);
    const rivals = rivalsOf(order, current, moment.now);
    const holders = holdersOf(order, current);
    const consent =
      order.accounts === undefined
        ? waiting(order, moment)
        : suspended(effective(order, rivals, moment), holders, moment.now);
    return {
      consents: [...superseded(rivals, consent, moment.now), consent],
      answered: [...known.kept, { ...keyed, consentId: consent.id, at: moment.now }],
      result: { kind: 'granted', consent },
    };
  };
}

function repeat(consentId: string, current: CustomerConsents, now: number): ConsentChange<GrantOutcome> {
  const consent = current.consents.find(({ id }) => id === consentId);
  if (consent === undefined) throw new InternalFault('a consent that was granted is gone');
  return { consents: [], result: { kind: 'granted', consent: settle(consent, now) } };
}

/** Everything that the order says, as text, so that any difference shows. */
function termsOf({ customer, client, idempotencyKey, ...terms }: GrantOrder): string {
  const { bank, purpose, categories, duration, lookbackDays = null } = terms;
  return JSON.stringify([
    customer,
    client,
    idempotencyKey,
    bank,
    purpose,
    categories,
    duration,
    lookbackDays,
    sorted(terms.accounts),
  ]);
}

/** The consents for the same client, bank and purpose that are not final, as they stand now. */
function rivalsOf(order: GrantOrder, current: CustomerConsents, now: number): Consent[] {
  const settled = current.consents.map((consent) => settle(consent, now));
  return settled.filter(
    ({ client, bank, purpose, state }) =>
      client === order.client && bank === order.bank && purpose === order.purpose && !isFinal(state),
  );
}

/** A new consent that waits until the customer has picked accounts. */
function waiting(order: GrantOrder, { now, newId }: GrantMoment): Consent {
  const { customer, client, bank, purpose, categories, duration, lookbackDays, customerReference } = order;
  const draft: Consent = {
    id: newId,
    customer,
    client,
    bank,
    accounts: [],
    purpose,
    categories,
    duration,
    grantedAt: now,
    expiresAt: expiryOf(duration, now, order.maximumDays),
    version: 1,
    ...disclosureOf(order),
    state: 'DRAFT',
    stateReason: 'drawn up by the customer',
    initiator: 'CUSTOMER',
    stateSince: now,
    ...(customerReference === undefined ? {} : { customerReference }),
    ...(lookbackDays === undefined ? {} : { lookbackDays }),
  };
  return take(draft, { to: 'AWAITING_BANK', reason: 'the customer picks accounts', initiator: 'CUSTOMER', at: now });
}

/** The consent that the order brings into effect: the one in effect confirmed, the one that waited, or a new one. */
function effective(order: GrantOrder, rivals: readonly Consent[], moment: GrantMoment): Consent {
  const same = rivals.find((rival) => isInEffect(rival) && sameTerms(rival, order) && sameAccounts(rival, order));
  // A bank that has lowered its maximum may have ended what would be confirmed: then it is granted anew.
  if (same !== undefined && cappedExpiry(same, order) > moment.now) return confirmed(same, order, moment.now);
  const waited = rivals.find((rival) => rival.state === 'AWAITING_BANK' && sameTerms(rival, order));
  return activated(waited ?? waiting(order, moment), order, moment.now);
}

/** Everything but the accounts; the wording in which it was shown may have changed since. */
function sameTerms(consent: Consent, order: GrantOrder): boolean {
  return (
    consent.categories === order.categories &&
    consent.duration.kind === order.duration.kind &&
    daysOf(consent.duration) === daysOf(order.duration) &&
    consent.lookbackDays === order.lookbackDays &&
    consent.customerReference === order.customerReference
  );
}

function sameAccounts({ accounts }: Consent, order: GrantOrder): boolean {
  return JSON.stringify(sorted(accounts)) === JSON.stringify(sorted(order.accounts));
}

function sorted(references: readonly string[] | undefined): string[] | null {
  return references === undefined ? null : [...references].sort();
}

/** When a consent would end that was granted when it was, under the bank's maximum of today; never later than it does. */
function cappedExpiry({ grantedAt, expiresAt }: Consent, { duration, maximumDays }: GrantOrder): number {
  return Math.min(expiresAt, expiryOf(duration, grantedAt, maximumDays));
}

function confirmed(consent: Consent, order: GrantOrder, now: number): Consent {
  const reconfirmBy = reconfirmationOf(order.region, now);
  const expiresAt = cappedExpiry(consent, order);
  if (reconfirmBy === undefined && expiresAt === consent.expiresAt) return consent;
  const timer = reconfirmBy === undefined ? {} : { reconfirmBy };
  return { ...consent, expiresAt, ...timer, version: consent.version + 1, ...disclosureOf(order) };
}

function activated(waited: Consent, order: GrantOrder, now: number): Consent {
  const active = take(waited, { to: 'ACTIVE', reason: 'granted by the customer', initiator: 'CUSTOMER', at: now });
  const reconfirmBy = reconfirmationOf(order.region, now);
  return {
    ...active,
    ...disclosureOf(order),
    accounts: [...new Set(order.accounts)],
    grantedAt: now,
    expiresAt: expiryOf(order.duration, now, order.maximumDays),
    ...(reconfirmBy === undefined ? {} : { reconfirmBy }),
  };
}

/** A consent in effect replaces all its rivals; one that waits replaces only those that waited before it. */
function superseded(rivals: readonly Consent[], by: Consent, at: number): Consent[] {
  const replaced = rivals.filter(({ id, state }) => id !== by.id && (isInEffect(by) || state === 'AWAITING_BANK'));
  const reason = 'replaced by a newer consent';
  return replaced.map((rival) => take(rival, { to: 'SUPERSEDED', reason, initiator: 'CUSTOMER', at }));
}
