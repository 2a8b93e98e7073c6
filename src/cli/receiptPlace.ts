/** Who carries out what `ringfence receipts` orders: the running gateway, or this process. */
import { InternalFault } from '../fault/index.js';
import { openDatabase, receiptMarkFile } from '../store/index.js';
import { adminSocketOf, askAdmin } from './adminSocket.js';
import { requireStore, type BankPlace } from './bankPlace.js';
import { carryOutReceipts, type ReceiptAnswer, type TakeLines } from './receiptDesk.js';
import { checkReceipts } from './receiptChecking.js';
import type { ReceiptOrder, ReceiptOrderOf } from './receiptOrder.js';
import { databaseServer, type Environment } from './storeSettings.js';

/** Has an order carried out, with the least rights that it needs; `take` gets what it exports. Rejects with words for an operator. */
export async function orderReceipts(
  { settings, configured, now }: BankPlace,
  wanted: ReceiptOrder,
  take: TakeLines,
): Promise<ReceiptAnswer> {
  const { database: where, secret, markFile } = settings;
  requireStore(where);
  if (where.kind === 'embedded' && where.folder !== undefined) {
    const answer = await askAdmin(adminSocketOf(where.folder), wanted, (lines) => take(lines as readonly string[]));
    if (answer?.kind === 'done') return answer.result as ReceiptAnswer;
    if (answer?.kind === 'refused') throw new InternalFault(answer.message);
  }
  const takesAway = wanted.kind === 'receipts-erase' || wanted.kind === 'receipts-retain';
  const database = await openDatabase(where, takesAway ? 'owner' : 'auditor');
  try {
    const mark = receiptMarkFile(markFile);
    return await carryOutReceipts({ database, secret, now, configured, mark }, wanted, take);
  } finally {
    await database.close();
  }
}

/**
 * Checks the receipts of the server that `DATABASE_URL` names, by who has a login there and the public key, and nothing else of the
 * store. Undefined where the variable names none. Rejects with words for whoever audits.
 */
export async function checkFromOutside(
  environment: Environment,
  order: ReceiptOrderOf<'receipts-verify'>,
): Promise<ReceiptAnswer | undefined> {
  const where = databaseServer(environment, { connections: 1 });
  if (!where) return undefined;
  const database = await openDatabase(where, 'auditor');
  try {
    return { kind: 'verified', ...(await checkReceipts({ database, now: () => new Date() }, order)) };
  } finally {
    await database.close();
  }
}
