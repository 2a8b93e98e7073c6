/** Customers ↔ the pseudonyms under which receipts name them, each under a random key of its own that can be destroyed. */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.js';
import { StoreFault } from './storeFault.js';
import { keyedName, openContent, sealContent, type StoreKeys } from './sealing.js';

const pseudonymBytes = 16;
const keyBytes = 32;
/** After an erasure, a running gateway may name the customer by the pseudonym that nobody can link for so long. */
const rememberedMs = 60_000;
const mostRemembered = 100_000;
/** An erasure falls between making a name and reading it once in a long while: so often, something else is wrong. */
const mostMakings = 5;

/** A customer as receipts know them. Both follow from the customer's own key, and are nobody's any more once that is destroyed. */
export interface ReceiptName {
  readonly pseudonym: Uint8Array;
  /** Seals the customer's consents within receipts. */
  readonly consentsKey: Buffer;
}

/** Makes, remembers and finds pseudonyms. */
export class ReceiptCustomers {
  private readonly remembered = new LRUCache<string, ReceiptName>({ max: mostRemembered, ttl: rememberedMs });

  constructor(
    private readonly database: Pick<Database, 'query'>,
    private readonly keys: StoreKeys,
  ) {}

  /**
   * A name for each of them, made where there was none, and made again where it was erased before it was read. No statement for
   * customers who were named within the last minute. Rejects with a `StoreFault` where somebody's name does not stay.
   */
  async named(customers: readonly string[]): Promise<ReadonlyMap<string, ReceiptName>> {
    const found = new Map<string, ReceiptName>();
    for (const customer of customers) {
      const known = this.remembered.get(customer);
      if (known) found.set(customer, known);
    }
    let missing = [...new Set(customers)].filter((customer) => !found.has(customer));
    for (let making = 0; missing.length > 0; making += 1) {
      if (making > mostMakings)
        throw new StoreFault('STORE_SLOW', 'a name for receipts was erased as often as it was made');
      if (making > 0) await this.make(missing);
      for (const [customer, name] of await this.stored(missing)) {
        this.remembered.set(customer, name);
        found.set(customer, name);
      }
      missing = missing.filter((customer) => !found.has(customer));
    }
    return found;
  }

  /** The customer's name as the database has it now; undefined where there is none, or it was erased. */
  async find(customer: string): Promise<ReceiptName | undefined> {
    return (await this.stored([customer])).get(customer);
  }

  /** Pseudonym in hex → whose it is. Who was erased is left out; `damaged` where the row is not its customer's. */
  async owners(pseudonyms: readonly Uint8Array[]): Promise<ReadonlyMap<string, ReceiptOwner | 'damaged'>> {
    if (pseudonyms.length === 0) return new Map();
    const rows = await this.database.query
      .selectFrom('ringfence_receipt_customers')
      .select(['name', 'pseudonym', 'sealed'])
      .where('pseudonym', 'in', [...new Map(pseudonyms.map((pseudonym) => [hexOf(pseudonym), pseudonym])).values()])
      .execute();
    return new Map(rows.map((row) => [hexOf(row.pseudonym), ownerOrDamaged(this.keys, row)]));
  }

  private async stored(customers: readonly string[]): Promise<Map<string, ReceiptName>> {
    const names = customers.map((customer) => receiptCustomerName(this.keys, customer));
    const rows = await this.database.query
      .selectFrom('ringfence_receipt_customers')
      .select(['name', 'pseudonym', 'sealed'])
      .where('name', 'in', names)
      .execute();
    // The name is keyed by the customer, so who opens from the row is who was asked for.
    const owners = rows.map((row) => ownerOf(this.keys, row));
    return new Map(owners.map(({ customer, ...name }) => [customer, name]));
  }

  private async make(customers: readonly string[]): Promise<void> {
    const rows = customers.map((customer) => {
      const name = receiptCustomerName(this.keys, customer);
      const key = randomBytes(keyBytes);
      const pseudonym = pseudonymOf(key, customer);
      const content = JSON.stringify({ customer, key: key.toString('base64') });
      return { name, pseudonym, sealed: sealContent(this.keys.receipts, contextOf(name), content) };
    });
    await this.database.query
      .insertInto('ringfence_receipt_customers')
      .values(rows)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }
}

/** A row of the table of pseudonyms. */
export interface ReceiptCustomerRow {
  readonly name: Uint8Array;
  readonly pseudonym: Uint8Array;
  readonly sealed: Uint8Array;
}

/** A customer, and what receipts know them by. */
export interface ReceiptOwner extends ReceiptName {
  readonly customer: string;
}

/**
 * The customer whom a row names. Throws a `StoreFault` where name, pseudonym and sealed content do not belong together: the row
 * would show one customer's receipts to another.
 */
export function ownerOf(keys: StoreKeys, { name, pseudonym, sealed }: ReceiptCustomerRow): ReceiptOwner {
  const content = JSON.parse(openContent(keys.receipts, contextOf(name), sealed)) as Content;
  const { customer } = content;
  const key = Buffer.from(content.key, 'base64');
  const isTheirs = isSame(name, receiptCustomerName(keys, customer)) && isSame(pseudonym, pseudonymOf(key, customer));
  if (isTheirs) return { customer, pseudonym, consentsKey: consentsKeyOf(key) };
  const words = 'a customer has the pseudonym of another in the store: run `ringfence receipts verify`';
  throw new StoreFault('STORE_DAMAGED', words);
}

function ownerOrDamaged(keys: StoreKeys, row: ReceiptCustomerRow): ReceiptOwner | 'damaged' {
  try {
    return ownerOf(keys, row);
  } catch {
    return 'damaged';
  }
}

interface Content {
  readonly customer: string;
  readonly key: string;
}

/** How the table of pseudonyms names a customer: not as the table of consents does. */
export function receiptCustomerName({ names }: StoreKeys, customer: string): Buffer {
  return keyedName(names, 'customer of receipts', customer);
}

function pseudonymOf(key: Buffer, customer: string): Buffer {
  return createHmac('sha256', key).update(customer).digest().subarray(0, pseudonymBytes);
}

/** Apart from the pseudonym, which everybody who reads the table sees. */
function consentsKeyOf(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'ringfence receipts consents', keyBytes));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function contextOf(name: Uint8Array): string {
  return `pseudonym ${hexOf(name)}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
