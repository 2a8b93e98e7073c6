/** Decides what a bank or the platform does to a customer's consents: pure steps for `ConsentRepository.change`. */
import type { Consent, ConsentHolder, ConsentState } from './consent.js';
import { isFinal, isInEffect, settle, take, withoutAccount } from './lifecycle.js';
import type { ConsentChange, CustomerConsents } from './repository.js';

/** Who intervenes. A bank reaches the consents at that bank and no others. */
export type Intervener = { readonly kind: 'BANK'; readonly bank: string } | { readonly kind: 'PLATFORM' };

/** One intervention. It carries no text: customers read reasons of this file, never a bank's own words. */
export interface Intervention {
  readonly by: Intervener;
  readonly consentId: string;
  readonly now: number;
}

/**
 * `done`: the consent stands as was wanted, by this step or an earlier one. `refused`: it cannot get there from the state
 * it is in, and nothing was changed. `unknown`: the id names none of the customer's consents within the intervener's reach.
 */
export type InterventionOutcome =
  | { readonly kind: 'done'; readonly consent: Consent }
  | { readonly kind: 'refused'; readonly consent: Consent }
  | { readonly kind: 'unknown' };

type InterventionStep = (current: CustomerConsents) => ConsentChange<InterventionOutcome>;

/** Suspends an active consent. Reads stop at once; bank and platform can hold the same consent back, each for themselves. */
export function suspend(intervention: Intervention): InterventionStep {
  const { by, now } = intervention;
  return intervene(intervention, (consent) => {
    if (!isInEffect(consent)) return 'refused';
    return consent.suspendedBy?.includes(by.kind) ? consent : suspended(consent, [by.kind], now);
  });
}

/**
 * Lifts the intervener's own suspension, from this consent and all others for the same client, bank and purpose. The
 * consent is active again once nobody holds it back.
 */
export function resume(intervention: Intervention): InterventionStep {
  const { by, now } = intervention;
  return (current) => {
    const found = within(intervention, current);
    if (found === undefined) return { consents: [], result: { kind: 'unknown' } };
    const held = current.consents.filter((other) => isSameLine(other, found) && other.suspendedBy?.includes(by.kind));
    const lifted = held.map((other) => released(settle(other, now), by.kind, now));
    const consent = lifted.find(({ id }) => id === found.id) ?? found;
    const done = lifted.length > 0 || consent.state === 'ACTIVE';
    return { consents: lifted, result: { kind: done ? 'done' : 'refused', consent } };
  };
}

/** Revokes a consent that is in effect. Revoking twice is revoking once. */
export function revokeBy(intervention: Intervention): InterventionStep {
  return intervene(intervention, (consent) =>
    isInEffect(consent) ? ended('REVOKED', consent, intervention) : unlessAlready('REVOKED', consent),
  );
}

/** Rejects a consent that has not taken effect. Rejecting twice is rejecting once. */
export function rejectBy(intervention: Intervention): InterventionStep {
  return intervene(intervention, (consent) =>
    isFinal(consent.state) || isInEffect(consent)
      ? unlessAlready('REJECTED', consent)
      : ended('REJECTED', consent, intervention),
  );
}

/** An account that a bank has closed, by the bank's own reference. */
export interface ClosedAccount {
  readonly bank: string;
  readonly account: string;
  readonly now: number;
}

/**
 * Takes a closed account out of every consent at its bank, and out of nothing else. A consent whose last account it was
 * is revoked: it could never release anything again. Gives the consents that changed.
 */
export function closeAccount({ bank, account, now }: ClosedAccount) {
  return (current: CustomerConsents): ConsentChange<readonly Consent[]> => {
    const settled = current.consents.map((consent) => settle(consent, now));
    const touched = settled.filter((consent) => consent.bank === bank && holds(consent, account));
    const consents = touched.map((consent) => {
      const rest = withoutAccount(consent, account);
      if (rest.accounts.length > 0) return rest;
      return take(rest, { to: 'REVOKED', reason: 'the bank closed its last account', initiator: 'BANK', at: now });
    });
    return { consents, result: consents };
  };
}

