/** Where the store of a gateway under kills is, and how it is put back to what it was. */
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { bringToSchema } from '../../src/store/index.js';
import { ownServer } from '../store/testServer.js';

/** A store between two gateways; nobody may have it open while it is copied or put back. */
export interface Place {
  /** What a demo must know to use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Keeps a copy of it as it is. */
  copy(): Promise<void>;
  /** Puts the copy in its place. What gateways keep beside the store stays. */
  putBack(): Promise<void>;
  end(): Promise<void>;
}

/** Files of a folder of our own. */
export async function folderPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'ringfence-kill-'));
  const [folder, kept] = [join(root, 'store'), join(root, 'kept')];
  return {
    environment: { RINGFENCE_STORE: folder },
    copy: () => cp(folder, kept, { recursive: true, filter: (file) => !file.endsWith('.sock') }),
    putBack: async () => {
      await rename(folder, join(root, 'lost'));
      await rename(kept, folder);
    },
    end: () => rm(root, { recursive: true, force: true }),
  };
}

/** A database on a PostgreSQL server of our own. */
export async function serverPlace(): Promise<Place> {
  const server = await ownServer();
  const url = await server.createDatabase();
  await bringToSchema({ kind: 'server', url, connections: 1 }, { isRestored: false });
  const name = new URL(url).pathname.slice(1);
  return {
    environment: { DATABASE_URL: url, RINGFENCE_STORE: '' },
    copy: () => asAdministrator(url, `create database kept template ${name}`),
    putBack: async () => {
      await asAdministrator(url, `alter database ${name} rename to lost`);
      await asAdministrator(url, `alter database kept rename to ${name}`);
    },
    end: () => server.end(),
  };
}

async function asAdministrator(url: string, statement: string): Promise<void> {
  const beside = new URL(url);
  beside.pathname = '/postgres';
  const client = new pg.Client({ connectionString: beside.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
