/** The consents that the demo starts with, stated customer by customer. */
import { createHash } from 'node:crypto';
import {
  dayMs,
  disclosureOf,
  expiryOf,
  reconfirmationOf,
  take,
  walletAccount,
  type Consent,
} from '../../src/consent/index.js';
import {
  financialMask,
  maskOf,
  type AgreementPort,
  type CategoryMask,
  type ConsentablePurpose,
} from '../../src/policy/index.js';
import { demoRegistry } from './registry.js';
import { demoCustomers, type DemoHolding } from './world.js';

/** What the seeds depend on. */
export interface SeedOptions {
  /** When the demo's clock started, without `RINGFENCE_CLOCK`'s shift: shifting it ages the consents. */
  readonly startedAt: Date;
  /** The categories that a purpose's row in the matrix does not deny. */
  readonly admits: (purpose: ConsentablePurpose) => CategoryMask;
}

/** How long before the demo's start its customers granted their consents. */
export const seedAgeDays = 10;

interface Seed {
  readonly customer: string;
  readonly bank: DemoHolding['bank'];
  readonly purpose: ConsentablePurpose;
  /** Every category of the purpose's row unless said otherwise. */
  readonly categories?: CategoryMask;
  /** Every account unless said otherwise. */
  readonly accounts?: number;
  readonly revoked?: true;
}

const seeds: readonly Seed[] = [
  { customer: 'customer-1', bank: 'harbor', purpose: 'ACCOUNT_SERVICING' },
  { customer: 'customer-1', bank: 'summit', purpose: 'ACCOUNT_SERVICING' },
  { customer: 'customer-1', bank: 'prairie', purpose: 'ACCOUNT_SERVICING' },
  { customer: 'customer-1', bank: 'wallet', purpose: 'ACCOUNT_SERVICING' },
  { customer: 'customer-1', bank: 'harbor', purpose: 'FRAUD_ALERTS' },
  { customer: 'customer-1', bank: 'harbor', purpose: 'SUPPORT_CHAT' },
  { customer: 'customer-1', bank: 'harbor', purpose: 'P2P_PAYMENT' },
  { customer: 'customer-1', bank: 'wallet', purpose: 'P2P_PAYMENT' },
  { customer: 'customer-1', bank: 'harbor', purpose: 'MERCHANT_CHECKOUT' },
  { customer: 'customer-1', bank: 'wallet', purpose: 'MERCHANT_CHECKOUT' },
  {
    customer: 'customer-2',
    bank: 'harbor',
    purpose: 'ACCOUNT_SERVICING',
    categories: maskOf(['ACCOUNT_IDENTITY', 'BALANCE']),
    accounts: 1,
  },
  { customer: 'customer-4', bank: 'harbor', purpose: 'ACCOUNT_SERVICING', revoked: true },
];

/** The demo's consents, all of the client `messenger`. The same start gives the same consents. */
export function demoConsents(options: SeedOptions): readonly Consent[] {
  const registry = demoRegistry();
  return seeds.map((seed) => consentOf(seed, options, registry));
}

function consentOf(seed: Seed, { startedAt, admits }: SeedOptions, registry: AgreementPort): Consent {
  const grantedAt = startedAt.getTime() - seedAgeDays * dayMs;
  const duration = { kind: 'PERSISTENT' } as const;
  const client = 'messenger';
  const { customer, bank, purpose } = seed;
  const categories = seed.categories ?? admits(purpose) & financialMask & takenBy(bank);
  const reconfirmBy = reconfirmationOf(registry.agreement(bank)?.region ?? '', grantedAt);
  const granted: Consent = {
    id: idOf(seed),
    customer,
    client,
    bank,
    ...holdingOf(seed),
    purpose,
    categories,
    duration,
    grantedAt,
    expiresAt: expiryOf(duration, grantedAt),
    ...(reconfirmBy === undefined ? {} : { reconfirmBy }),
    version: 1,
    ...disclosureOf({ client, purpose, categories, duration }),
    state: 'ACTIVE',
    stateReason: 'granted by the customer',
    initiator: 'CUSTOMER',
    stateSince: grantedAt,
  };
  return seed.revoked ? revokedHalfway(granted) : granted;
}

/** Nobody offers the wallet more than payments. */
function takenBy(bank: Seed['bank']): CategoryMask {
  return bank === 'wallet' ? maskOf(['RELATIONSHIP', 'PAYMENT_ACTIVITY', 'PAYMENT_CREDENTIAL']) : financialMask;
}

function holdingOf({ customer, bank, accounts }: Seed): Pick<Consent, 'customerReference' | 'accounts'> {
  const holding = demoCustomers.find(({ id }) => id === customer)?.holdings.find((held) => held.bank === bank);
  if (holding === undefined) throw new RangeError(`\`${customer}\` holds nothing at \`${bank}\``);
  const references = bank === 'wallet' ? [walletAccount] : holding.accounts.map(({ reference }) => reference);
  return { customerReference: holding.customerReference, accounts: references.slice(0, accounts) };
}

function revokedHalfway(granted: Consent): Consent {
  const at = granted.grantedAt + (seedAgeDays / 2) * dayMs;
  return take(granted, { to: 'REVOKED', reason: 'revoked by the customer', initiator: 'CUSTOMER', at });
}

/** A UUID that is the same in every run and says nothing. */
function idOf({ customer, bank, purpose }: Seed): string {
  const hex = createHash('sha256')
    .update(JSON.stringify(['demo consent', customer, bank, purpose]))
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
