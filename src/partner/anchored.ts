import { anchorKey } from '../policy/index.js';

/**
 * The row, marked as an item that hangs on an anchor edge in this answer. A purpose that reads a category on anchored
 * items only may then read the row's own fields. Example: `anchored('FraudAlert.transaction', transaction)`.
 */
export function anchored<T extends object>(edge: string, row: T): T {
  return { ...row, [anchorKey]: edge };
}
