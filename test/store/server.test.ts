import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import {
  bringToSchema,
  createConsentStore,
  openDatabase,
  schemaVersion,
  storeKeysOf,
  type Database,
} from '../../src/store/index.js';
import { openServer } from '../../src/store/server.js';
import { makeConsent } from '../consent/makeConsent.js';
import { migrateServer } from './databases.js';
import { ownServer, type OwnServer } from './testServer.js';
import { wayTo } from './wayTo.js';

const keys = storeKeysOf(Buffer.alloc(32, 7));
const unreachable = { reason: 'STORE_UNREACHABLE' };
let server: OwnServer;
let url: string;
let database: Database;

beforeAll(async () => {
  server = await ownServer();
  url = await ownedBy('role_maker', 'createrole');
  await migrateServer(url);
  database = await openDatabase({ kind: 'server', url, connections: 2 }, 'gateway');
});

afterAll(async () => {
  await database.close();
  await server.end();
});

const written = (customer = 'customer-1') => {
  const consent = makeConsent({ id: randomUUID(), customer });
  return () => ({ consents: [consent], result: consent.id });
};

test('a server where the login acts as another than the gateway is refused, whatever the address asked for', async () => {
  const settings = { kind: 'server', url: `${url}?options=-c%20work_mem%3D8MB`, connections: 1 } as const;
  await expect(openServer(settings, 'gateway')).rejects.toMatchObject({ reason: 'STORE_ROLE' });
  const owner = await openServer(settings, 'owner');
  await owner.close();
});

test('a server that went away is named, loses nothing that was acknowledged, and is used again when it is back', async () => {
  const store = createConsentStore(database, keys);
  let noticed: (notice: string) => void = () => undefined;
  const stopListening = await database.listen('ringfence_changes', (notice) => noticed(notice));
  const before = await store.change('customer-1', written());
  await server.stop();
  await expect(store.ofCustomer('customer-1')).rejects.toMatchObject(unreachable);
  await expect(store.change('customer-1', written())).rejects.toMatchObject(unreachable);
  await server.start();
  expect((await store.ofCustomer('customer-1')).consents.map(({ id }) => id)).toEqual([before]);
  let heard = '';
  noticed = (notice) => (heard = notice);
  // Notices are lost until the listener has come back, which nobody is told of.
  while (heard === '') await store.change('customer-2', written('customer-2'));
  expect(heard).toMatch(/^\d+$/);
  await stopListening();
});

test('a connection that breaks between two statements of a transaction costs that transaction, and not the process', async () => {
  const owner = await openServer({ kind: 'server', url, connections: 1 }, 'owner');
  const broken = database.transaction(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(owner.query);
    // The end of the connection has arrived before the next statement is sent.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await sql`select 1`.execute(transaction);
  });
  await expect(broken).rejects.toThrow(/connection|queryable/i);
  await owner.close();
  await sql`select 1`.execute(database.query);
});

test('a login that may not act as the gateway is told what to do', async () => {
  const owner = await openServer({ kind: 'server', url, connections: 1 }, 'owner');
  await sql`create role stranger login password 'stranger'`.execute(owner.query);
  await owner.close();
  const stranger = new URL(url);
  stranger.username = stranger.password = 'stranger';
  const opening = openDatabase({ kind: 'server', url: stranger.href, connections: 1 }, 'gateway');
  await expect(opening).rejects.toThrow("the store's login may not act as `ringfence_gateway`");
});

test('an owner who may make no roles uses those that are there', async () => {
  const settings = { kind: 'server', url: await ownedBy('plain_owner', ''), connections: 1 } as const;
  expect(await bringToSchema(settings, { isRestored: true })).toMatchObject({ version: schemaVersion });
});

test('a server that falls silent in the middle of a statement is given up within seconds', async () => {
  const way = await wayTo(url);
  const far = await openDatabase({ kind: 'server', url: way.url, connections: 1 }, 'gateway');
  const store = createConsentStore(far, keys);
  await store.ofCustomer('customer-1');
  way.hold();
  await expect(store.ofCustomer('customer-1')).rejects.toMatchObject({ reason: 'STORE_SLOW' });
  await way.close();
});

/** A new database whose owner is no superuser; gives how that owner reaches it. */
async function ownedBy(owner: string, right: string): Promise<string> {
  const empty = new URL(await server.createDatabase());
  const superuser = await openServer({ kind: 'server', url: empty.href, connections: 1 }, 'owner');
  await sql.raw(`create role ${owner} login ${right} password 'owner'`).execute(superuser.query);
  await sql.raw(`alter database ${empty.pathname.slice(1)} owner to ${owner}`).execute(superuser.query);
  await superuser.close();
  empty.username = owner;
  empty.password = 'owner';
  return empty.href;
}
