/** Orders about receipts as they arrive at a gateway's admin socket → answers. */
import { StartFault } from '../fault/index.js';
import type { Logger } from '../gateway/index.js';
import type { AdminAnswer, AdminHandler, TakePart } from './adminSocket.js';
import { carryOutReceipts, type ReceiptAnswer, type ReceiptDesk } from './receiptDesk.js';
import { type ReceiptOrder, receiptOrderSchema } from './receiptOrder.js';

/**
 * Carries out orders of `ringfence receipts`; hands every other order on. Reading chains and cutting them take turns: on the one
 * connection of an embedded store nothing else keeps a reader from missing what is being cut.
 */
export function receiptCounter(desk: ReceiptDesk, logger: Logger, next: AdminHandler): AdminHandler {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (order: ReceiptOrder, give: TakePart): Promise<ReceiptAnswer> => {
    // An export goes as fast as whoever takes it, and nobody shall wait for that.
    if (order.kind === 'receipts-export') return carryOutReceipts(desk, order, give);
    const turn = last.then(() => carryOutReceipts(desk, order, give));
    last = turn.catch(() => undefined);
    return turn;
  };
  return async (sent, give): Promise<AdminAnswer> => {
    const order = receiptOrderSchema.safeParse(sent);
    if (!order.success) return next(sent, give);
    try {
      return { kind: 'done', result: await inTurn(order.data, give) };
    } catch (error) {
      if (error instanceof StartFault) return { kind: 'refused', message: error.message };
      logger.error({ order: order.data.kind, err: error }, 'an order was not carried out');
      return { kind: 'refused', message: "the store did not do it; the gateway's log says why" };
    }
  };
}
