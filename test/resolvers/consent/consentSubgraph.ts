/** A consent subgraph over the demo's consents. */
import { createConsentPort, createMemoryRepository, dayMs, type Consent } from '../../../src/consent/index.js';
import type { Subgraph } from '../../../src/partner/index.js';
import { maskOf } from '../../../src/policy/index.js';
import { createMemoryJournal, type ReceiptJournal } from '../../../src/receipt/index.js';
import { createConsentSubgraph } from '../../../resolvers/consent/consent.js';
import type { AccountIds } from '../../../resolvers/consent/parts.js';
import { demoRegistry } from '../../../resolvers/demo/registry.js';
import { demoConsents } from '../../../resolvers/demo/seeds.js';
import { demoCustomers } from '../../../resolvers/demo/world.js';
import { ask, askEntity, noon, partsOf, type Answered, type GrantFacts } from '../platform/call.js';

/** The demo's consents as the subgraph under test holds them. */
export const seeds: readonly Consent[] = demoConsents({ startedAt: noon, admits });

/** Every category that the tests grant, and a control one that nobody can. */
function admits(): number {
  return maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'BALANCE', 'TRANSACTION_CORE', 'PAYMENT_ACTIVITY', 'RECEIPT']);
}

/** Keeps the cursors of the subgraph under test. */
export const idKey = 'ids';

/** Ids that anyone can read, bound to the customer: enough to see which accounts are meant. */
export const accounts: AccountIds = {
  seal: (customer, bank, reference) => [customer, bank, reference].join('|'),
  open: (customer, id) => {
    const [owner, bank, reference] = id.split('|');
    return owner === customer && bank && reference ? { bank, reference } : undefined;
  },
};

/** A subgraph, and the questions that tests ask of it. */
export interface ConsentBench {
  readonly subgraph: Subgraph;
  readonly journal: ReceiptJournal;
  customer(facts: GrantFacts, fields: string): Promise<Answered>;
  run(facts: GrantFacts, query: string, variables?: Record<string, unknown>): Promise<Answered>;
  /** Moves the clock. */
  pass(days: number): void;
}

/** A bench with its clock at noon, over a journal in memory where no other is given. */
export async function createBench(journal: ReceiptJournal = createMemoryJournal()): Promise<ConsentBench> {
  let passedMs = 0;
  const now = () => new Date(noon.getTime() + passedMs);
  const repository = createMemoryRepository(seeds);
  const agreements = demoRegistry();
  const subgraph = createConsentSubgraph({
    ...(await partsOf('consent', now)),
    repository,
    journal,
    agreements,
    consents: createConsentPort(repository, agreements, now),
    admits,
    accounts,
    customerReference,
    idKey,
    auditKey: 'audit',
  });
  return {
    subgraph,
    journal,
    customer: (facts, fields) =>
      askEntity(subgraph, facts, { key: { __typename: 'Customer', ref: facts.sub }, fields, now: now() }),
    run: (facts, query, variables = {}) => ask(subgraph, facts, { query, variables, now: now() }),
    pass: (days) => void (passedMs += days * dayMs),
  };
}

async function customerReference(customer: string, bank: string): Promise<string | undefined> {
  const holdings = demoCustomers.find(({ id }) => id === customer)?.holdings;
  return holdings?.find((holding) => holding.bank === bank)?.customerReference;
}

const tuple = { reference: 'any', categories: ['RELATIONSHIP'] as const, anchored: [] };

/** A grant for a customer under a purpose that has standing somewhere. */
export function as(customer: string, purpose: GrantFacts['purpose'] = 'ACCOUNT_SERVICING'): GrantFacts {
  return { aud: 'consent', purpose, sub: customer, client: 'messenger', accounts: [tuple] };
}

/** A grant to manage consents, freshly authenticated. */
export function managing(customer: string): GrantFacts {
  return { ...as(customer, 'CONSENT_MANAGEMENT'), authTime: noon.getTime() / 1000 - 60 };
}
