/** What may be taken away from receipts: what is older than they are kept, and the link to a customer who asks for it. */
import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { isSigned, type SignedCheckpoint } from '../receipt/index.js';
import type { Database } from './database.js';
import { signedCheckpoint } from './receiptCheckpoints.js';
import { uncount } from './receiptCounting.js';
import { receiptCustomerName } from './receiptCustomers.js';
import { actAsOwner } from './registry.js';
import type { StoreKeys } from './sealing.js';

/** What retention cut off one chain. */
export interface ReceiptCut {
  readonly chain: number;
  /** The last entry that is gone; the checkpoint there stays and says what came before. */
  readonly seq: number;
  readonly removed: number;
}

/** What retention goes by: who may have signed checkpoints, and what opens receipts. */
export interface RetentionKeys {
  readonly signers: readonly KeyObject[];
  readonly keys: StoreKeys;
}

/** So many entries go in one step, where checkpoints lie close enough: gateways append to the chain between two steps. */
const entriesAStep = 10_000;

/**
 * Cuts off each chain what was written before `before`, up to the last signed checkpoint of that time: entries behind it stay until a later
 * one covers them. Goes from checkpoint to checkpoint, a transaction each, so that it may end anywhere and delays no receipt for
 * long. Needs the owner's rights.
 */
export async function retainReceipts(
  database: Database,
  before: number,
  { signers, keys }: RetentionKeys,
): Promise<readonly ReceiptCut[]> {
  const chains = await database.query.selectFrom('ringfence_receipt_chains').select(['chain', 'cut_seq']).execute();
  const cuts: ReceiptCut[] = [];
  for (const { chain, cut_seq } of chains) {
    const rows = await database.query
      .selectFrom('ringfence_receipt_checkpoints')
      .selectAll()
      .where('chain', '=', chain)
      .where('seq', '>', cut_seq)
      .where('at', '<', before)
      .orderBy('seq')
      .execute();
    const signed = rows.map(signedCheckpoint).filter((checkpoint) => isSigned(signers, checkpoint));
    const made = await cutInSteps(database, keys, steps(signed, Number(cut_seq)));
    if (made) cuts.push(made);
  }
  return cuts;
}

/** The last checkpoint within each step's reach, and the last of all. */
function steps(checkpoints: readonly SignedCheckpoint[], from: number): readonly SignedCheckpoint[] {
  let begin = from;
  return checkpoints.filter(({ seq }, index) => {
    const next = checkpoints[index + 1];
    if (next && next.seq - begin <= entriesAStep) return false;
    begin = seq;
    return true;
  });
}

async function cutInSteps(
  database: Database,
  keys: StoreKeys,
  checkpoints: readonly SignedCheckpoint[],
): Promise<ReceiptCut | undefined> {
  let made: ReceiptCut | undefined;
  for (const checkpoint of checkpoints) {
    const { chain } = checkpoint;
    const removed = await cut(database, keys, checkpoint);
    if (removed > 0) made = { chain, seq: checkpoint.seq, removed: removed + (made?.removed ?? 0) };
  }
  return made;
}

/** The checkpoint must be one of the chain as it stands: what does not verify is kept, as evidence. */
function cut(database: Database, keys: StoreKeys, { chain, seq, hash }: SignedCheckpoint): Promise<number> {
  return database.transaction(async (transaction) => {
    await actAsOwner(transaction);
    const { numUpdatedRows } = await transaction
      .updateTable('ringfence_receipt_chains')
      .set({ cut_seq: seq, cut_hash: hash })
      .where('chain', '=', chain)
      .where('cut_seq', '<', seq)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('ringfence_receipts')
            .select(sql`1`.as('one'))
            .where('chain', '=', chain)
            .where('seq', '=', seq)
            .where('hash', '=', hash),
        ),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return 0;
    await uncount(transaction, keys, { chain, seq });
    const { numDeletedRows } = await transaction
      .deleteFrom('ringfence_receipts')
      .where('chain', '=', chain)
      .where('seq', '<=', seq)
      .executeTakeFirst();
    return Number(numDeletedRows);
  });
}

/**
 * Destroys the customer's pseudonym key: the chain stays as it is, and nothing in it leads to the customer or to a consent of theirs
 * any more, nor to what they had before. False where there was none. Needs the owner's rights. Backups hold the key until they are gone.
 */
export function eraseCustomer(database: Database, keys: StoreKeys, customer: string): Promise<boolean> {
  return database.transaction(async (transaction) => {
    await actAsOwner(transaction);
    const { numDeletedRows } = await transaction
      .deleteFrom('ringfence_receipt_customers')
      .where('name', '=', receiptCustomerName(keys, customer))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  });
}
