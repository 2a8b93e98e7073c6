/** A demo whose store is a server that is not there at first, goes away in flight, and comes back. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrateServer } from '../store/databases.js';
import { ownServer, type OwnServer } from '../store/testServer.js';
import { bankNames, type DemoWorld, startDemo } from './demoWorld.js';

let server: OwnServer;
let url: string;
let world: DemoWorld;
const environment = () => ({ DATABASE_URL: url, RINGFENCE_STORE: '', RINGFENCE_LOG: 'fatal' });

beforeAll(async () => {
  server = await ownServer();
  url = await server.createDatabase();
  await migrateServer(url);
  await server.stop();
  world = await startDemo(environment());
}, 180_000);
afterAll(async () => {
  await world.stop();
  await server.end();
});

const customer = { purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' };
const read = (query: string) => world.as(customer)(query);
const asked = async () => (await Promise.all(bankNames.map((bank) => world.bankLog(bank)))).map(({ count }) => count);
const isOpen = async (): Promise<boolean> => (await read('{ me { accounts { id } } }')).errors.length === 0;

async function until(look: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to pass');
}

/** Nothing financial, nobody asked, and the open graph as ever. */
async function expectClosed(): Promise<void> {
  const before = await asked();
  const { status, data, errors } = await read('{ banks { id } me { displayName accounts { id balances { asOf } } } }');
  expect(status).toBe(200);
  expect(data.banks).toHaveLength(3);
  expect(data.me?.accounts ?? null).toBeNull();
  expect([...new Set(errors.map(({ extensions }) => extensions.code))]).toEqual(['STALE']);
  const ads = await world.as({ client: 'ads-engine', purpose: 'AD_TARGETING' })(
    '{ adProfile(id: "ad-1") { interests } }',
  );
  expect([ads.status, ads.errors]).toEqual([200, []]);
  expect(await asked()).toEqual(before);
}

test('a store that is down at the start costs financial fields alone', expectClosed, 60_000);

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

test('a decision entered beside the gateway holds without a restart', async () => {
  const env = { ...process.env, ...environment(), PORT: '0', NODE_OPTIONS: '' };
  const words = ['bank', 'suspend', 'harbor', '--as', 'alice', '--reason', 'a test'];
  await promisify(execFile)(process.execPath, ['dist/src/cli/ringfence.js', ...words], { env });
  await until(async () => {
    const { data } = await read('{ me { accounts { bank { id } } } }');
    return data.me?.accounts?.every(({ bank }) => String(bank?.id) !== 'harbor') ?? false;
  });
}, 60_000);

test('a store of another version is not served, and says so', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("insert into ringfence_schema (version, name) values (9999, 'later')");
  await client.end();
  const env = { ...process.env, ...environment(), PORT: '0', BANK_PORT: '0', NODE_OPTIONS: '' };
  const started = promisify(execFile)(process.execPath, ['dist/src/cli/ringfence.js', 'demo'], { env });
  await expect(started).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ringfence: STORE_VERSION: the store has schema version 9999') as unknown,
  });
}, 120_000);
