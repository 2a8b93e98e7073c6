import type { Generated } from 'kysely';
import type { Migration } from './schemaVersion.js';

/** The tables of receipts. Numbers of 64 bits come as text from a server and as numbers from the embedded database. */
export interface ReceiptTables {
  readonly ringfence_receipt_chains: {
    readonly chain: number;
    /** Where the chain ends. */
    readonly seq: number | string;
    readonly hash: Uint8Array;
    /** Up to where retention cut it; 0 where it is whole. */
    readonly cut_seq: Generated<number | string>;
    readonly cut_hash: Generated<Uint8Array>;
    /** Who appends to it, by a random id, and until when nobody else may take it over. */
    readonly writer: string;
    readonly leased_until: Date;
  };
  readonly ringfence_receipts: {
    readonly chain: number;
    readonly seq: number | string;
    /** Milliseconds since the epoch. */
    readonly at: number | string;
    /** The customer's pseudonym; null for principals without a customer. */
    readonly customer: Uint8Array | null;
    /** Sealed. */
    readonly content: Uint8Array;
    readonly hash: Uint8Array;
  };
  readonly ringfence_receipt_coordinates: {
    readonly hash: Uint8Array;
    /** JSON: a sorted list. */
    readonly coordinates: unknown;
  };
  readonly ringfence_receipt_customers: {
    /** The customer, keyed. */
    readonly name: Uint8Array;
    readonly pseudonym: Uint8Array;
    /** The customer's own pseudonym key and id, sealed. Destroying the row unlinks the customer's receipts. */
    readonly sealed: Uint8Array;
  };
  readonly ringfence_receipt_checkpoints: {
    readonly chain: number;
    readonly seq: number | string;
    readonly hash: Uint8Array;
    readonly at: number | string;
    readonly key: string;
    readonly signature: Uint8Array;
  };
}

const tables = ['chains', 'coordinates', 'customers', 'checkpoints'].map((name) => `ringfence_receipt_${name}`);
const all = ['ringfence_receipts', ...tables].join(', ');

/** The gateway appends; only the head of a chain moves. Nobody changes a receipt, the owner included, unless the trigger goes first. */
export const receipts: Migration = {
  name: 'receipts',
  statements: [
    `create table ringfence_receipt_chains (
      chain integer primary key check (chain > 0),
      seq bigint not null check (seq >= cut_seq),
      hash bytea not null check (length(hash) = 32),
      cut_seq bigint not null default 0 check (cut_seq >= 0),
      cut_hash bytea not null default decode(repeat('00', 32), 'hex') check (length(cut_hash) = 32),
      writer uuid not null,
      leased_until timestamptz not null
    )`,
    `create table ringfence_receipts (
      chain integer not null references ringfence_receipt_chains,
      seq bigint not null check (seq > 0),
      at bigint not null,
      customer bytea check (length(customer) = 16),
      content bytea not null,
      hash bytea not null check (length(hash) = 32),
      primary key (chain, seq)
    )`,
    `create index ringfence_receipts_customer on ringfence_receipts (customer, at, chain, seq) where customer is not null`,
    `create table ringfence_receipt_coordinates (
      hash bytea primary key check (length(hash) = 32),
      coordinates json not null
    )`,
    `create table ringfence_receipt_customers (
      name bytea primary key check (length(name) = 32),
      pseudonym bytea not null unique check (length(pseudonym) = 16),
      sealed bytea not null
    )`,
    `create table ringfence_receipt_checkpoints (
      chain integer not null references ringfence_receipt_chains,
      seq bigint not null,
      hash bytea not null check (length(hash) = 32),
      at bigint not null,
      key text not null,
      signature bytea not null,
      primary key (chain, seq)
    )`,
    `create function ringfence_keep_receipt() returns trigger language plpgsql as
      $$ begin raise exception 'a receipt does not change'; end $$`,
    `create trigger kept before update on ringfence_receipts for each row execute function ringfence_keep_receipt()`,
    `grant select, insert on ${all} to ringfence_gateway`,
    'grant update (seq, hash, writer, leased_until) on ringfence_receipt_chains to ringfence_gateway',
    `grant select on ${all} to ringfence_auditor`,
  ],
};
