/** Who carries out what `ringfence receipts` orders: the running gateway, or this process. */
import { InternalFault } from '../fault/index.js';
import { openDatabase } from '../store/index.js';
import { adminSocketOf, askAdmin } from './adminSocket.js';
import { requireStore, type BankPlace } from './bankPlace.js';
import { carryOutReceipts, type ReceiptAnswer, type TakeLines } from './receiptDesk.js';
import type { ReceiptOrder } from './receiptOrder.js';

/** Has an order carried out, with the least rights that it needs; `take` gets what it exports. Rejects with words for an operator. */
export async function orderReceipts(
  { settings, now, configured }: BankPlace,
  wanted: ReceiptOrder,
  take: TakeLines,
): Promise<ReceiptAnswer> {
  const { database: where, secret } = settings;
  requireStore(where);
  if (where.kind === 'embedded' && where.folder !== undefined) {
    const answer = await askAdmin(adminSocketOf(where.folder), wanted, (lines) => take(lines as readonly string[]));
    if (answer?.kind === 'done') return answer.result as ReceiptAnswer;
    if (answer?.kind === 'refused') throw new InternalFault(answer.message);
  }
  const takesAway = wanted.kind === 'receipts-erase' || wanted.kind === 'receipts-retain';
  const database = await openDatabase(where, takesAway ? 'owner' : 'auditor');
  try {
    return await carryOutReceipts({ database, secret, now, configured }, wanted, take);
  } finally {
    await database.close();
  }
}
