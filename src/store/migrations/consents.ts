import type { Generated } from 'kysely';
import type { ConsentState } from '../../consent/index.js';
import type { ConsentablePurpose } from '../../policy/index.js';
import type { Migration } from './schemaVersion.js';

/** The tables of consents, of what changed when, and of which restored copies an operator has confirmed. */
export interface ConsentTables {
  readonly ringfence_customers: {
    /** The customer, keyed. */
    readonly customer: Buffer;
    readonly epoch: number;
    /** The grants that were answered, sealed. */
    readonly answered: Buffer;
  };
  readonly ringfence_consents: {
    readonly id: string;
    readonly customer: Buffer;
    /** 1, 2, 3 … in the order in which the customer's consents were made. */
    readonly position: number;
    readonly purpose: ConsentablePurpose;
    readonly state: ConsentState;
    readonly state_since: Date;
    /** The bank and how it knows the customer, keyed as one; null until the bank has said so. */
    readonly holder: Buffer | null;
    /** The whole consent, sealed. */
    readonly sealed: Buffer;
  };
  readonly ringfence_changes: {
    /** In the order in which numbers were taken, which is not that in which transactions end. */
    readonly id: Generated<string>;
    /** Whose consents changed, keyed; null: the registry. */
    readonly customer: Buffer | null;
    /** The transaction (`xid8`). */
    readonly transaction: Generated<string>;
    readonly at: Generated<Date>;
    /** Random: a change of the same number in another history of this store has another one. */
    readonly token: Generated<string>;
  };
  readonly ringfence_store: {
    readonly single: Generated<boolean>;
    /** Moves when an operator confirms a restored copy. */
    readonly generation: Generated<string>;
    readonly confirmed_at: Generated<Date>;
    /** Which history of which server it was then. */
    readonly history: Generated<string>;
  };
}

/** Which history of which server this is: another one after a dump was restored elsewhere, or a server to an earlier time. */
const history = `create function ringfence_history() returns text language sql stable as
  $$ select system_identifier || '/' || timeline_id from pg_control_system(), pg_control_checkpoint() $$`;

/** Whose rows a transaction of the gateway reads and writes: `ringfence.customer`, in hex; `*` reads those of all. */
const ownRow = `customer = decode(nullif(current_setting('ringfence.customer', true), '*'), 'hex')`;
const anyRow = `current_setting('ringfence.customer', true) = '*'`;

/** The steps that one or more legal steps make: a single write may go through several states. Nothing leaves a final state. */
const stepRefusal = `create function ringfence_check_step() returns trigger language plpgsql as $$
  begin
    if new.state = old.state and (new.state_since = old.state_since or new.state in ('ACTIVE', 'SUSPENDED')) then
      return new;
    end if;
    if (case old.state
      when 'DRAFT' then new.state <> 'DRAFT'
      when 'AWAITING_BANK' then new.state not in ('DRAFT', 'AWAITING_BANK')
      when 'ACTIVE' then new.state in ('SUSPENDED', 'REVOKED', 'EXPIRED', 'SUPERSEDED')
      when 'SUSPENDED' then new.state in ('ACTIVE', 'REVOKED', 'EXPIRED', 'SUPERSEDED')
      else false
    end) then return new; end if;
    raise exception 'a consent cannot go from % to %', old.state, new.state;
  end $$`;

/**
 * A purpose that nobody can consent to is no value of the type. Nothing of a consent can be changed but its state, by steps that exist, what is sealed
 * with it, and the bank's own name for the customer; nothing is ever deleted by the gateway.
 */
export const consents: Migration = {
  name: 'consents',
  statements: [
    `create type ringfence_purpose as enum
      ('ACCOUNT_SERVICING', 'FRAUD_ALERTS', 'SUPPORT_CHAT', 'P2P_PAYMENT', 'MERCHANT_CHECKOUT')`,
    `create type ringfence_consent_state as enum
      ('DRAFT', 'AWAITING_BANK', 'ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'REJECTED', 'SUPERSEDED')`,
    `create table ringfence_customers (
      customer bytea primary key check (length(customer) = 32),
      epoch integer not null check (epoch >= 0),
      answered bytea not null
    )`,
    `create table ringfence_consents (
      id uuid primary key,
      customer bytea not null references ringfence_customers,
      position integer not null check (position > 0),
      purpose ringfence_purpose not null,
      state ringfence_consent_state not null,
      state_since timestamptz not null,
      holder bytea check (length(holder) = 32),
      sealed bytea not null,
      unique (customer, position)
    )`,
    'create index ringfence_consents_holder on ringfence_consents (holder)',
    `create table ringfence_changes (
      id bigint generated always as identity primary key,
      customer bytea check (length(customer) = 32),
      transaction xid8 not null default pg_current_xact_id(),
      at timestamptz not null default clock_timestamp(),
      token uuid not null default gen_random_uuid()
    )`,
    'create index ringfence_changes_transaction on ringfence_changes (transaction)',
    stepRefusal,
    `create trigger legal_step before update on ringfence_consents for each row execute function ringfence_check_step()`,
    `create function ringfence_check_epoch() returns trigger language plpgsql as
      $$ begin
        if new.epoch not in (old.epoch, old.epoch + 1) then raise exception 'an epoch moves by one'; end if;
        return new;
      end $$`,
    `create trigger next_epoch before update on ringfence_customers for each row execute function ringfence_check_epoch()`,
    `create function ringfence_tell_change() returns trigger language plpgsql as
      $$ begin perform pg_notify('ringfence_changes', new.id::text); return null; end $$`,
    `create trigger told after insert on ringfence_changes for each row execute function ringfence_tell_change()`,
    history,
    `create table ringfence_store (
      single boolean primary key default true check (single),
      generation uuid not null default gen_random_uuid(),
      confirmed_at timestamptz not null default clock_timestamp(),
      history text not null default ringfence_history()
    )`,
    'insert into ringfence_store default values',
    'alter table ringfence_customers enable row level security',
    'alter table ringfence_consents enable row level security',
    ...['customers', 'consents'].flatMap((table) => [
      `create policy reads on ringfence_${table} for select to ringfence_gateway using (${anyRow} or ${ownRow})`,
      `create policy adds on ringfence_${table} for insert to ringfence_gateway with check (${ownRow})`,
      `create policy changes on ringfence_${table} for update to ringfence_gateway using (${ownRow})`,
      `create policy audits on ringfence_${table} for select to ringfence_auditor using (true)`,
    ]),
    `grant select, insert on ringfence_customers, ringfence_consents to ringfence_gateway`,
    'grant update (epoch, answered) on ringfence_customers to ringfence_gateway',
    'grant update (state, state_since, holder, sealed) on ringfence_consents to ringfence_gateway',
    'grant select, insert (customer) on ringfence_changes to ringfence_gateway',
    'grant select on ringfence_store to ringfence_gateway',
    'grant select on ringfence_customers, ringfence_consents, ringfence_changes, ringfence_store to ringfence_auditor',
  ],
};