/** Who holds consents for a client, bank and purpose back: also consents that have ended, which did not lift it. */
export function holdersOf(line: Line, { consents }: CustomerConsents): readonly ConsentHolder[] {
  const holders = consents
    .filter((consent) => isSameLine(consent, line))
    .flatMap(({ suspendedBy = [] }) => suspendedBy);
  return [...new Set(holders)];
}

/** The consent, held back by `holders` besides whoever holds it already; as it was where that is nobody. */
export function suspended(consent: Consent, holders: readonly ConsentHolder[], at: number): Consent {
  const suspendedBy = [...new Set([...(consent.suspendedBy ?? []), ...holders])];
  const [initiator] = suspendedBy;
  if (initiator === undefined) return consent;
  if (consent.state === 'SUSPENDED') return { ...consent, suspendedBy };
  return { ...take(consent, { to: 'SUSPENDED', reason: reasons.SUSPENDED[initiator], initiator, at }), suspendedBy };
}

/** Consents that replace one another: those of one customer for one client, bank and purpose. */
type Line = Pick<Consent, 'client' | 'bank' | 'purpose'>;

function isSameLine(one: Line, other: Line): boolean {
  return one.client === other.client && one.bank === other.bank && one.purpose === other.purpose;
}

function intervene(intervention: Intervention, move: (consent: Consent) => Consent | 'refused'): InterventionStep {
  return (current) => {
    const consent = within(intervention, current);
    if (consent === undefined) return { consents: [], result: { kind: 'unknown' } };
    const moved = move(consent);
    if (moved === 'refused') return { consents: [], result: { kind: 'refused', consent } };
    return { consents: moved === consent ? [] : [moved], result: { kind: 'done', consent: moved } };
  };
}

/** The consent as it stands now, where the intervener reaches it. */
function within({ by, consentId, now }: Intervention, { consents }: CustomerConsents): Consent | undefined {
  const stored = consents.find(({ id, bank }) => id === consentId && (by.kind === 'PLATFORM' || bank === by.bank));
  return stored && settle(stored, now);
}

function released(consent: Consent, holder: ConsentHolder, at: number): Consent {
  const { suspendedBy = [], ...rest } = consent;
  const left = suspendedBy.filter((other) => other !== holder);
  const [next] = left;
  if (consent.state !== 'SUSPENDED') return next === undefined ? rest : { ...rest, suspendedBy: left };
  if (next === undefined) return take(rest, { to: 'ACTIVE', reason: reasons.ACTIVE[holder], initiator: holder, at });
  return { ...rest, suspendedBy: left, initiator: next, stateReason: reasons.SUSPENDED[next] };
}

function ended(to: 'REVOKED' | 'REJECTED', consent: Consent, { by, now }: Intervention): Consent {
  return take(consent, { to, reason: reasons[to][by.kind], initiator: by.kind, at: now });
}

function unlessAlready(wanted: ConsentState, consent: Consent): Consent | 'refused' {
  return consent.state === wanted ? consent : 'refused';
}

function holds(consent: Consent, account: string): boolean {
  return !isFinal(consent.state) && consent.accounts.includes(account);
}

const reasons = {
  SUSPENDED: { BANK: 'suspended by the bank', PLATFORM: 'suspended by the platform' },
  ACTIVE: { BANK: 'resumed by the bank', PLATFORM: 'resumed by the platform' },
  REVOKED: { BANK: 'revoked by the bank', PLATFORM: 'revoked by the platform' },
  REJECTED: { BANK: 'rejected by the bank', PLATFORM: 'rejected by the platform' },
} as const satisfies Partial<Record<ConsentState, Record<ConsentHolder, string>>>;
