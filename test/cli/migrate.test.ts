/** Commands that reach a store on a server themselves. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { bankCommand } from '../../src/cli/bank.js';
import { migrateCommand } from '../../src/cli/migrate.js';
import { schemaVersion } from '../../src/store/index.js';
import { migrations } from '../../src/store/migrations/index.js';
import { testServer, type TestServer } from '../store/testServer.js';
import { runIn } from './running.js';

const before = process.env['DATABASE_URL'];
let server: TestServer;
let url: string;

beforeAll(async () => {
  server = await testServer();
  url = await server.createDatabase();
});
afterAll(async () => {
  setUrl(before);
  await server.end();
});

function setUrl(value: string | undefined): void {
  if (value === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = value;
}

function run(command: Command, ...words: string[]) {
  setUrl(url);
  return runIn(process.cwd(), command, words);
}

test('a bank’s agreement is not shown from a store that was never migrated', async () => {
  const { failed, err } = await run(bankCommand(), 'list');
  expect([failed, err]).toEqual([true, expect.stringMatching(/STORE_VERSION: .* run `ringfence migrate`/)]);
});

test('`ringfence migrate` says which steps it ran, and has nothing to do the second time', async () => {
  const { failed, out } = await run(migrateCommand(), '--json');
  expect(failed).toBe(false);
  expect(JSON.parse(out)).toEqual({ version: schemaVersion, steps: migrations.map(({ name }) => name) });
  expect((await run(migrateCommand())).out).toBe(`schema version ${schemaVersion}; nothing to do\n`);
});

test('a decision is entered from beside the gateways', async () => {
  const words = ['suspend', 'harbor', '--as', 'alice', '--reason', 'a test'];
  expect((await run(bankCommand(), ...words)).out).toContain('harbor  SUSPENDED  decision 1 by alice: a test');
  expect((await run(bankCommand(), 'list')).out).toMatch(/^harbor +SUSPENDED/m);
});

test('a server that is not there, or no server, is said in words', async () => {
  setUrl('postgres://nobody:hidden@127.0.0.1:9/none');
  const gone = await runIn(process.cwd(), migrateCommand(), []);
  expect([gone.failed, gone.err]).toEqual([true, expect.stringContaining('STORE_UNREACHABLE')]);
  expect(gone.err).not.toContain('hidden');
  setUrl(undefined);
  process.env['RINGFENCE_STORE'] = './no-store-here';
  const none = await runIn(process.cwd(), migrateCommand(), []);
  delete process.env['RINGFENCE_STORE'];
  expect([none.failed, none.err]).toEqual([true, expect.stringContaining('set `DATABASE_URL`')]);
});
