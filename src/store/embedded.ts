/** PostgreSQL inside this process (PGlite), its files in a folder of ours or nowhere. */
import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Database } from './database.js';
import { lockFolder } from './folderLock.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

/**
 * Opens it, as its owner. One opener at a time, across processes: a second one gets a `StoreFault`. Cold 5 to 7 s, then
 * 1 s. It does not force writes to the disk: what was written survives the end of this process, not that of the machine.
 */
export async function openEmbedded(folder: string | undefined): Promise<EmbeddedDatabase> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = folder === undefined ? () => undefined : lockFolder(folder);
  try {
    const pglite = await PGlite.create(folder === undefined ? {} : { dataDir: `${folder}/data` });
    return new EmbeddedDatabase(pglite, unlock);
  } catch (cause) {
    unlock();
    throw new StoreFault('STORE_DAMAGED', `the store in \`${folder}\` does not open; restore a backup of it`, {
      cause,
    });
  }
}

/** A {@link Database} in this process. Its one connection goes from hand to hand. */
export class EmbeddedDatabase implements Database {
  readonly kind = 'embedded';
  readonly query: Kysely<Tables>;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly pglite: PGlite,
    private readonly unlock: () => void,
  ) {
    const pool = { connect: () => this.connect(), end: async () => undefined };
    this.query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) });
  }

  transaction<Result>(work: Parameters<Database['transaction']>[0]): Promise<Result> {
    return this.query.transaction().execute(work) as Promise<Result>;
  }

  listen(channel: string, heard: (notice: string) => void): Promise<() => Promise<void>> {
    return this.pglite.listen(channel, heard);
  }

  /** Runs statements that return nothing, several at once. */
  async run(statements: string): Promise<void> {
    await this.pglite.exec(statements);
  }

  async close(): Promise<void> {
    await this.query.destroy();
    await this.pglite.close();
    this.unlock();
  }

  private async connect(): Promise<PostgresPoolClient> {
    const before = this.last;
    let release: () => void = () => undefined;
    this.last = new Promise((resolve) => (release = resolve));
    await before;
    const query = async (text: string, parameters: readonly unknown[] = []) => {
      const { rows, affectedRows = 0 } = await this.pglite.query<Record<string, unknown>>(text, [...parameters]);
      return { command: commandOf(text), rowCount: affectedRows, rows };
    };
    return { query, release } as unknown as PostgresPoolClient;
  }
}

/** Kysely counts rows by the statement's first word. */
function commandOf(text: string): string {
  return (/^\s*(\w+)/.exec(text)?.[1] ?? '').toUpperCase();
}
