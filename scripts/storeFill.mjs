/** Fills a store with customers, consents and receipts, sealed and chained by the product's own code, in large batches. */
import { createHash, randomUUID } from 'node:crypto';
import { disclosureOf } from '../dist/src/consent/index.js';
import { financialMask } from '../dist/src/policy/index.js';
import { coordinateSet, coordinatesHashOf } from '../dist/src/receipt/index.js';
import { changingColumns, customerName, sealAnswered } from '../dist/src/store/consentRows.js';
import { ChainWriter } from '../dist/src/store/receiptChains.js';
import { Checkpoints } from '../dist/src/store/receiptCheckpoints.js';
import { ReceiptCustomers } from '../dist/src/store/receiptCustomers.js';

/** Banks of the store; each customer has as many consents, one at each. */
export const banks = ['bank-0', 'bank-1', 'bank-2'];
const days = 90;
const dayMs = 24 * 3600 * 1000;
const chains = 4;
const batch = 2000;
/** Few at once, so that sealing them does not keep answers of the database waiting past their time. */
const receiptBatch = 500;
const checkpointEvery = 10_000;

/** Who is in the store: `count` customers. */
export function customersOf(count) {
  return Array.from({ length: count }, (_, index) => `customer-${index}`);
}

/** The time that the receipts are spread over; its end is now. Milliseconds since the epoch. */
export function periodUntil(now) {
  return { from: now - days * dayMs, to: now, dayMs };
}

/** Writes so many consents, {@link banks} of them a customer, and the change of each customer. `database` acts as its owner. */
export async function fillConsents({ database, keys, say }, customers, count) {
  const perCustomer = Math.max(1, Math.round(count / customers.length));
  const size = Math.floor(batch / perCustomer);
  for (let at = 0; at < customers.length; at += size) {
    await writeCustomers({ database, keys }, customers.slice(at, at + size), perCustomer);
    say(`consents of ${Math.min(at + size, customers.length)} of ${customers.length} customers`);
  }
}

function writeCustomers({ database, keys }, customers, perCustomer) {
  const named = customers.map((customer) => ({ customer, name: customerName(keys, customer) }));
  const consents = named.flatMap((one) =>
    Array.from({ length: perCustomer }, (_, index) => consentRow(keys, one, index)),
  );
  return database.transaction(async (transaction) => {
    const rows = named.map(({ name }) => ({ customer: name, epoch: 1, answered: sealAnswered([], name, keys) }));
    await transaction.insertInto('ringfence_customers').values(rows).execute();
    await transaction.insertInto('ringfence_consents').values(consents).execute();
    await transaction
      .insertInto('ringfence_changes')
      .values(named.map(({ name }) => ({ customer: name })))
      .execute();
  });
}

function consentRow(keys, { customer, name }, index) {
  const terms = { client: 'messenger', purpose: 'ACCOUNT_SERVICING', categories: financialMask };
  const duration = { kind: 'PERSISTENT' };
  const grantedAt = Date.now() - dayMs;
  const bank = banks[index % banks.length];
  const consent = {
    ...{ id: randomUUID(), customer, bank, customerReference: `${bank} knows ${customer}`, ...terms, duration },
    accounts: [`${customer}-${bank}-1`, `${customer}-${bank}-2`],
    ...{ grantedAt, expiresAt: grantedAt + 365 * dayMs, version: 1, ...disclosureOf({ ...terms, duration }) },
    ...{ state: 'ACTIVE', stateReason: 'granted by the customer', initiator: 'CUSTOMER', stateSince: grantedAt },
  };
  const { id, purpose } = consent;
  return { id, customer: name, position: index + 1, purpose, ...changingColumns(consent, keys) };
}

/** Writes so many receipts into a few chains, each with its checkpoints, spread evenly over {@link periodUntil}. */
export async function fillReceipts({ database, keys, signer, say }, customers, { count, now }) {
  if (count === 0) return;
  const names = await namesOf({ database, keys, say }, customers);
  await keepSets(database);
  const share = Math.ceil(count / chains);
  let written = 0;
  const note = (size) => {
    written += size;
    say(`${written} of ${count} receipts`);
  };
  const { from, to } = periodUntil(now);
  const entryAt = (place) => entryOf(customers, { at: Math.floor(from + ((to - from) * place) / count), place });
  const fillOne = async (chain) => {
    const own = Math.max(0, Math.min(share, count - chain * share));
    const places = { own, of: (index) => index * chains + chain };
    await fillChain({ database, keys, signer, entryAt, names, note }, places);
  };
  await Promise.all(Array.from({ length: chains }, (_, chain) => fillOne(chain)));
}

async function fillChain({ database, keys, signer, entryAt, names, note }, places) {
  const writer = new ChainWriter(database, keys, { onDamage: refuse });
  let now = new Date();
  const when = { now: () => now, everyEntries: checkpointEvery, everyMs: 2 ** 31 - 1, onWitness: () => undefined };
  const checkpoints = new Checkpoints(database, { key: signer, ...when, onFailure: refuse });
  for (let at = 0; at < places.own; at += receiptBatch) {
    const size = Math.min(receiptBatch, places.own - at);
    const entries = Array.from({ length: size }, (_, index) => entryAt(places.of(at + index)));
    now = new Date(entries.at(-1).at);
    const prepared = entries.map((entry) => ({ entry, name: names.get(entry.customer) }));
    checkpoints.reached(await writer.append(prepared));
    note(size);
  }
  await checkpoints.close();
}

async function namesOf({ database, keys, say }, customers) {
  const found = new Map();
  const pseudonyms = new ReceiptCustomers(database, keys);
  for (let at = 0; at < customers.length; at += batch) {
    for (const [customer, name] of await pseudonyms.named(customers.slice(at, at + batch))) {
      found.set(customer, name);
    }
    say(`pseudonyms of ${found.size} customers`);
  }
  return found;
}

const sets = [
  ['Account.bank', 'Account.kind', 'Account.maskedNumber', 'Account.nickname', 'Customer.accounts'],
  ['Account.balances', 'Account.bank', 'Balance.asOf', 'Balance.kind', 'Balance.money', 'Customer.accounts'],
  ['Account.transactions', 'Customer.accounts', 'Transaction.amount', 'Transaction.bookedAt', 'Transaction.merchant'],
].map((coordinates) => ({
  coordinates: coordinateSet(coordinates),
  hash: coordinatesHashOf(coordinateSet(coordinates)),
}));

async function keepSets(database) {
  const rows = sets.map(({ coordinates, hash }) => {
    return { hash: Buffer.from(hash, 'hex'), coordinates: JSON.stringify(coordinates) };
  });
  await database.query.insertInto('ringfence_receipt_coordinates').values(rows).execute();
}

const policyHash = createHash('sha256').update('policy').digest('hex');

/** As a gateway writes it: one bank, one consent, two calls. */
function entryOf(customers, { at, place }) {
  const { coordinates, hash: coordinatesHash } = sets[place % sets.length];
  return {
    at,
    requestId: randomUUID(),
    client: 'messenger',
    purpose: 'ACCOUNT_SERVICING',
    // Neighbours in time are different customers: a customer's receipts lie far apart, as they do in service.
    customer: customers[(place * 7919) % customers.length],
    bank: banks[place % banks.length],
    categories: financialMask,
    coordinates,
    coordinatesHash,
    objectCount: 12,
    decision: 'RELEASED',
    consents: [{ id: randomUUID(), version: 1 }],
    interactions: [randomUUID(), randomUUID()],
    policyHash,
  };
}

function refuse(reason) {
  throw reason instanceof Error ? reason : new Error(`chain ${reason} is damaged`);
}
