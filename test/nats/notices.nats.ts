/** Instances on one PostgreSQL server that tell each other of changes over NATS: `npm run test:nats`. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { revoke } from '../../src/consent/index.js';
import {
  createRegistryStore,
  type Database,
  type LiveConsents,
  openDatabase,
  startLiveConsents,
  storeKeysOf,
  withNats,
} from '../../src/store/index.js';
import { makeConsent } from '../consent/makeConsent.js';
import { migrateServer } from '../store/databases.js';
import { testServer, type TestServer } from '../store/testServer.js';
import { NatsServer } from './natsServer.js';

const keys = storeKeysOf(Buffer.alloc(32, 11));
/** So rarely that only notices make an instance look. */
const never = 2 ** 31 - 1;

let postgres: TestServer;
let url: string;
let nats: NatsServer;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  postgres = await testServer();
  url = await postgres.createDatabase();
  await migrateServer(url);
  nats = await NatsServer.at();
  await nats.start();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await nats.kill();
  await postgres.end();
});

async function database(failures: unknown[] = [], secret = keys): Promise<Database> {
  const opened = await openDatabase({ kind: 'server', url, connections: 2 }, 'gateway');
  const options = { keys: secret, onFailure: (error: unknown) => void failures.push(error) };
  const told = withNats(opened, { servers: [nats.url] }, options);
  closing.push(() => told.close());
  return told;
}

/** An instance whose lease never ends, so that a change waits until it has applied it. */
async function instance(own: Database, everyMs: number): Promise<LiveConsents> {
  const live = await startLiveConsents(own, keys, {
    monotonicMs: () => 1,
    onFailure: () => undefined,
    everyMs,
  });
  closing.push(() => live.stop());
  return live;
}

/** Announces until it is heard: a connection that is just being made hears nothing yet. */
async function heardBy(one: Database, other: Database): Promise<void> {
  const channel = `channel-${randomUUID()}`;
  let isHeard = false;
  const stop = await other.listen(channel, () => void (isHeard = true));
  for (let turn = 0; turn < 1000 && !isHeard; turn += 1) {
    one.announce?.(channel);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await stop();
  expect(isHeard).toBe(true);
}

async function connected(count: number): Promise<Database[]> {
  const databases = await Promise.all(Array.from({ length: count }, () => database()));
  for (const one of databases) for (const other of databases) await heardBy(one, other);
  return databases;
}

const granted = async (live: LiveConsents, customer: string): Promise<string> => {
  const consent = makeConsent({ id: randomUUID(), customer });
  await live.change(customer, () => ({ consents: [consent], result: undefined }));
  return consent.id;
};
const statesIn = async (live: LiveConsents, customer: string) =>
  (await live.ofCustomer(customer)).consents.map(({ state }) => state);

describe('a revocation', () => {
  const revoked = async (databases: readonly Database[], everyMs: number): Promise<void> => {
    const [one, other] = await Promise.all(databases.map((own) => instance(own, everyMs)));
    if (!one || !other) throw new Error('two instances need two databases');
    const customer = `customer-${randomUUID()}`;
    const id = await granted(one, customer);
    expect([await statesIn(one, customer), await statesIn(other, customer)]).toEqual([['ACTIVE'], ['ACTIVE']]);
    // Resolves once both instances have applied it, and no other way: their leases never end.
    await other.change(customer, revoke(id, Date.now()));
    expect([await statesIn(one, customer), await statesIn(other, customer)]).toEqual([['REVOKED'], ['REVOKED']]);
  };

  test('is heard by another instance over NATS alone, and acknowledged once it has applied it', async () => {
    await revoked(await connected(2), never);
  });

  test('is applied everywhere without NATS, by reading', async () => {
    await nats.kill();
    await revoked([await database(), await database()], 50);
    await nats.start();
  });
});

describe('NATS', () => {
  test('that is not there at first, and is lost later, is used whenever it is there, and missed aloud', async () => {
    await nats.kill();
    const failures: unknown[] = [];
    const one = await database(failures);
    while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await nats.start();
    await heardBy(one, one);
    const before = failures.length;
    await nats.kill();
    while (failures.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
    await nats.start();
    await heardBy(one, one);
    expect(String(failures[0])).toContain('`NATS_URL`');
  });

  test('tells of decisions about banks too', async () => {
    const [one, other] = await connected(2);
    const heard = new Promise<void>((resolve) => void other?.listen('ringfence_registry', () => resolve()));
    const owner = await openDatabase({ kind: 'server', url, connections: 1 }, 'owner');
    closing.push(() => owner.close());
    const told: Database = { ...owner, query: owner.query, announce: (channel) => one?.announce?.(channel) };
    const act = { command: 'suspend', bank: 'harbor', by: 'alice', reason: 'a test', at: Date.now() };
    await createRegistryStore(told).enter(act, () => [{ terms: { status: 'SUSPENDED' } }]);
    await heard;
  });

  test('carries no word, and another store on it hears nothing of this one', async () => {
    const [one] = await connected(1);
    const stranger = await connect({ servers: nats.url });
    closing.push(() => stranger.close());
    const seen: [string, string][] = [];
    const all = stranger.subscribe('>', {
      callback: (_, { subject, data }) => void seen.push([subject, data.toString()]),
    });
    await stranger.flush();
    const foreign = await database([], storeKeysOf(Buffer.alloc(32, 12)));
    await heardBy(foreign, foreign);
    const heard: string[] = [];
    await foreign.listen('ringfence_changes', (notice) => void heard.push(notice));
    one?.announce?.('ringfence_changes');
    if (one) await heardBy(one, one);
    await heardBy(foreign, foreign);
    all.unsubscribe();
    expect(heard).toEqual([]);
    expect(seen.length).toBeGreaterThan(2);
    for (const [subject, data] of seen)
      expect([subject, data]).toEqual([expect.stringMatching(/^ringfence\.[0-9a-f]{32}$/), '']);
  });

  test('asks for no more than a look now and then, whatever a stranger says on it', async () => {
    const [one] = await connected(1);
    const stranger = await connect({ servers: nats.url });
    closing.push(() => stranger.close());
    const subjects = new Set<string>();
    const spy = stranger.subscribe('>', { callback: (_, { subject }) => void subjects.add(subject) });
    await stranger.flush();
    let looks = 0;
    const began = performance.now();
    await one?.listen('ringfence_changes', (notice) => {
      expect(notice).toBe('');
      looks += 1;
    });
    while (subjects.size === 0) {
      one?.announce?.('ringfence_changes');
      await stranger.flush();
    }
    spy.unsubscribe();
    for (const subject of subjects) for (let at = 0; at < 20_000; at += 1) stranger.publish(subject, 'a lie');
    await stranger.flush();
    if (one) await heardBy(one, one);
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual((performance.now() - began) / 20 + 2);
  });
});
