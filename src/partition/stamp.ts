import type { CategoryMask } from '../policy/index.js';

/**
 * What the partition notes on every object that a partner answered for, from the grant actually issued. The serializer
 * emits a field of such an object only under its stamp.
 */
export interface Stamp {
  readonly customer: string;
  readonly bank: string;
  /** Categories that may be read from this object where it stands. */
  readonly released: CategoryMask;
  readonly epoch: number;
}

/** The property that carries a {@link Stamp}; a symbol, so that no answer can forge it. */
export const stampKey: unique symbol = Symbol('ringfence.stamp');

/** The stamp of an object, if a partner answered for it. */
export function stampOf(object: object): Stamp | undefined {
  return (object as { [stampKey]?: Stamp })[stampKey];
}
