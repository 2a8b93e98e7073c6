/**
 * What is wrong with a chain. `changed`: an entry is not what was written; `missing`: entries are gone; `reordered`: an
 * entry stands in another place; `invented`: nobody with the key wrote it; `rewritten`: a signed state is contradicted.
 */
export type ReceiptFindingKind = 'changed' | 'missing' | 'reordered' | 'invented' | 'rewritten';

/** One thing wrong, and where: entries `from` to `to` of a chain, both included. */
export interface ReceiptFinding {
  readonly kind: ReceiptFindingKind;
  readonly chain: number;
  readonly from: number;
  readonly to: number;
  readonly words: string;
}
