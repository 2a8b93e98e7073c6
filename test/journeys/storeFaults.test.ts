/** A demo whose store is a server with every fault that a store can have, one after the other, without a restart. */
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrateServer } from '../store/databases.js';
import { ownServer, type OwnServer } from '../store/testServer.js';
import { wayTo, type Way } from '../store/wayTo.js';
import { bankNames, type DemoWorld, startDemo } from './demoWorld.js';
import { until } from './until.js';

let server: OwnServer;
let url: string;
let way: Way;
let world: DemoWorld;
let log = '';
const environment = () => ({ DATABASE_URL: url, RINGFENCE_STORE: '', RINGFENCE_LOG: 'warn' });
const jumpingClock = `--import ${pathToFileURL('test/journeys/jumpingClock.mjs').href}`;

beforeAll(async () => {
  server = await ownServer();
  url = await server.createDatabase();
  await migrateServer(url);
  await server.stop();
  way = await wayTo(url);
  world = await startDemo({ ...environment(), DATABASE_URL: way.url, NODE_OPTIONS: jumpingClock });
  world.process.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
}, 180_000);
afterAll(async () => {
  await world.stop();
  await way.close();
  await server.end();
});

/** Issued a minute ago, so that a clock that is behind does not find it in the future. */
const minuteOld = { authenticatedAgoS: 60, claims: { iat: Math.floor(Date.now() / 1000) - 60 } };
const customer = { purpose: 'ACCOUNT_SERVICING', customer: 'customer-1', ...minuteOld };
const read = (query: string) => world.as(customer)(query);
const asked = async () => (await Promise.all(bankNames.map((bank) => world.bankLog(bank)))).map(({ count }) => count);
const isOpen = async (): Promise<boolean> => (await read('{ me { accounts { id } } }')).errors.length === 0;

/** Nothing financial, nobody asked, and the open graph as ever. */
async function expectClosed(banks = 3): Promise<void> {
  const before = await asked();
  const { status, data, errors } = await read('{ banks { id } me { displayName accounts { id balances { asOf } } } }');
  expect(status).toBe(200);
  expect(data.banks).toHaveLength(banks);
  expect(data.me?.accounts ?? null).toBeNull();
  expect([...new Set(errors.map(({ extensions }) => extensions.code))]).toEqual(['STALE']);
  const ads = await world.as({ client: 'ads-engine', purpose: 'AD_TARGETING', ...minuteOld })(
    '{ adProfile(id: "ad-1") { interests } }',
  );
  expect([ads.status, ads.errors]).toEqual([200, []]);
  expect(await asked()).toEqual(before);
}

