/** The kinds of partners' identifiers that the gateway seals. A closed list, the same as `SealedKind` in the SDL. */
export const sealedKinds = [
  'ACCOUNT',
  'TRANSACTION',
  'CARD',
  'ALERT',
  'CONVERSATION',
  'MESSAGE',
  'PAYMENT',
  'CHECKOUT',
  'DISPUTE',
  'CURSOR',
] as const;

/** One of the {@link sealedKinds}. */
export type SealedKind = (typeof sealedKinds)[number];

/** True for words of the closed list. */
export function isSealedKind(word: unknown): word is SealedKind {
  return typeof word === 'string' && (sealedKinds as readonly string[]).includes(word);
}
