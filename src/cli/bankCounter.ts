/** Orders as they arrive at a gateway's admin socket → answers. */
import { InternalFault } from '../fault/index.js';
import type { Logger } from '../gateway/index.js';
import type { AdminHandler } from './adminSocket.js';
import { carryOut, type BankDesk } from './bankDesk.js';
import { bankOrderSchema } from './bankOrder.js';

/** Carries out orders of `ringfence bank`; what it does not understand it refuses. */
export function bankCounter(desk: BankDesk, logger: Logger): AdminHandler {
  return async (sent) => {
    const order = bankOrderSchema.safeParse(sent);
    if (!order.success) return { kind: 'refused', message: 'the running gateway does not know this order' };
    try {
      return { kind: 'done', result: await carryOut(desk, order.data) };
    } catch (error) {
      if (error instanceof InternalFault) return { kind: 'refused', message: error.message };
      logger.error({ order: order.data.kind, err: error }, 'an order was not carried out');
      return { kind: 'refused', message: "the store did not take it; the gateway's log says why" };
    }
  };
}
