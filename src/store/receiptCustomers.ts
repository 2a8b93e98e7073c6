/** Customers ↔ the pseudonyms under which receipts name them, each under a random key of its own that can be destroyed. */
import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.js';
import { keyedName, openContent, sealContent, type StoreKeys } from './sealing.js';

const pseudonymBytes = 16;
const keyBytes = 32;
/** After an erasure, a running gateway may name the customer by the pseudonym that nobody can link for so long. */
const rememberedMs = 60_000;
const mostRemembered = 100_000;

/** Makes, remembers and finds pseudonyms. */
export class ReceiptCustomers {
  private readonly remembered = new LRUCache<string, Uint8Array>({ max: mostRemembered, ttl: rememberedMs });

  constructor(
    private readonly database: Pick<Database, 'query'>,
    private readonly keys: StoreKeys,
  ) {}

  /** A pseudonym for each, made where there was none. No statement for customers who were named within the last minute. */
  async pseudonyms(customers: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const wanted = new Set(customers);
    for (const customer of wanted) {
      const known = this.remembered.get(customer);
      if (known) found.set(customer, known);
    }
    const unknown = [...wanted].filter((customer) => !found.has(customer));
    if (unknown.length === 0) return found;
    const stored = await this.stored(unknown);
    const fresh = unknown.filter((customer) => !stored.has(customer));
    if (fresh.length > 0) await this.make(fresh);
    const made = fresh.length > 0 ? await this.stored(fresh) : new Map<string, Uint8Array>();
    for (const [customer, pseudonym] of [...stored, ...made]) {
      this.remembered.set(customer, pseudonym);
      found.set(customer, pseudonym);
    }
    return found;
  }

  /** The customer's pseudonym as the database has it now; undefined where there is none, or it was erased. */
  async find(customer: string): Promise<Uint8Array | undefined> {
    return (await this.stored([customer])).get(customer);
  }

  /** Pseudonym in hex → customer. Who was erased is left out. */
  async names(pseudonyms: readonly Uint8Array[]): Promise<ReadonlyMap<string, string>> {
    if (pseudonyms.length === 0) return new Map();
    const rows = await this.database.query
      .selectFrom('ringfence_receipt_customers')
      .select(['name', 'pseudonym', 'sealed'])
      .where('pseudonym', 'in', [...new Map(pseudonyms.map((pseudonym) => [hexOf(pseudonym), pseudonym])).values()])
      .execute();
    return new Map(rows.map((row) => [hexOf(row.pseudonym), this.open(row.name, row.sealed).customer]));
  }

  private async stored(customers: readonly string[]): Promise<Map<string, Uint8Array>> {
    const names = new Map(customers.map((customer) => [hexOf(receiptCustomerName(this.keys, customer)), customer]));
    const rows = await this.database.query
      .selectFrom('ringfence_receipt_customers')
      .select(['name', 'pseudonym'])
      .where(
        'name',
        'in',
        [...names.keys()].map((name) => Buffer.from(name, 'hex')),
      )
      .execute();
    return new Map(
      rows.flatMap(({ name, pseudonym }) => {
        const customer = names.get(hexOf(name));
        return customer === undefined ? [] : [[customer, pseudonym] as const];
      }),
    );
  }

  private async make(customers: readonly string[]): Promise<void> {
    const rows = customers.map((customer) => {
      const name = receiptCustomerName(this.keys, customer);
      const key = randomBytes(keyBytes);
      const pseudonym = createHmac('sha256', key).update(customer).digest().subarray(0, pseudonymBytes);
      const content = JSON.stringify({ customer, key: key.toString('base64') });
      return { name, pseudonym, sealed: sealContent(this.keys.receipts, contextOf(name), content) };
    });
    await this.database.query
      .insertInto('ringfence_receipt_customers')
      .values(rows)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }

  private open(name: Uint8Array, sealed: Uint8Array): { readonly customer: string } {
    return JSON.parse(openContent(this.keys.receipts, contextOf(name), sealed)) as { readonly customer: string };
  }
}

/** How the table of pseudonyms names a customer: not as the table of consents does. */
export function receiptCustomerName({ names }: StoreKeys, customer: string): Buffer {
  return keyedName(names, 'customer of receipts', customer);
}

function contextOf(name: Uint8Array): string {
  return `pseudonym ${hexOf(name)}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
