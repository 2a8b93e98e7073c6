/** Commands beside a NATS server that takes connections and never says a word. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { migrateServer } from '../store/databases.js';
import { testServer } from '../store/testServer.js';

/** Less than a library waits for such a server, and more than a command takes on a slow machine. */
const timeout = 15_000;

test('a command is done when its work is, its output whole', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const server = await testServer();
  const url = await server.createDatabase();
  await migrateServer(url);
  const nats = `nats://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const env = { ...process.env, DATABASE_URL: url, NATS_URL: nats, RINGFENCE_STORE: '', PORT: '0' };
  const words = ['dist/src/cli/ringfence.js', 'bank', 'list', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env, timeout });
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'banks' });
  silent.close();
  await server.end();
}, 60_000);
