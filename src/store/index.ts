export type { Database, DatabaseRole, DatabaseSettings, Heard } from './database.js';
export { migrate, requireSchema, schemaVersion } from './migrate.js';
export { openDatabase } from './open.js';
export {
  actAsOwner,
  createRegistryStore,
  type NewVersion,
  type OperatorAct,
  registryChannel,
  type RegistryStore,
} from './registry.js';
export { followRegistry, type FollowerOptions, type RegistryFollower } from './registryFollower.js';
export { createCustomerLinks, type CustomerLinks, type LinkOutcome } from './registryLinks.js';
export { StoreFault, type StoreFaultReason } from './storeFault.js';
export { keyedName, openContent, sealContent, type StoreKeys, storeKeysOf } from './sealing.js';
