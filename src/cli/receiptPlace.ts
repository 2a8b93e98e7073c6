/** Who carries out what `ringfence receipts` orders: the running gateway, or this process. */
import { InternalFault } from '../fault/index.js';
import { openDatabase } from '../store/index.js';
import { adminSocketOf, askAdmin } from './adminSocket.js';
import type { BankPlace } from './bankPlace.js';
import { carryOutReceipts, type ReceiptAnswer } from './receiptDesk.js';
import type { ReceiptOrder } from './receiptOrder.js';

/** Has an order carried out, with the least rights that it needs. Rejects with words for an operator. */
export async function orderReceipts({ settings, now }: BankPlace, wanted: ReceiptOrder): Promise<ReceiptAnswer> {
  const { database: where, secret } = settings;
  if (where.kind === 'embedded' && where.folder !== undefined) {
    const answer = await askAdmin(adminSocketOf(where.folder), wanted);
    if (answer?.kind === 'done') return answer.result as ReceiptAnswer;
    if (answer?.kind === 'refused') throw new InternalFault(answer.message);
  }
  const takesAway = wanted.kind === 'receipts-erase' || wanted.kind === 'receipts-retain';
  const database = await openDatabase(where, takesAway ? 'owner' : 'auditor');
  try {
    return await carryOutReceipts({ database, secret, now }, wanted);
  } finally {
    await database.close();
  }
}
