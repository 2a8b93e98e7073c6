/** PostgreSQL on a server: a pool of connections, and one more that hears notices. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, DatabaseRole, DatabaseSettings, Heard } from './database.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

const connectMs = 2_000;
const statementMs = 5_000;

/** Opens it. Rejects with a `StoreFault` when nobody answers within 2 s, or the login may not act as `role`. */
export async function openServer(
  settings: Extract<DatabaseSettings, { kind: 'server' }>,
  role: DatabaseRole,
): Promise<Database> {
  const config = configOf(settings, role);
  const pool = new pg.Pool({ ...config, max: settings.connections });
  // A connection that breaks while it rests is replaced by the pool; whoever uses one hears of it.
  pool.on('error', () => undefined);
  await pool.query('select 1').catch(async (cause: unknown) => {
    await pool.end();
    throw faultOf(cause, role);
  });
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'server',
    query,
    transaction: (work) => query.transaction().execute(work),
    listen: (channel, heard) => listen(config, channel, heard),
    close: () => query.destroy(),
  };
}

function configOf({ url, authorities }: Extract<DatabaseSettings, { kind: 'server' }>, role: DatabaseRole) {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    application_name: 'ringfence',
    ...(role !== 'owner' && { options: `-c role=ringfence_${role}` }),
    ...(authorities !== undefined && { ssl: { ca: authorities, rejectUnauthorized: true } }),
  };
}

/** A connection of its own, made anew whenever it breaks: what was said meanwhile is lost. */
async function listen(config: pg.ClientConfig, channel: string, heard: Heard): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client(config);
    fresh.on('notification', ({ payload = '' }) => heard(payload));
    fresh.on('error', () => retry(fresh));
    await fresh.connect();
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = fresh;
  };
  const retry = (broken: pg.Client): void => {
    broken.removeAllListeners('notification');
    void broken.end().catch(() => undefined);
    if (!stopped) again = setTimeout(() => void connect().catch(() => retry(broken)), reconnectMs);
  };
  await connect();
  return async () => {
    stopped = true;
    clearTimeout(again);
    await client?.end();
  };
}

const reconnectMs = 500;

function faultOf(cause: unknown, role: DatabaseRole): StoreFault {
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  if (code === '42501' || code === '22023' || /role/.test(message)) {
    const words = `the store's login may not act as \`ringfence_${role}\`: run \`ringfence migrate\` as the owner, then grant that role`;
    return new StoreFault('STORE_ROLE', words, { cause });
  }
  return new StoreFault('STORE_UNREACHABLE', `the store does not answer (${code || message}): see \`DATABASE_URL\``, {
    cause,
  });
}
