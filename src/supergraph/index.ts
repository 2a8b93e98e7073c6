export type { CategoryBits, Classification, Label, Target } from './classification.js';
export { isSealedKind, sealedKinds, type SealedKind } from './sealed.js';
