/** The keys of banks that are configured, where whoever decides about them knows them. */
import type { BankKey } from '../consent/index.js';

/** Of every bank; or, in words for an operator, why they are not known. */
export type KeysConfigured =
  { readonly kind: 'known'; readonly keys: readonly BankKey[] } | { readonly kind: 'unknown'; readonly why: string };

/** Of one bank or all; none where they are not known. */
export function keysOf(configured: KeysConfigured): readonly BankKey[] {
  return configured.kind === 'known' ? configured.keys : [];
}
