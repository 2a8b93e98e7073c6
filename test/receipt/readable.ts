import { type DamagedReceipt, isDamaged, type Receipt } from '../../src/receipt/index.js';

/** The receipts of a part in which none is damaged. */
export function readable(kept: readonly (Receipt | DamagedReceipt)[] = []): readonly Receipt[] {
  return kept.map((one) => {
    if (isDamaged(one)) throw new RangeError(`entry ${one.seq} of chain ${one.chain} is damaged`);
    return one;
  });
}
