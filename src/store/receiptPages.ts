/** Reads receipts in parts, straight from an index: how long the journal is does not matter. */
import { sql } from 'kysely';
import type {
  DamagedReceipt,
  Receipt,
  ReceiptFilter,
  ReceiptPage,
  ReceiptRange,
  StatedPlace,
} from '../receipt/index.js';
import { isDamaged } from '../receipt/index.js';
import type { Database } from './database.js';
import {
  chainedEntry,
  openConsents,
  openReceiptAt,
  placeOfReceipt,
  receiptId,
  type ReceiptRow,
} from './receiptContent.js';
import type { ReceiptCustomers, ReceiptOwner } from './receiptCustomers.js';
import type { StoreKeys } from './sealing.js';

/** So many rows are read at once. */
export const partSize = 1000;

/** Where a part begins: right behind this entry. */
interface Behind {
  readonly at: number;
  readonly chain: number;
  readonly seq: number;
}

/** Opens what the database holds sealed. */
export class ReceiptReader {
  constructor(
    private readonly database: Database,
    private readonly keys: StoreKeys,
    private readonly customers: ReceiptCustomers,
  ) {}

  /** As `ReceiptJournal.ofCustomer`. One statement by index, more, of 1,000 rows each, where the filter passes over much. */
  async ofCustomer(customer: string, filter: ReceiptFilter, range: ReceiptRange): Promise<ReceiptPage | undefined> {
    const name = await this.customers.find(customer);
    if (!name) return range.after === undefined ? { receipts: [], hasMore: false } : undefined;
    let behind: Behind | undefined;
    if (range.after !== undefined) {
      behind = await this.find(range.after, name.pseudonym);
      if (!behind) return undefined;
    }
    const wanted = range.first + 1;
    const receipts: (Receipt | DamagedReceipt)[] = [];
    for (let limit = Math.min(wanted, partSize); ; limit = partSize) {
      const rows = await this.rowsOf(name.pseudonym, behind, limit);
      const read = rows.map((row) => this.read(row, { ...name, customer }));
      receipts.push(...read.filter(matching(filter)));
      behind = placeOf(rows.at(-1));
      if (receipts.length >= wanted || rows.length < limit) break;
    }
    return { receipts: receipts.slice(0, range.first), hasMore: receipts.length > range.first };
  }

  /** Every receipt, in parts, chain by chain, oldest first. A customer who was erased is named by what no key links to them. */
  async *all(): AsyncIterable<readonly (Receipt | DamagedReceipt)[]> {
    let behind: StatedPlace = { chain: 0, seq: 0 };
    for (;;) {
      const rows = await this.rowsBehind(behind);
      const last = rows.at(-1);
      if (!last) return;
      behind = { chain: last.chain, seq: Number(last.seq) };
      const owners = await this.customers.owners(rows.flatMap((row) => row.customer ?? []));
      yield rows.map((row) => this.read(row, row.customer ? owners.get(hexOf(row.customer)) : undefined));
    }
  }

  /** The rows behind a place in the order of chains, 1,000 at most. */
  private rowsBehind({ chain, seq }: StatedPlace): Promise<readonly ReceiptRow[]> {
    return this.database.query
      .selectFrom('ringfence_receipts')
      .selectAll()
      .where(sql<boolean>`(chain, seq) > (${chain}, ${seq})`)
      .orderBy('chain')
      .orderBy('seq')
      .limit(partSize)
      .execute();
  }

  /** Without an owner: the receipt has no customer, or one who was erased. */
  private read(row: ReceiptRow, owner: ReceiptOwner | 'damaged' | undefined): Receipt | DamagedReceipt {
    const entry = chainedEntry(row);
    const { chain, seq } = entry;
    const damaged = { kind: 'damaged', id: receiptId(this.keys, entry), chain, seq } as const;
    if (owner === 'damaged') return damaged;
    try {
      const { receipt, consents: kept } = openReceiptAt(this.keys, entry);
      const consents = openConsents(kept, entry, owner?.consentsKey);
      const customer = owner?.customer ?? (row.customer ? erasedName(row.customer) : undefined);
      return { ...receipt, ...(consents && { consents }), ...(customer !== undefined && { customer }) };
    } catch {
      return damaged;
    }
  }

  private rowsOf(pseudonym: Uint8Array, behind: Behind | undefined, limit: number): Promise<readonly ReceiptRow[]> {
    let query = this.database.query
      .selectFrom('ringfence_receipts')
      .selectAll()
      .where('customer', '=', pseudonym)
      .orderBy('at', 'desc')
      .orderBy('chain', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit);
    if (behind) query = query.where(sql<boolean>`(at, chain, seq) < (${behind.at}, ${behind.chain}, ${behind.seq})`);
    return query.execute();
  }

  private async find(id: string, pseudonym: Uint8Array): Promise<Behind | undefined> {
    const place = placeOfReceipt(this.keys, id);
    if (!place) return undefined;
    const row = await this.database.query
      .selectFrom('ringfence_receipts')
      .selectAll()
      .where('chain', '=', place.chain)
      .where('seq', '=', place.seq)
      .where('customer', '=', pseudonym)
      .executeTakeFirst();
    return placeOf(row);
  }
}

/** What stands for a customer whose key is gone: the pseudonym, which leads to nobody. */
export function erasedName(pseudonym: Uint8Array): string {
  return `erased ${hexOf(pseudonym)}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function placeOf(row: ReceiptRow | undefined): Behind | undefined {
  return row && { at: Number(row.at), chain: row.chain, seq: Number(row.seq) };
}

function matching({ client, purpose }: ReceiptFilter): (kept: Receipt | DamagedReceipt) => boolean {
  return (kept) => {
    if (isDamaged(kept)) return client === undefined && purpose === undefined;
    return (client === undefined || kept.client === client) && (purpose === undefined || kept.purpose === purpose);
  };
}
