import { InternalFault } from '../fault/index.js';
import type { Consent } from './consent.js';
import { type Roll, rollOf } from './roll.js';

/**
 * A grant or a revocation that was answered under a key: repeating it repeats the answer. `terms` is the whole order, as text.
 * Consents are changed under CONSENT_MANAGEMENT alone, so that a client's keys here are those of one purpose.
 */
export interface AnsweredOrder {
  readonly client: string;
  readonly key: string;
  readonly terms: string;
  readonly consentId: string;
  readonly at: number;
}

/** All that is stored about one customer, read at one instant. Consents stand in the order in which they were made. */
export interface CustomerConsents {
  /** Moves by one with each change. */
  readonly epoch: number;
  readonly consents: readonly Consent[];
  readonly answered: readonly AnsweredOrder[];
}

/** What one atomic step writes: consents by id, new or changed, and the orders that now count as answered. */
export interface ConsentChange<Result> {
  readonly consents: readonly Consent[];
  /** Replaces the stored list; absent leaves it. */
  readonly answered?: readonly AnsweredOrder[];
  readonly result: Result;
}

/** Where consents are kept. */
export interface ConsentRepository {
  ofCustomer(customer: string): Promise<CustomerConsents>;
  /**
   * What is known of one customer without a query, and may be decided on; undefined where it must be read. Throws STALE where
   * nothing may be decided on. What keeps nothing in memory knows nothing.
   */
  known(customer: string): CustomerConsents | undefined;
  /**
   * Applies one step to one customer's consents: nothing else changes them between what `step` reads and what it
   * writes, and all of it is written or none. The epoch moves when a consent is written. `step` may run again.
   */
  change<Result>(customer: string, step: (current: CustomerConsents) => ConsentChange<Result>): Promise<Result>;
  /** Every consent, for auditors. */
  roll(): Roll<Consent>;
  /** The customers whom a search finds: what banks say names no customer. None, where nothing is found. */
  customersOf(search: ConsentSearch): Promise<readonly string[]>;
}

/** What a bank or an operator knows of a consent: its id, or how the bank names the customer. */
export type ConsentSearch =
  | { readonly kind: 'consent'; readonly id: string }
  | { readonly kind: 'holder'; readonly bank: string; readonly customerReference: string };

const nothing: CustomerConsents = { epoch: 0, consents: [], answered: [] };

/** Consents in this process's memory; gone when it ends. */
export function createMemoryRepository(seeds: readonly Consent[] = []): ConsentRepository {
  const customers = new Map<string, CustomerConsents>();
  for (const seed of seeds) {
    const current = customers.get(seed.customer) ?? nothing;
    customers.set(seed.customer, { ...current, consents: [...current.consents, seed] });
  }
  return {
    ofCustomer: async (customer) => customers.get(customer) ?? nothing,
    known: (customer) => customers.get(customer) ?? nothing,
    change: async (customer, step) => {
      const current = customers.get(customer) ?? nothing;
      const change = step(current);
      customers.set(customer, written(customer, current, change));
      return change.result;
    },
    roll: () =>
      rollOf([...customers.values()].flatMap(({ consents }) => consents.map((one) => [one.id, one] as const))),
    customersOf: async (search) => {
      const consents = [...customers.values()].flatMap((stored) => stored.consents).filter(foundBy(search));
      return [...new Set(consents.map(({ customer }) => customer))];
    },
  };
}

function foundBy(search: ConsentSearch): (consent: Consent) => boolean {
  if (search.kind === 'consent') return ({ id }) => id === search.id;
  return ({ bank, customerReference }) => bank === search.bank && customerReference === search.customerReference;
}

function written(customer: string, current: CustomerConsents, change: ConsentChange<unknown>): CustomerConsents {
  if (change.consents.some((consent) => consent.customer !== customer)) {
    throw new InternalFault('a step wrote a consent of another customer');
  }
  const byId = new Map(current.consents.map((consent) => [consent.id, consent]));
  for (const consent of change.consents) byId.set(consent.id, consent);
  return {
    epoch: current.epoch + (change.consents.length > 0 ? 1 : 0),
    consents: [...byId.values()],
    answered: change.answered ?? current.answered,
  };
}
