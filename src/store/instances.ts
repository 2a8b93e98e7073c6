/** What the instances over one database tell each other: up to where each has applied the changes of consents. */
import { setTimeout as wait } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.js';

/** How long what an instance has read may be decided on. */
export const leaseMs = 5_000;

const lookAgainMs = 20;

/** What an instance wrote when it took its lease last. */
export interface Confirmation {
  /** The instance's. */
  readonly id: string;
  /** Another one each time that it takes its lease anew. */
  readonly version: string;
}

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
  /** Of every instance. */
  readonly instances: readonly Confirmation[];
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
    ), '{}') as customers, (select max(version) from ringfence_schema) as version, clock_timestamp() as at, (
      select coalesce(json_agg(json_build_object('id', id, 'version', xmin::text)), '[]') from ringfence_instances
    ) as instances`.execute(query);
  const [row] = rows;
  if (row === undefined) throw new TypeError('a statement of one row gave none');
  return row;
}

/**
 * Says that an instance has applied all that is visible in a snapshot, and takes its lease anew. Until when that lasts by the
 * database's clock is written for whoever looks: nothing rests on it.
 */
export async function confirm({ query }: Database, id: string, snapshot: string): Promise<void> {
  await sql`
    insert into ringfence_instances (id, seen, lease_until)
    values (${id}, ${snapshot}::pg_snapshot, clock_timestamp() + make_interval(secs => ${leaseMs / 1000}))
    on conflict (id) do update set seen = excluded.seen, lease_until = excluded.lease_until`.execute(query);
}

/** Ends an instance's lease. */
export async function leave({ query }: Database, id: string): Promise<void> {
  await sql`delete from ringfence_instances where id = ${id}`.execute(query);
}

/** Forgets instances whose leases are over, unless they have confirmed anew. Costs nothing where there are none. */
export async function forget({ query }: Database, over: readonly Confirmation[]): Promise<void> {
  for (const { id, version } of over) {
    await sql`delete from ringfence_instances where id = ${id} and xmin::text = ${version}`.execute(query);
  }
}

/** What {@link untilApplied} needs to know. */
export interface Awaited {
  /** The number of a durable change. */
  readonly change: string;
  /** Who asks: it is not waited for. */
  readonly id: string;
  /** True where another instance's lease is over for certain: nor is it. */
  readonly isOver: (other: Confirmation) => boolean;
  readonly monotonicMs: () => number;
}

/**
 * Resolves when every other instance whose lease runs has applied a change. INVARIANT: after {@link leaseMs} from the call no
 * other instance can decide on what was before the change: a lease taken since then was taken on a snapshot that shows it. That
 * bound is this process's own, so that it holds where the database does not answer any more; an instance counts its
 * own lease from before it began to read, so that no difference between clocks matters, only that all of them run.
 */
export async function untilApplied(database: Database, awaited: Awaited): Promise<void> {
  const { monotonicMs } = awaited;
  const over = monotonicMs() + leaseMs;
  while (monotonicMs() < over && (await isAwaited(database, awaited).catch(() => true))) await wait(lookAgainMs);
}

/**
 * The newest change of a customer that an instance other than `id` has not applied while its lease runs; undefined where there is
 * none. Changes of one customer become durable in the order of their numbers: who has applied this one has applied those before.
 */
export async function newestUnapplied(
  { query }: Database,
  customer: Buffer,
  { id, isOver }: Pick<Awaited, 'id' | 'isOver'>,
): Promise<string | undefined> {
  const { rows } = await sql<Confirmation & { readonly change: string }>`
    select other.id::text, other.xmin::text as version, max(change.id)::text as change from ringfence_instances other
    join ringfence_changes change on change.transaction >= pg_snapshot_xmin(other.seen)
    where change.customer = ${customer} and ${lacking(id)}
    group by other.id, other.xmin order by max(change.id) desc`.execute(query);
  return rows.find((other) => !isOver(other))?.change;
}

async function isAwaited({ query }: Database, { change, id, isOver }: Awaited): Promise<boolean> {
  const { rows } = await sql<Confirmation>`
    select other.id::text, other.xmin::text as version from ringfence_instances other, ringfence_changes change
    where change.id = ${change}::bigint and ${lacking(id)}`.execute(query);
  return rows.some((other) => !isOver(other));
}

/** That `other` is not `id`, and has not applied `change`. */
function lacking(id: string): RawBuilder<unknown> {
  return sql`other.id <> ${id} and not pg_visible_in_snapshot(change.transaction, other.seen)`;
}
