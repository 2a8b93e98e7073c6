/** PostgreSQL inside this process (PGlite), its files in a folder of ours or nowhere. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Database, DatabaseRole, Heard, NoticesLost } from './database.js';
import { lockFolder } from './folderLock.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

/** A new database, as `npm run build` leaves it in `dist`; none where the sources run. */
const template = new URL('../../store-template.tar.gz', import.meta.url);

/**
 * Opens it, as its owner. One opener at a time, across processes: a second one gets a `StoreFault`. About 1 s; 5 s for a
 * database that is new where the sources run, which have no copy to begin with. It does not force writes to the disk: what was written survives the end of this process, not that of the machine.
 */
export async function openEmbedded(folder: string | undefined): Promise<EmbeddedDatabase> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = folder === undefined ? () => undefined : await lockFolder(folder);
  try {
    return embed(await (folder === undefined ? PGlite.create(begun()) : openIn(folder)), unlock);
  } catch (cause) {
    unlock();
    throw new StoreFault('STORE_DAMAGED', `the store in \`${folder}\` does not open; restore a backup of it`, {
      cause,
    });
  }
}

/** A database that was not begun to its end, which the mark tells, holds nothing yet: it is begun anew. */
async function openIn(folder: string): Promise<PGlite> {
  const [dataDir, mark] = [join(folder, 'data'), join(folder, 'beginning')];
  if (existsSync(mark)) rmSync(dataDir, { recursive: true, force: true });
  if (existsSync(dataDir)) return PGlite.create({ dataDir });
  writeFileSync(mark, '');
  const pglite = await PGlite.create({ dataDir, ...begun() });
  rmSync(mark);
  return pglite;
}

function begun(): { readonly loadDataDir?: Blob } {
  return existsSync(template) ? { loadDataDir: new Blob([readFileSync(template)]) } : {};
}

/** A started PGlite as a {@link Database} that acts as its owner; closing that calls `closed` at the end. */
export function embed(pglite: PGlite, closed: () => void): EmbeddedDatabase {
  const connection = new OneConnection(pglite);
  return new EmbeddedDatabase(connection, 'owner', async () => {
    await pglite.close();
    closed();
  });
}

/** A {@link Database} in this process. */
export class EmbeddedDatabase implements Database {
  readonly kind = 'embedded';
  readonly query: Kysely<Tables>;

  constructor(
    private readonly connection: OneConnection,
    role: DatabaseRole,
    private readonly closeAll: () => Promise<void>,
  ) {
    const pool = { connect: () => connection.take(role), end: async () => undefined };
    this.query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) });
  }

  /** The same database acting as another role; both take turns. Closing this one closes both. */
  as(role: DatabaseRole): EmbeddedDatabase {
    return new EmbeddedDatabase(this.connection, role, this.closeAll);
  }

  transaction<Result>(work: Parameters<Database['transaction']>[0]): Promise<Result> {
    return this.query.transaction().execute(work) as Promise<Result>;
  }

  async listen(channel: string, heard: Heard, onLost?: NoticesLost): Promise<() => Promise<void>> {
    try {
      return await this.connection.pglite.listen(channel, heard);
    } catch (error) {
      onLost?.(error);
      return () => Promise.resolve();
    }
  }

  async close(): Promise<void> {
    await this.query.destroy();
    await this.closeAll();
  }
}

/** The one connection that PGlite has, going from hand to hand, each time as the role of whoever takes it. */
class OneConnection {
  private last: Promise<void> = Promise.resolve();
  private role: DatabaseRole = 'owner';

  constructor(readonly pglite: PGlite) {}

  /** The connection, once everybody before has released it. */
  async take(role: DatabaseRole): Promise<PostgresPoolClient> {
    const before = this.last;
    let release: () => void = () => undefined;
    this.last = new Promise((resolve) => (release = resolve));
    await before;
    await this.become(role).catch((error: unknown) => {
      release();
      throw error;
    });
    const query = async (text: string, parameters: readonly unknown[] = []) => {
      const { rows, affectedRows = 0 } = await this.pglite.query<Record<string, unknown>>(text, [...parameters]);
      return { command: commandOf(text), rowCount: affectedRows, rows };
    };
    return { query, release } as unknown as PostgresPoolClient;
  }

  private async become(role: DatabaseRole): Promise<void> {
    if (role === this.role) return;
    await this.pglite.exec(role === 'owner' ? 'reset role' : `set role ringfence_${role}`);
    this.role = role;
  }
}

/** Kysely counts rows by the statement's first word. */
function commandOf(text: string): string {
  return (/^\s*(\w+)/.exec(text)?.[1] ?? '').toUpperCase();
}
