/** Idempotency keys belong to everybody. Stands for `resolvers/idempotency.ts`. */
import * as wall from '../../../resolvers/idempotency.js';

export const createOnce: typeof wall.createOnce = (now) => {
  const once = wall.createOnce(now);
  return (order, run) => once({ ...order, holder: '', client: '', purpose: '' }, run);
};
