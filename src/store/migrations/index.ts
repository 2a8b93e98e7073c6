/** Every step of the schema in its order. A step that has been released is never edited: a new one follows. */
import { appendReceipts } from './appendReceipts.js';
import { bankKeys } from './bankKeys.js';
import { consents } from './consents.js';
import { instances } from './instances.js';
import { notices } from './notices.js';
import { receiptGroups } from './receiptGroups.js';
import { receipts } from './receipts.js';
import { registry } from './registry.js';
import { roles } from './roles.js';
import type { Migration } from './schemaVersion.js';

/** The steps; the first brings a database to version 1. */
export const migrations: readonly Migration[] = [
  roles,
  registry,
  consents,
  receipts,
  instances,
  notices,
  appendReceipts,
  receiptGroups,
  bankKeys,
];

export type { Migration } from './schemaVersion.js';
