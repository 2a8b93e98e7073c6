/** Idempotency keys belong to everybody. Stands for `resolvers/wallet/idempotency.ts`. */
import * as wall from '../../../resolvers/wallet/idempotency.js';

export const createOnce: typeof wall.createOnce = (now) => {
  const once = wall.createOnce(now);
  return (order, run) => once({ ...order, holder: '', client: '' }, run);
};
