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

/** A server that takes connections and says nothing; each connection as it comes. */
async function silentServer(
  connected: () => void,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    connected();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `nats://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Resolves once the other side has ended all connections.
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { url, close };
}

test('a server that says nothing is given up, and no connection to it stays open', async () => {
  const silent = await silentServer(() => undefined);
  const failure = new Promise((resolve) => {
    const opened = withNats(
      database,
      { servers: [silent.url] },
      { keys, onFailure: (error) => resolve([opened, error]) },
    );
  });
  const [opened, error] = (await failure) as [Database, Error];
  expect(error.message).toContain('NATS does not answer');
  await opened.close();
  await silent.close();
});

test('a server that says nothing holds up nobody who closes meanwhile', async () => {
  let opened: Database | undefined;
  await new Promise<void>((connected) => {
    void silentServer(connected).then((silent) => {
      opened = withNats(
        { ...database, close: silent.close },
        { servers: [silent.url] },
        { keys, onFailure: () => undefined },
      );
    });
  });
  await opened?.close();
});

test.each([
  ['offers no encryption', {}],
  ['offers encryption and speaks in clear', { tls_available: true }],
])('a server behind `tls://` that %s never sees the login', async (_, offers) => {
  expect(await told('tls', offers)).not.toContain('hidden');
});

test('a server behind `nats://` sees it', async () => {
  expect(await told('nats', {})).toContain('hidden');
});
