/** What the instances over one database tell each other: up to where each has applied the changes of consents. */
import { setTimeout as wait } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.js';

/** How long what an instance has read may be decided on. */
export const leaseMs = 5_000;

const lookAgainMs = 20;

/** Changes since a snapshot, and the snapshot that they were read in. */
export interface ReadChanges {
  /** As PostgreSQL writes it. */
  readonly snapshot: string;
  /** Keyed names of the customers concerned, in hex. */
  readonly customers: readonly string[];
  /** The schema's version. */
  readonly version: number;
  /** By the database's clock. */
  readonly at: Date;
}

/**
 * The changes that a reader who had seen `since` may not know, some of them again; none without `since`. Goes by snapshot: a
 * change whose number was taken early may become visible late.
 */
export async function changesSince({ query }: Database, since: string | undefined): Promise<ReadChanges> {
  const { rows } = await sql<ReadChanges>`
    select pg_current_snapshot()::text as snapshot, coalesce((
      select array_agg(distinct encode(customer, 'hex')) from ringfence_changes
      where customer is not null and transaction >= pg_snapshot_xmin(coalesce(${since ?? null}::pg_snapshot, pg_current_snapshot()))
    ), '{}') as customers, (select max(version) from ringfence_schema) as version, clock_timestamp() as at`.execute(
    query,
  );
  const [row] = rows;
  if (row === undefined) throw new TypeError('a statement of one row gave none');
  return row;
}

/** Says that an instance has applied all that is visible in a snapshot, and takes its lease anew. */
export async function confirm({ query }: Database, id: string, snapshot: string): Promise<void> {
  await sql`
    insert into ringfence_instances (id, seen, lease_until)
    values (${id}, ${snapshot}::pg_snapshot, clock_timestamp() + make_interval(secs => ${leaseMs / 1000}))
    on conflict (id) do update set seen = excluded.seen, lease_until = excluded.lease_until`.execute(query);
}

/** Ends an instance's lease, and forgets those that ended long ago. */
export async function leave({ query }: Database, id: string): Promise<void> {
  await sql`delete from ringfence_instances where id = ${id} or lease_until < clock_timestamp() - interval '1 hour'`.execute(
    query,
  );
}

/** What {@link untilApplied} needs to know. */
export interface Awaited {
  /** The number of a durable change. */
  readonly change: string;
  /** Who asks: it is not waited for. */
  readonly id: string;
  readonly monotonicMs: () => number;
}

/**
 * Resolves when every other instance whose lease runs has applied a change. INVARIANT: after {@link leaseMs} from the call no
 * other instance can decide on what was before the change: a lease taken since then was taken on a snapshot that shows it. That
 * bound is this process's own, so that it holds where the database does not answer any more; an instance counts its
 * own lease from before it began to read, so that no difference between clocks matters, only that all of them run.
 */
export async function untilApplied(database: Database, { change, id, monotonicMs }: Awaited): Promise<void> {
  const over = monotonicMs() + leaseMs;
  while (monotonicMs() < over && (await isAwaited(database, change, id).catch(() => true))) await wait(lookAgainMs);
}

/**
 * The newest change of a customer that an instance other than `id` has not applied while its lease runs; undefined where there is
 * none. Changes of one customer become durable in the order of their numbers: who has applied this one has applied those before.
 */
export async function newestUnapplied({ query }: Database, customer: Buffer, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select change.id::text from ringfence_instances other
    join ringfence_changes change on change.transaction >= pg_snapshot_xmin(other.seen)
    where change.customer = ${customer} and ${lacking(id)}
    order by change.id desc limit 1`.execute(query);
  return rows[0]?.id;
}

async function isAwaited({ query }: Database, change: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ringfence_instances other, ringfence_changes change
    where change.id = ${change}::bigint and ${lacking(id)}
    limit 1`.execute(query);
  return rows.length > 0;
}

/** That `other` is not `id`, has a lease that runs, and has not applied `change`. */
function lacking(id: string): RawBuilder<unknown> {
  return sql`other.id <> ${id} and other.lease_until > clock_timestamp()
    and not pg_visible_in_snapshot(change.transaction, other.seen)`;
}
