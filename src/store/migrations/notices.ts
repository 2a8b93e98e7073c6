import type { Generated } from 'kysely';
import type { Migration } from './schemaVersion.js';

/** The notices of revocations, for banks. */
export interface NoticeTables {
  readonly ringfence_notices: {
    /** The consent that was revoked. */
    readonly consent: string;
    readonly due_at: Generated<Date>;
    readonly tries: Generated<number>;
    /** When the bank took it; null: not yet. */
    readonly told_at: Date | null;
  };
}

/** A notice is written with the revocation, or neither is. None is ever taken away. */
export const notices: Migration = {
  name: 'notices',
  statements: [
    `create table ringfence_notices (
      consent uuid primary key references ringfence_consents,
      due_at timestamptz not null default clock_timestamp(),
      tries integer not null default 0,
      told_at timestamptz
    )`,
    'create index ringfence_notices_due on ringfence_notices (due_at) where told_at is null',
    'grant select, insert (consent), update (due_at, tries, told_at) on ringfence_notices to ringfence_gateway',
    'grant select on ringfence_notices to ringfence_auditor',
  ],
};
