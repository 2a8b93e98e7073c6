/** The tables as Kysely knows them; each migration's own file states its part. */
import type { BankKeyTables } from './migrations/bankKeys.js';
import type { ConsentTables } from './migrations/consents.js';
import type { InstanceTables } from './migrations/instances.js';
import type { NoticeTables } from './migrations/notices.js';
import type { ReceiptGroupTables } from './migrations/receiptGroups.js';
import type { ReceiptTables } from './migrations/receipts.js';
import type { RegistryTables } from './migrations/registry.js';
import type { SchemaTables } from './migrations/schemaVersion.js';

/** Every table of the store. */
export type Tables = BankKeyTables &
  ReceiptTables &
  ReceiptGroupTables &
  SchemaTables &
  RegistryTables &
  ConsentTables &
  InstanceTables &
  NoticeTables;
