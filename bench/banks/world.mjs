/** The registry, consents and customers of the second workload. */
import { randomUUID } from 'node:crypto';
import { financialMask } from '../../dist/src/policy/index.js';
import { accountReferenceAt, bankId, customerReferenceAt } from './rows.mjs';

/** Over how many banks the operation is measured. */
export const spans = [1, 3, 10, 50, 200];

/** The customer who banks at the first `count` banks. */
export function customerOver(count) {
  return `customer-${count}`;
}

/** The customers as the directory knows them. */
export function customersFor(counts) {
  return counts.map((count) => {
    return { id: customerOver(count), adId: `ad-${count}`, displayName: `Customer over ${count}`, locale: 'en-US' };
  });
}

/** An agreement with each bank that covers everything for the one purpose that asks. */
export function agreementsFor(count) {
  return Array.from({ length: count }, (_, index) => {
    return { bank: bankId(index), status: 'LIVE', region: 'US', covers: [['ACCOUNT_SERVICING', financialMask]] };
  });
}

const dayMs = 24 * 3600 * 1000;

/** One active consent for each customer and bank, over the customer's one account there. */
export function consentsFor(counts) {
  return counts.flatMap((count) =>
    Array.from({ length: count }, (_, index) => consentAt(customerOver(count), bankId(index))),
  );
}

/** Customers who all bank at the same banks. Their names are equally long, so that their answers are too. */
export function customersAlike(count) {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(5, '0');
    return { id: `customer-${number}`, adId: `ad-${number}`, displayName: `Customer ${number}`, locale: 'en-US' };
  });
}

/** One active consent for each of the customers at each of the first `count` banks. */
export function consentsAlike(customers, count) {
  return customers.flatMap(({ id }) => Array.from({ length: count }, (_, index) => consentAt(id, bankId(index))));
}

function consentAt(customer, bank) {
  const grantedAt = Date.now() - dayMs;
  return {
    id: randomUUID(),
    customer,
    client: 'messenger',
    bank,
    customerReference: customerReferenceAt(bank),
    accounts: [accountReferenceAt(bank)],
    purpose: 'ACCOUNT_SERVICING',
    categories: financialMask,
    duration: { kind: 'PERSISTENT' },
    grantedAt,
    expiresAt: grantedAt + 365 * dayMs,
    version: 1,
    disclosureHash: '0'.repeat(64),
    state: 'ACTIVE',
    stateReason: 'granted by the customer',
    initiator: 'CUSTOMER',
    stateSince: grantedAt,
  };
}
