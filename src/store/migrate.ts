/** Brings a database to this program's schema, and refuses one that it does not know. */
import { sql, type Kysely } from 'kysely';
import type { Database } from './database.js';
import { migrations } from './migrations/index.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

/** The schema version that this program reads and writes. */
export const schemaVersion = migrations.length;

/** One lock for all who migrate: the digits have no meaning, but no other program may use them. */
const migrationLock = 7_246_331_802;

/** Runs the steps that are missing, all or none, one opener at a time; gives their names. As `owner`. */
export function migrate(database: Database): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(transaction);
    await sql`
      create table if not exists ringfence_schema (
        version integer primary key, name text not null, applied_at timestamptz not null default now()
      )`.execute(transaction);
    const applied = await versionOf(transaction);
    refuseNewer(applied);
    const missing = migrations.slice(applied);
    for (const [index, step] of missing.entries()) {
      for (const statement of step.statements) await sql.raw(statement).execute(transaction);
      await transaction
        .insertInto('ringfence_schema')
        .values({ version: applied + index + 1, name: step.name })
        .execute();
    }
    return missing.map(({ name }) => name);
  });
}

/** Rejects with a `StoreFault` unless the database has exactly this program's schema. */
export async function requireSchema({ query }: Database): Promise<void> {
  requireVersion(await appliedVersion(query));
}

/** Throws a `StoreFault` unless `applied` is this program's schema. */
export function requireVersion(applied: number): void {
  refuseNewer(applied);
  if (applied < schemaVersion) {
    const message = `the store has schema version ${applied}, this program needs ${schemaVersion}: run \`ringfence migrate\``;
    throw new StoreFault('STORE_VERSION', message);
  }
}

/** The version of a database that may be empty: 0 then. */
async function appliedVersion(query: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ table: string | null }>`select to_regclass('ringfence_schema')::text as table`.execute(
    query,
  );
  return rows[0]?.table == null ? 0 : versionOf(query);
}

async function versionOf(query: Kysely<Tables>): Promise<number> {
  const { version } = await query
    .selectFrom('ringfence_schema')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow();
  return version ?? 0;
}

function refuseNewer(applied: number): void {
  if (applied <= schemaVersion) return;
  const message = `the store has schema version ${applied}, this program knows ${schemaVersion}: run a newer ringfence`;
  throw new StoreFault('STORE_VERSION', message);
}
