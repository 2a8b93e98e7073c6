/** The table of pseudonyms → those that are not their customer's: reading would show one customer's receipts to another. */
import type { Kysely } from 'kysely';
import type { ReceiptFinding } from '../receipt/index.js';
import { ownerOf, type ReceiptCustomerRow } from './receiptCustomers.js';
import type { StoreKeys } from './sealing.js';
import type { Tables } from './tables.js';

const partSize = 1000;

/** Each false one, at the first receipt under the pseudonym, or before all where there is none. Reads the whole table in parts. */
export async function* falseCustomers(query: Kysely<Tables>, keys: StoreKeys): AsyncIterable<ReceiptFinding> {
  let behind: Uint8Array = Buffer.alloc(0);
  for (;;) {
    const rows = await query
      .selectFrom('ringfence_receipt_customers')
      .select(['name', 'pseudonym', 'sealed'])
      .where('name', '>', behind)
      .orderBy('name')
      .limit(partSize)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    behind = last.name;
    for (const row of rows.filter((row) => !isTheirs(keys, row))) yield await falseCustomer(query, row);
  }
}

async function falseCustomer(query: Kysely<Tables>, { name, pseudonym }: ReceiptCustomerRow): Promise<ReceiptFinding> {
  const first = await query
    .selectFrom('ringfence_receipts')
    .select(['chain', 'seq'])
    .where('customer', '=', pseudonym)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  const seq = Number(first?.seq ?? 1);
  const words = `the pseudonym under the customer's name ${Buffer.from(name).toString('hex')} is not theirs`;
  return { kind: 'changed', chain: first?.chain ?? 1, from: seq, to: seq, words };
}

function isTheirs(keys: StoreKeys, row: ReceiptCustomerRow): boolean {
  try {
    ownerOf(keys, row);
    return true;
  } catch {
    return false;
  }
}
