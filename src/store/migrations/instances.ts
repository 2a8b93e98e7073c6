import type { Migration } from './schemaVersion.js';

/** Who decides on what is in this store. */
export interface InstanceTables {
  readonly ringfence_instances: {
    /** Random, new with each start. */
    readonly id: string;
    /** The changes that this instance has applied: those visible in this snapshot (`pg_snapshot`). */
    readonly seen: string;
    /** Until when it may decide without reading again, by this database's clock. */
    readonly lease_until: Date;
  };
}

/** The gateway may forget instances: a row says nothing once its lease is over. */
export const instances: Migration = {
  name: 'instances',
  statements: [
    `create table ringfence_instances (
      id uuid primary key,
      seen pg_snapshot not null,
      lease_until timestamptz not null
    )`,
    'grant select, insert, update, delete on ringfence_instances to ringfence_gateway',
    'grant select on ringfence_instances to ringfence_auditor',
  ],
};
