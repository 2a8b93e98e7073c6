/** Who carries out what `ringfence receipts` orders: the running gateway, or this process. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InternalFault, StartFault } from '../fault/index.js';
import { type DatabaseSettings, openDatabase } from '../store/index.js';
import { adminSocketOf, askAdmin } from './adminSocket.js';
import type { BankPlace } from './bankPlace.js';
import { carryOutReceipts, type ReceiptAnswer, type TakeLines } from './receiptDesk.js';
import type { ReceiptOrder } from './receiptOrder.js';

/** Has an order carried out, with the least rights that it needs; `take` gets what it exports. Rejects with words for an operator. */
export async function orderReceipts(
  { settings, now }: BankPlace,
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
    return await carryOutReceipts({ database, secret, now }, wanted, take);
  } finally {
    await database.close();
  }
}

/** A store that is not there has no receipts to find anything wrong with: nobody shall take that for an answer. */
function requireStore(where: DatabaseSettings): void {
  if (where.kind === 'server' || where.folder === undefined || existsSync(join(where.folder, 'data'))) return;
  const how = 'say which gateway with `--config`, `PORT`, `RINGFENCE_STORE` or `DATABASE_URL`';
  throw new StartFault('CONFIG_INVALID', `there is no ${storeName(where)}: ${how}`);
}

/** Words for an operator: which store an order is about. No password. */
export function storeName(where: DatabaseSettings): string {
  if (where.kind === 'embedded') return `store in \`${relative('.', where.folder ?? '') || '.'}\``;
  const { host, pathname } = new URL(where.url);
  return `store on \`${host}${pathname}\``;
}
