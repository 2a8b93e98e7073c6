import type { Migration } from './schemaVersion.js';

/** The tables of how many receipts agree in what auditors are shown. */
export interface ReceiptGroupTables {
  readonly ringfence_receipt_groups: {
    /** What the receipts agree in, keyed. */
    readonly name: Uint8Array;
    /** The same, sealed. */
    readonly sealed: Uint8Array;
    readonly count: number | string;
  };
  readonly ringfence_receipt_counted: {
    readonly chain: number;
    /** Up to which entry the chain is counted. */
    readonly seq: number | string;
  };
}

/** Follows from the receipts: what is lost or false here is counted anew once both tables are empty. */
export const receiptGroups: Migration = {
  name: 'receipt groups',
  statements: [
    `create table ringfence_receipt_groups (
      name bytea primary key check (length(name) = 16),
      sealed bytea not null,
      count bigint not null
    )`,
    `create table ringfence_receipt_counted (
      chain integer primary key references ringfence_receipt_chains,
      seq bigint not null check (seq >= 0)
    )`,
    'grant select, insert, update (count) on ringfence_receipt_groups to ringfence_gateway',
    'grant select, insert, update (seq) on ringfence_receipt_counted to ringfence_gateway',
    'grant select on ringfence_receipt_groups, ringfence_receipt_counted to ringfence_auditor',
  ],
};
