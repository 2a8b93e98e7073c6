/** What NATS is told before it has shown that it encrypts. With a real server: test/nats. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { storeKeysOf, withNats, type Database } from '../../src/store/index.js';

const keys = storeKeysOf(Buffer.alloc(32, 7));
const database = { kind: 'server', close: async () => undefined } as Partial<Database> as Database;
const facts = { server_id: 'S', version: '2.10.0', proto: 1, headers: true, max_payload: 1_048_576 };

/** All that a server in clear is told until it has heard a login, or the gateway says that it cannot be used. */
async function told(scheme: 'tls' | 'nats', offers: object): Promise<string> {
  let heard = '';
  let decided: () => void = () => undefined;
  const isDecided = new Promise<void>((resolve) => (decided = resolve));
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      if (!heard.includes('CONNECT')) return void socket.destroy();
      socket.write('PONG\r\n');
      decided();
    });
    socket.write(`INFO ${JSON.stringify({ ...facts, ...offers })}\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = { servers: [`${scheme}://${host}`], user: 'ringfence', password: 'hidden' };
  const opened = withNats(database, settings, { keys, onFailure: () => decided() });
  await isDecided;
  await opened.close();
  server.close();
  return heard;
}

test.each([
  ['offers no encryption', {}],
  ['offers encryption and speaks in clear', { tls_available: true }],
])('a server behind `tls://` that %s never sees the login', async (_, offers) => {
  expect(await told('tls', offers)).not.toContain('hidden');
});

test('a server behind `nats://` sees it', async () => {
  expect(await told('nats', {})).toContain('hidden');
});
