export type { Database, DatabaseRole, DatabaseSettings, Heard } from './database.js';
export { migrate, requireSchema, schemaVersion } from './migrate.js';
export { openDatabase } from './open.js';
export { StoreFault, type StoreFaultReason } from './storeFault.js';
export { keyedName, openContent, sealContent, type StoreKeys, storeKeysOf } from './sealing.js';
