import { InternalFault } from '../fault/index.js';
import type { Consent, ConsentInitiator, ConsentState } from './consent.js';

/** The steps that exist, from each state. A state without steps is final. */
export const legalSteps: Readonly<Record<ConsentState, readonly ConsentState[]>> = {
  DRAFT: ['AWAITING_BANK', 'REVOKED', 'EXPIRED', 'REJECTED', 'SUPERSEDED'],
  AWAITING_BANK: ['ACTIVE', 'REVOKED', 'EXPIRED', 'REJECTED', 'SUPERSEDED'],
  ACTIVE: ['SUSPENDED', 'REVOKED', 'EXPIRED', 'SUPERSEDED'],
  SUSPENDED: ['ACTIVE', 'REVOKED', 'EXPIRED', 'SUPERSEDED'],
  REVOKED: [],
  EXPIRED: [],
  REJECTED: [],
  SUPERSEDED: [],
};

/** A step from one state to the next: where to, why, on whose account and when (milliseconds since the epoch). */
export interface ConsentStep {
  readonly to: ConsentState;
  readonly reason: string;
  readonly initiator: ConsentInitiator;
  readonly at: number;
}

/** How long a bank's step may take: the customer picks accounts within it. */
export const bankStepMs = 15 * 60_000;

/** True for states that nothing leaves. */
export function isFinal(state: ConsentState): boolean {
  return legalSteps[state].length === 0;
}

/** True for the states that a grant leads to and nothing has ended: ACTIVE, and SUSPENDED until it is resumed. */
export function isInEffect({ state }: Consent): boolean {
  return state === 'ACTIVE' || state === 'SUSPENDED';
}

/** The consent after one step. Throws an `InternalFault` for a step that does not exist: nothing leaves a final state. */
export function take(consent: Consent, step: ConsentStep): Consent {
  if (!legalSteps[consent.state].includes(step.to)) {
    throw new InternalFault(`a consent cannot go from ${consent.state} to ${step.to}`);
  }
  const { to: state, reason: stateReason, initiator, at: stateSince } = step;
  return { ...consent, state, stateReason, initiator, stateSince };
}

/**
 * The consent as it stands at `now`: time alone ends a consent that has run out, and a bank's step that took too long.
 * Whoever reads a stored consent reads it through this, so that no timer has to fire.
 */
export function settle(consent: Consent, now: number): Consent {
  if (isFinal(consent.state)) return consent;
  const stepEndsAt = consent.stateSince + bankStepMs;
  if (consent.state === 'AWAITING_BANK' && now >= stepEndsAt) {
    const reason = 'no accounts were picked in time';
    return take(consent, { to: 'REJECTED', reason, initiator: 'PLATFORM', at: stepEndsAt });
  }
  if (now < consent.expiresAt) return consent;
  return take(consent, {
    to: 'EXPIRED',
    reason: 'the agreed time is over',
    initiator: 'PLATFORM',
    at: consent.expiresAt,
  });
}

/** True when reads under the consent pause until the customer confirms it again. */
export function awaitsReconfirmation(consent: Consent, now: number): boolean {
  return consent.reconfirmBy !== undefined && now >= consent.reconfirmBy;
}

/** The instants at which time alone changes what a consent allows. */
export function deadlinesOf(consent: Consent): number[] {
  if (isFinal(consent.state)) return [];
  const deadlines = [consent.expiresAt];
  if (consent.reconfirmBy !== undefined) deadlines.push(consent.reconfirmBy);
  if (consent.state === 'AWAITING_BANK') deadlines.push(consent.stateSince + bankStepMs);
  return deadlines;
}

/** The consent without an account that the bank has closed; the others stay as they were. */
export function withoutAccount(consent: Consent, reference: string): Consent {
  if (isFinal(consent.state) || !consent.accounts.includes(reference)) return consent;
  const accounts = consent.accounts.filter((other) => other !== reference);
  return { ...consent, accounts, version: consent.version + 1 };
}