/** What is done to the database beside the gateway. */
async function asOwner(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Waits until the gateway decides on nothing any more, and has said why. */
async function untilClosed(reason: string, banks?: number): Promise<void> {
  await until(async () => ((await read('{ me { accounts { id } } }')).data.me ?? null) === null);
  await expectClosed(banks);
  await until(async () => log.includes(`"reason":"${reason}"`));
}

/** Decisions stand and banks are asked, but no receipt can be kept, and so nothing leaves. */
async function expectNothingLeaves(reason: string): Promise<void> {
  const { status, data, errors } = await read('{ banks { id } me { accounts { id balances { asOf } } } }');
  expect([status, data.banks?.length, data.me?.accounts ?? []]).toEqual([200, 3, []]);
  expect(errors.map(({ extensions }) => extensions.code)).toContain('STALE');
  await until(async () => log.includes(`"reason":"${reason}"`));
}

test('a store that is down at the start costs financial fields alone', () => expectClosed(), 60_000);

test('a store that comes is used without a restart', async () => {
  await server.start();
  await until(isOpen);
}, 60_000);

test('a store that is lost in flight costs financial fields alone, and what was acknowledged holds when it is back', async () => {
  const manage = world.as({ ...customer, purpose: 'CONSENT_MANAGEMENT' });
  const { data } = await manage('{ me { consents { id bank { id } purpose } } }');
  const summit = data.me?.consents?.find(({ bank }) => String(bank?.id) === 'summit');
  const revoked = await manage(`mutation { revokeConsent(consentId: "${String(summit?.id)}") { state } }`);
  expect(revoked.data.revokeConsent).toEqual({ state: 'REVOKED' });
  await server.stop();
  // For five seconds decisions stand and banks are asked, but no receipt can be kept, and so nothing leaves.
  await until(async () => {
    const { data: answer, errors } = await read('{ me { accounts { id } } }');
    expect(answer.me?.accounts ?? []).toEqual([]);
    expect(errors.map(({ extensions }) => extensions.code)).toContain('STALE');
    return (answer.me ?? null) === null;
  });
  await expectClosed();
  const refused = await manage(`mutation { revokeConsent(consentId: "${String(summit?.id)}") { state } }`);
  expect([refused.data.revokeConsent ?? null, refused.errors.length]).toEqual([null, 1]);
  await server.start();
  await until(isOpen);
  const after = await manage('{ me { consents { state bank { id } } } }');
  const states = after.data.me?.consents?.flatMap((one) =>
    String(one.bank?.id) === 'summit' ? String(one.state) : [],
  );
  expect(states).toEqual(['REVOKED']);
}, 120_000);

test('a store that falls silent costs financial fields alone', async () => {
  way.hold();
  await untilClosed('STORE_SLOW');
  way.release();
  await until(isOpen);
}, 60_000);

test('a store that is slow to write costs financial fields alone', async () => {
  const locking = new pg.Client({ connectionString: url });
  await locking.connect();
  await locking.query('begin; lock table ringfence_receipts in access exclusive mode');
  log = '';
  await expectNothingLeaves('STORE_SLOW');
  await locking.end();
  await until(isOpen);
}, 60_000);

test('a store that is full acknowledges nothing, and what it refused never came to pass', async () => {
  const manage = world.as({ ...customer, purpose: 'CONSENT_MANAGEMENT' });
  const consents = async () => (await manage('{ me { consents { id state bank { id } } } }')).data.me?.consents;
  const held = (await consents())?.find((one) => String(one.bank?.id) === 'prairie' && String(one.state) === 'ACTIVE');
  const full = (table: string) =>
    `create trigger full_disk before insert on ${table} for each statement execute function full_disk()`;
  await asOwner(
    `create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`,
    ...['ringfence_receipts', 'ringfence_changes'].map(full),
  );
  await expectNothingLeaves('STORE_FULL');
  const revoking = `mutation { revokeConsent(consentId: "${String(held?.id)}") { state } }`;
  const refused = await manage(revoking);
  expect([refused.data.revokeConsent ?? null, refused.errors.length]).toEqual([null, 1]);
  expect(await consents()).toContainEqual({ id: held?.id, state: 'ACTIVE', bank: null });
  await asOwner('drop function full_disk cascade');
  await until(isOpen);
  expect((await manage(revoking)).data.revokeConsent).toEqual({ state: 'REVOKED' });
}, 60_000);

test("a gateway whose clock falls behind the store's refuses financial fields alone, until it is set again", async () => {
  world.process.kill('SIGUSR2');
  await untilClosed('STORE_CLOCK');
  world.process.kill('SIGUSR2');
  await until(isOpen);
}, 60_000);

test('a decision entered beside the gateway holds without a restart', async () => {
  const env = { ...process.env, ...environment(), PORT: '0', NODE_OPTIONS: '' };
  const words = ['bank', 'suspend', 'harbor', '--as', 'alice', '--reason', 'a test'];
  await promisify(execFile)(process.execPath, ['dist/src/cli/ringfence.js', ...words], { env });
  await until(async () => {
    const { text, errors } = await read('{ banks { id } me { accounts { bank { id } } } }');
    return errors.length === 0 && !text.includes('harbor');
  });
}, 60_000);

test('a store of another version is not served, in mid-service and at the start, and says so', async () => {
  await asOwner("insert into ringfence_schema (version, name) values (9999, 'later')");
  await untilClosed('STORE_VERSION', 2);
  const env = { ...process.env, ...environment(), PORT: '0', BANK_PORT: '0', NODE_OPTIONS: '' };
  const started = promisify(execFile)(process.execPath, ['dist/src/cli/ringfence.js', 'demo'], { env });
  await expect(started).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ringfence: STORE_VERSION: the store has schema version 9999') as unknown,
  });
}, 120_000);

test('a store that is put back in mid-service is refused, though nobody writes', async () => {
  await asOwner(
    'delete from ringfence_schema where version = 9999',
    'delete from ringfence_changes where id = (select max(id) from ringfence_changes)',
  );
  await untilClosed('STORE_RESTORED', 2);
}, 60_000);
