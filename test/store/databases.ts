/** Runs the tests of the store on both databases: PGlite inside this process, and a PostgreSQL server. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { migrate, openDatabase, type Database, type DatabaseRole } from '../../src/store/index.js';
import { embed } from '../../src/store/embedded.js';
import { openServer } from '../../src/store/server.js';
import { migrations } from '../../src/store/migrations/index.js';
import { testServer, type TestServer } from './testServer.js';

/**
 * One more handle on the database of this test file, as `role` (`gateway` where absent): on PGlite all of them take turns
 * on one connection, on the server each has a pool. Nobody has to close it.
 */
export type OpenHandle = (role?: DatabaseRole) => Promise<Database>;

/** A migrated database that is otherwise empty, and how it ends. */
export interface EmptyDatabase {
  readonly open: OpenHandle;
  readonly kind: Database['kind'];
  /** A backup of it as it is now, restored as another database. On the server all handles are closed by it. */
  copy(): Promise<EmptyDatabase>;
  end(): Promise<void>;
}

/**
 * Describes the same tests once per database. Each file has one migrated database of each kind, which all its tests
 * share: take names of your own. `open` can be called within tests and `beforeAll`.
 */
export function onEachDatabase(
  title: string,
  tests: (open: OpenHandle, kind: Database['kind'], copy: () => Promise<EmptyDatabase>) => void,
): void {
  describe.each(['embedded', 'server'] as const)(`${title}, %s`, (kind) => {
    let database: EmptyDatabase;
    beforeAll(async () => {
      database = await (kind === 'embedded' ? emptyEmbedded() : emptyOnServer());
    });
    afterAll(() => database?.end());
    tests(
      (role) => database.open(role),
      kind,
      () => database.copy(),
    );
  });
}

/** PGlite in memory, from a copy of one that was migrated before: 1 s, the first time 8 s. */
export async function emptyEmbedded(): Promise<EmptyDatabase> {
  return embeddedOf(new Blob([await template()]));
}

async function embeddedOf(files: Blob): Promise<EmptyDatabase> {
  const pglite = await PGlite.create({ loadDataDir: files });
  const owner = embed(pglite, () => undefined);
  return {
    kind: 'embedded',
    open: async (role = 'gateway') => owner.as(role),
    copy: async () => embeddedOf(await pglite.dumpDataDir('none')),
    end: () => owner.close(),
  };
}

/** A database on a server of its own. */
export async function emptyOnServer(): Promise<EmptyDatabase> {
  const server = await testServer();
  try {
    const url = await server.createDatabase();
    await migrateServer(url);
    return onServer(server, url, () => server.end());
  } catch (error) {
    await server.end();
    throw error;
  }
}

function onServer(server: TestServer, url: string, ended: () => Promise<void>): EmptyDatabase {
  const settings = { kind: 'server', url, connections: 4 } as const;
  const opened: Database[] = [];
  const closeAll = () => Promise.allSettled(opened.splice(0).map((database) => database.close()));
  return {
    kind: 'server',
    open: async (role = 'gateway') => {
      const database = await openDatabase(settings, role);
      opened.push(database);
      return database;
    },
    copy: async () => {
      await closeAll();
      return onServer(server, await server.createDatabase(url), async () => undefined);
    },
    end: async () => {
      await closeAll();
      await ended();
    },
  };
}

/** Brings a database on a server to this program's schema. */
export async function migrateServer(url: string): Promise<void> {
  const owner = await openServer({ kind: 'server', url, connections: 1 }, 'owner');
  await migrate(owner);
  await owner.close();
}

/** The files of a migrated PGlite, kept beside other temporary files under the name of what made them. */
async function template(): Promise<Uint8Array<ArrayBuffer>> {
  const made = createHash('sha256')
    .update(JSON.stringify([migrations, readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8')]))
    .digest('hex');
  const file = join(tmpdir(), `ringfence-test-pglite-${made.slice(0, 16)}.tar`);
  if (existsSync(file)) return new Uint8Array(readFileSync(file));
  const pglite = await PGlite.create({ loadDataDir: new Blob([readFileSync('dist/store-template.tar.gz')]) });
  await migrate(embed(pglite, () => undefined));
  const files = new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer());
  await pglite.close();
  writeFileSync(`${file}.${process.pid}`, files);
  renameSync(`${file}.${process.pid}`, file);
  return files;
}
