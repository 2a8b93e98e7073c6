export {
  attest,
  type Attestation,
  AttestationCount,
  type AttestationFacts,
  type AttestedGround,
  type AttestedPeriod,
  isAttested,
  type LogDifference,
  type LoggedCall,
} from './attestation.js';
export { type ChainedEntry, type ChainLink, chainStart, linkHash } from './chain.js';
export {
  type Checkpoint,
  checkpointBytes,
  isSigned,
  signCheckpoint,
  type SignedCheckpoint,
  signingKeyId,
} from './checkpoint.js';
export { coordinateSet, coordinatesHashOf } from './coordinates.js';
export type { ReceiptFinding, ReceiptFindingKind } from './finding.js';
export { HeldWitness, unsignedStatements } from './heldWitness.js';
export type { ReceiptFilter, ReceiptJournal, ReceiptPage, ReceiptRange } from './journal.js';
export { createMemoryJournal, type JournalBounds, type MemoryJournal } from './memoryJournal.js';
export {
  type DamagedReceipt,
  isDamaged,
  type Receipt,
  receiptDecisions,
  type ReceiptDecision,
  type ReceiptEntry,
} from './receipt.js';
export { countRefusals, type CountedJournal, refusalsOpenMs, type RefusalCounting } from './refusals.js';
export { bucketOf, type CountBucket, quarterOf, type ReceiptFacts, type ReceiptGroup, ReceiptTally } from './tally.js';
export { type ChainClaims, ChainVerifier, type StatedPlace } from './verifyChain.js';
export {
  isWitnessed,
  isWitnessStatement,
  type WitnessStatement,
  witnessDigest,
  type WitnessSet,
  witnessSetOf,
  witnessOf,
  witnessSubject,
} from './witness.js';
