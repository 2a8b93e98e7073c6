import type { KeyKind } from '../../consent/index.js';
import type { Migration } from './schemaVersion.js';

/** The decisions about keys of banks. No key is among them, nor half of one. */
export interface BankKeyTables {
  readonly ringfence_bank_keys: {
    /** 1, 2, 3 … in the order of commits. */
    readonly revision: number;
    readonly bank: string;
    readonly kid: string;
    readonly act: 'ADD' | 'RETIRE' | 'REVOKE';
    /** Of a key that is added; null otherwise. */
    readonly kind: KeyKind | null;
    /** Of a key that is added, or of one that is revoked where it is known. */
    readonly print: string | null;
    /** Null: from the moment it was entered. */
    readonly valid_from: Date | null;
    /** Null: until another decision says so. */
    readonly valid_until: Date | null;
    readonly entered_at: Date;
    readonly entered_by: string;
    readonly reason: string;
    /** Over this row and the seal of the one before it, under a key that the database does not have. */
    readonly seal: Buffer;
  };
}

/** Decisions are only ever added to, and the gateway's own role writes none. A name and a print are given to one key, once. */
export const bankKeys: Migration = {
  name: 'bank keys',
  statements: [
    "create type ringfence_key_act as enum ('ADD', 'RETIRE', 'REVOKE')",
    "create type ringfence_key_kind as enum ('grant', 'mac')",
    `create table ringfence_bank_keys (
      revision integer primary key check (revision > 0),
      bank text not null check (bank <> ''),
      kid text not null check (kid <> ''),
      act ringfence_key_act not null,
      kind ringfence_key_kind check ((kind is not null) = (act = 'ADD')),
      print text check (length(print) = 43 and (act <> 'ADD' or print is not null)),
      valid_from timestamptz check (valid_from is null or act = 'ADD'),
      valid_until timestamptz check (valid_until is not null or act <> 'RETIRE'),
      entered_at timestamptz not null,
      entered_by text not null check (entered_by <> ''),
      reason text not null check (reason <> ''),
      seal bytea not null check (length(seal) = 32)
    )`,
    `create unique index ringfence_bank_keys_kid on ringfence_bank_keys (bank, kid) where act = 'ADD'`,
    `create unique index ringfence_bank_keys_print on ringfence_bank_keys (print) where act = 'ADD'`,
    `create trigger only_grows before update or delete or truncate on ringfence_bank_keys
      execute function ringfence_only_grows()`,
    'grant select on ringfence_bank_keys to ringfence_gateway, ringfence_auditor',
  ],
};
