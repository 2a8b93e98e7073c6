/** PostgreSQL on a server: a pool of connections, and one more that hears notices. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, DatabaseRole, DatabaseSettings } from './database.js';
import { listenOnServer } from './serverNotices.js';
import { StoreFault, storeFaultOf } from './storeFault.js';
import type { Tables } from './tables.js';

const connectMs = 2_000;
const statementMs = 5_000;
/** What the server does not end by itself: it has vanished without a word. */
const silenceMs = 6_000;

/** Opens it. Rejects with a `StoreFault` when nobody answers within 2 s, or the login may not act as `role`. */
export async function openServer(
  settings: Extract<DatabaseSettings, { kind: 'server' }>,
  role: DatabaseRole,
): Promise<Database> {
  const config = configOf(settings, role);
  const pool = new pg.Pool({ ...config, max: settings.connections });
  // A connection that breaks while it rests is replaced by the pool; whoever uses one hears of it.
  pool.on('error', () => undefined);
  await requireRole(pool, role).catch(async (cause: unknown) => {
    await pool.end();
    throw faultOf(cause, role);
  });
  const sound = { connect: () => soundConnection(pool), end: () => pool.end() };
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: sound as never }) });
  return {
    kind: 'server',
    query,
    transaction: (work) => query.transaction().execute(work),
    listen: (channel, heard, onLost) => listenOnServer(config, { channel, heard, ...(onLost && { onLost }) }),
    close: () => query.destroy(),
  };
}

/** A URL with options of its own would take the place of the role: rights are what the server says, not what was asked for. */
async function requireRole(pool: pg.Pool, role: DatabaseRole): Promise<void> {
  const { rows } = await pool.query<{ acting: string }>('select current_user as acting');
  if (role === 'owner' || rows[0]?.acting === `ringfence_${role}`) return;
  throw new StoreFault(
    'STORE_ROLE',
    `the store's login does not act as \`ringfence_${role}\`: leave \`options\` out of \`DATABASE_URL\``,
  );
}

/** A connection that the pool drops when it is given back after an answer that never came: it may still come. */
async function soundConnection(pool: pg.Pool): Promise<unknown> {
  const client = await pool.connect();
  let silent = false;
  // A connection that breaks between two statements says so to whoever holds it; unheard, that would end the process.
  const broke = (): void => void (silent = true);
  client.on('error', broke);
  const query = (text: string, parameters?: unknown[]) =>
    client.query(text, parameters).catch((error: unknown) => {
      silent ||= error instanceof Error && error.message === 'Query read timeout';
      throw error;
    });
  const release = (): void => {
    client.removeListener('error', broke);
    client.release(silent);
  };
  return { query, release };
}

function configOf({ url, authorities }: Extract<DatabaseSettings, { kind: 'server' }>, role: DatabaseRole) {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    query_timeout: silenceMs,
    keepAlive: true,
    application_name: 'ringfence',
    ...(role !== 'owner' && { options: `-c role=ringfence_${role}` }),
    ...(authorities !== undefined && { ssl: { ca: authorities, rejectUnauthorized: true } }),
  };
}

function faultOf(cause: unknown, role: DatabaseRole): unknown {
  if (cause instanceof StoreFault) return cause;
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  if (code === '42501' || code === '22023' || /role/.test(message)) {
    const words = `the store's login may not act as \`ringfence_${role}\`: run \`ringfence migrate\` as the owner, then grant that role`;
    return new StoreFault('STORE_ROLE', words, { cause });
  }
  if (code.startsWith('53')) return storeFaultOf(cause);
  return new StoreFault('STORE_UNREACHABLE', `the store does not answer (${code || message}): see \`DATABASE_URL\``, {
    cause,
  });
}
