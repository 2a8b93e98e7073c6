import type { Generated } from 'kysely';
import type { BankStatus } from '../../policy/index.js';
import type { Migration } from './schemaVersion.js';

/** The tables of decisions about banks, of what operators did, and of who is known where. All of them only grow or shrink by commands. */
export interface RegistryTables {
  readonly ringfence_registry: {
    /** 1, 2, 3 … in the order of commits. */
    readonly revision: number;
    readonly bank: string;
    readonly version: number;
    /** Null: as configured. */
    readonly status: BankStatus | null;
    /** What else is decided, as JSON of `registryTerms`. */
    readonly terms: unknown;
    /** Null: from the moment it was entered. */
    readonly effective_from: Date | null;
    readonly entered_at: Date;
    readonly entered_by: string;
    readonly reason: string;
  };
  readonly ringfence_operator_log: {
    readonly id: Generated<string>;
    readonly at: Date;
    readonly by: string;
    readonly reason: string;
    readonly command: string;
    readonly bank: string;
    /** The customer, account or consent that it was about, keyed; null where it was about the bank alone. */
    readonly subject: Buffer | null;
  };
  readonly ringfence_links: {
    /** Customer and bank, keyed. */
    readonly name: Buffer;
    /** How the bank knows the customer, sealed. */
    readonly reference: Buffer;
  };
}

/** Decisions and the log are only ever added to; the gateway's own role reads decisions and links and writes none. */
export const registry: Migration = {
  name: 'registry',
  statements: [
    `create type ringfence_bank_status as enum
      ('LIVE', 'PILOT', 'SUSPENDED', 'TERMINATED', 'NOT_PARTICIPATING', 'UNDISCLOSED')`,
    `create table ringfence_registry (
      revision integer primary key check (revision > 0),
      bank text not null check (bank <> ''),
      version integer not null check (version > 0),
      status ringfence_bank_status,
      terms jsonb not null,
      effective_from timestamptz,
      entered_at timestamptz not null,
      entered_by text not null check (entered_by <> ''),
      reason text not null check (reason <> ''),
      unique (bank, version)
    )`,
    `create table ringfence_operator_log (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      by text not null check (by <> ''),
      reason text not null check (reason <> ''),
      command text not null,
      bank text not null,
      subject bytea
    )`,
    'create table ringfence_links (name bytea primary key, reference bytea not null)',
    `create function ringfence_only_grows() returns trigger language plpgsql as
      $$ begin raise exception '% only grows', tg_table_name; end $$`,
    `create trigger only_grows before update or delete or truncate on ringfence_registry
      execute function ringfence_only_grows()`,
    `create trigger only_grows before update or delete or truncate on ringfence_operator_log
      execute function ringfence_only_grows()`,
    'grant select on ringfence_registry, ringfence_links to ringfence_gateway',
    'grant select on ringfence_registry, ringfence_operator_log to ringfence_auditor',
  ],
};
