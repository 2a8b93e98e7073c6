export { type ConsentStoreOptions, createConsentStore, type NotedChange } from './consents.js';
export { type LiveConsents, type LiveOptions, startLiveConsents } from './liveConsents.js';
export type { Database, DatabaseRole, DatabaseSettings, Heard } from './database.js';
export { bringToSchema, type SchemaSteps } from './bringToSchema.js';
export { migrate, requireSchema, schemaVersion } from './migrate.js';
export { type NatsSettings, withNats } from './natsNotices.js';
export { openDatabase } from './open.js';
export {
  actAsOwner,
  createRegistryStore,
  type NewVersion,
  type OperatorAct,
  registryChannel,
  type RegistryStore,
} from './registry.js';
export { createKeyStore, type KeyStore, type NewKeyDecision, type ReadKeyDecisions } from './bankKeys.js';
export { followRegistry, type FollowerOptions, type RegistryFollower } from './registryFollower.js';
export { createCustomerLinks, type CustomerLinks, type LinkOutcome } from './registryLinks.js';
export {
  acceptRestored,
  createRestoreGuard,
  markFile,
  type MarkKeeper,
  type RestoreGuard,
  type StoreMark,
} from './restoreGuard.js';
export { type ReceiptMark, type ReceiptMarkFile, receiptMarkFile } from './receiptMarkFile.js';
export {
  findReceiptMark,
  type FoundMark,
  type GoneChain,
  openReceiptMarks,
  type ReceiptMarkOptions,
  type ReceiptMarks,
} from './receiptMarks.js';
export { type CheckpointKeys, checkpointKeysOf } from './checkpointKey.js';
export { eraseCustomer, type ReceiptCut, retainReceipts, type RetentionKeys } from './receiptUpkeep.js';
export { type Verification, type VerificationOptions, verifyReceipts } from './receiptVerification.js';
export {
  createReceiptStore,
  type ReceiptReading,
  readReceipts,
  type ReceiptStore,
  type ReceiptStoreOptions,
} from './receipts.js';
export { skewLeewayMs } from './clockSkew.js';
export { receiptId } from './receiptContent.js';
export type { ReceiptMode } from './receiptQueue.js';
export { createRevocationNotices } from './revocationNotices.js';
export { StoreFault, storeFaultOf, type StoreFaultReason } from './storeFault.js';
export { keyedName, openContent, sealContent, type StoreKeys, storeKeysOf } from './sealing.js';
