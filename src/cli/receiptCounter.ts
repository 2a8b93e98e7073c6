/** Orders about receipts as they arrive at a gateway's admin socket → answers. */
import type { Logger } from '../gateway/index.js';
import type { AdminAnswer, AdminHandler } from './adminSocket.js';
import { carryOutReceipts, type ReceiptDesk } from './receiptDesk.js';
import { receiptOrderSchema } from './receiptOrder.js';

/** Carries out orders of `ringfence receipts`; hands every other order on. */
export function receiptCounter(desk: ReceiptDesk, logger: Logger, next: AdminHandler): AdminHandler {
  return async (sent): Promise<AdminAnswer> => {
    const order = receiptOrderSchema.safeParse(sent);
    if (!order.success) return next(sent);
    try {
      return { kind: 'done', result: await carryOutReceipts(desk, order.data) };
    } catch (error) {
      logger.error({ order: order.data.kind, err: error }, 'an order was not carried out');
      return { kind: 'refused', message: "the store did not do it; the gateway's log says why" };
    }
  };
}
