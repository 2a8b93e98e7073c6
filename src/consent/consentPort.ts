/** Turns stored consents into what they say to one principal at one instant. */
import {
  consentablePurposes,
  maskOf,
  type AgreementPort,
  type BankStanding,
  type ConsentPort,
  type StandingQuestion,
} from '../policy/index.js';
import { accountsOf } from './accountStanding.js';
import { isDisclosed } from './agreement.js';
import type { Consent } from './consent.js';
import { awaitsReconfirmation, deadlinesOf, isFinal, settle } from './lifecycle.js';
import type { ConsentRepository, CustomerConsents } from './repository.js';

/**
 * The consent port over a repository. Agreements decide only which banks are named at all; what they cover is applied
 * where a bank is called. `clock` tells the epoch when time alone has ended something.
 */
export function createConsentPort(
  repository: ConsentRepository,
  agreements: AgreementPort,
  clock: () => Date,
): ConsentPort {
  return {
    standing: async (question, now) => {
      const current = await repository.ofCustomer(question.customer);
      const reading = { question, current, now: now.getTime() };
      return { epoch: epochAt(current, reading.now), banks: standings(reading, agreements) };
    },
    epoch: async (customer) => epochAt(await repository.ofCustomer(customer), clock().getTime()),
    knownEpoch: (customer) => {
      const known = repository.known(customer);
      return known && epochAt(known, clock().getTime());
    },
  };
}

interface Reading {
  readonly question: StandingQuestion;
  readonly current: CustomerConsents;
  readonly now: number;
}

/** More deadlines than one customer's consents can have between two changes. */
const deadlinesPerChange = 2 ** 20;

/**
 * The stored epoch, then how many deadlines have passed since: an expiry in mid-flight moves it as a revocation does.
 * INVARIANT: never falls, because a change weighs more than all the deadlines it may remove.
 */
function epochAt(current: CustomerConsents, now: number): number {
  const passed = current.consents.flatMap(deadlinesOf).filter((deadline) => deadline <= now).length;
  return current.epoch * deadlinesPerChange + Math.min(passed, deadlinesPerChange - 1);
}

function standings(reading: Reading, agreements: AgreementPort): BankStanding[] {
  const consents = consentsAsked(reading);
  return agreements.agreements().flatMap((agreement) => {
    if (!isDisclosed(agreement)) return [];
    const atBank = consents.filter((consent) => consent.bank === agreement.bank);
    const picks = reading.question.purpose === 'CONSENT_MANAGEMENT';
    const standing = picks ? pickingAt(atBank) : readingAt(atBank, agreement.lookbackDays, reading.now);
    return standing ?? [];
  });
}

function consentsAsked({ question, current, now }: Reading): Consent[] {
  const settled = current.consents.map((consent) => settle(consent, now));
  const own = settled.filter(({ customer, client }) => customer === question.customer && client === question.client);
  if (question.purpose === 'CONSENT_MANAGEMENT') return own.filter(({ state }) => !isFinal(state));
  if (!(consentablePurposes as readonly string[]).includes(question.purpose)) return [];
  return own.filter(({ state, purpose }) => state === 'ACTIVE' && purpose === question.purpose);
}

function readingAt(
  consents: readonly Consent[],
  agreedDays: number | undefined,
  now: number,
): BankStanding | undefined {
  const fresh = consents.filter((consent) => !awaitsReconfirmation(consent, now));
  const [state, resting] = fresh.length > 0 ? (['active', fresh] as const) : (['reauth', consents] as const);
  const accounts = accountsOf(resting, agreedDays, now);
  return accounts.length === 0 ? undefined : standingOf(resting, state, accounts);
}

const pickable = maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY']);

function pickingAt(consents: readonly Consent[]): BankStanding | undefined {
  if (consents.some(({ state }) => state === 'AWAITING_BANK')) return standingOf(consents, 'picking', 'all');
  const references = new Set(consents.flatMap(({ accounts }) => accounts));
  const accounts = [...references].map((reference) => ({ reference, categories: pickable }));
  return accounts.length === 0 ? undefined : standingOf(consents, 'picking', accounts);
}

/** Undefined when no consent says how the bank knows the customer, or two of them disagree: then nobody can be asked for. */
function standingOf(
  consents: readonly Consent[],
  state: BankStanding['state'],
  accounts: BankStanding['accounts'],
): BankStanding | undefined {
  const references = new Set(consents.flatMap(({ customerReference }) => customerReference ?? []));
  const [first] = consents;
  const [customerReference] = references;
  if (first === undefined || customerReference === undefined || references.size > 1) return undefined;
  const rests = consents.map(({ id, version }) => ({ id, version }));
  return { bank: first.bank, customerReference, state, accounts, consents: rests };
}
