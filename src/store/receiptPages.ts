/** Reads receipts in parts, straight from an index: how long the journal is does not matter. */
import { sql } from 'kysely';
import type { Receipt, ReceiptFilter, ReceiptPage, ReceiptRange, StatedPlace } from '../receipt/index.js';
import type { Database } from './database.js';
import { chainedEntry, openReceipt, placeOfReceipt, type ReceiptRow } from './receiptContent.js';
import type { ReceiptCustomers } from './receiptCustomers.js';
import type { StoreKeys } from './sealing.js';

const partSize = 1000;

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
    const pseudonym = await this.customers.find(customer);
    if (!pseudonym) return range.after === undefined ? { receipts: [], hasMore: false } : undefined;
    let behind: Behind | undefined;
    if (range.after !== undefined) {
      behind = await this.find(range.after, pseudonym);
      if (!behind) return undefined;
    }
    const wanted = range.first + 1;
    const receipts: Receipt[] = [];
    for (let limit = Math.min(wanted, partSize); ; limit = partSize) {
      const rows = await this.rowsOf(pseudonym, behind, limit);
      const opened = rows.map((row) => ({ ...this.open(row), customer }));
      receipts.push(...opened.filter(matching(filter)));
      behind = placeOf(rows.at(-1));
      if (receipts.length >= wanted || rows.length < limit) break;
    }
    return { receipts: receipts.slice(0, range.first), hasMore: receipts.length > range.first };
  }

  /** As `ReceiptJournal.all`: chain by chain, oldest first. A customer who was erased is named by what no key links to them. */
  async *all(): AsyncIterable<readonly Receipt[]> {
    let behind: StatedPlace = { chain: 0, seq: 0 };
    for (;;) {
      const rows = await this.rowsBehind(behind);
      const last = rows.at(-1);
      if (!last) return;
      behind = { chain: last.chain, seq: Number(last.seq) };
      const names = await this.customers.names(rows.flatMap((row) => row.customer ?? []));
      yield rows.map((row) => {
        const pseudonym = row.customer && Buffer.from(row.customer).toString('hex');
        return { ...this.open(row), ...(pseudonym && { customer: names.get(pseudonym) ?? `erased ${pseudonym}` }) };
      });
    }
  }

  /** The rows behind a place in the order of chains, 1,000 at most. */
  rowsBehind({ chain, seq }: StatedPlace): Promise<readonly ReceiptRow[]> {
    return this.database.query
      .selectFrom('ringfence_receipts')
      .selectAll()
      .where(sql<boolean>`(chain, seq) > (${chain}, ${seq})`)
      .orderBy('chain')
      .orderBy('seq')
      .limit(partSize)
      .execute();
  }

  private open(row: ReceiptRow): Omit<Receipt, 'customer'> {
    return openReceipt(this.keys, chainedEntry(row)).receipt;
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

function placeOf(row: ReceiptRow | undefined): Behind | undefined {
  return row && { at: Number(row.at), chain: row.chain, seq: Number(row.seq) };
}

function matching({ client, purpose }: ReceiptFilter): (receipt: Receipt) => boolean {
  return (receipt) =>
    (client === undefined || receipt.client === client) && (purpose === undefined || receipt.purpose === purpose);
}
