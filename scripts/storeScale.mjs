/**
 * What a large store costs: `npm run store:scale -- [--receipts N] [--consents N] [--server] [--json]`. Fills a store of its own, in
 * this process (PGlite) or on a PostgreSQL server that it starts, measures it beside an empty one, and takes it away. About a minute as it
 * is. `--folder` says where it lies (a new folder among the temporary ones). Ends with 1 where the disk is too small, or a chain does not verify.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { startServer } from '../bench/store/postgres.mjs';
import { bringToSchema, checkpointKeysOf, openDatabase, storeKeysOf } from '../dist/src/store/index.js';
import { customersOf, fillConsents, fillReceipts, banks } from './storeFill.mjs';
import {
  measureAuditing,
  measureDisk,
  measureLookups,
  measureOpening,
  measureStart,
  measureVerifying,
} from './storeMeasures.mjs';

const { values: options } = parseArgs({
  options: {
    receipts: { type: 'string', default: '40000' },
    consents: { type: 'string', default: '6000' },
    server: { type: 'boolean', default: false },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const receipts = Number(options.receipts);
const consents = Number(options.consents);
/** More than was ever measured, with what the server's log of writes takes. */
const bytesEach = { receipts: 2000, consents: 4000, besides: 2 ** 31 };
const progressEveryMs = 5000;

const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'ringfence-scale-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

refuseSmallDisk();
const report = await run();
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : table(report));

function refuseSmallDisk() {
  const { bavail, bsize } = statfsSync(folder);
  const needed = receipts * bytesEach.receipts + consents * bytesEach.consents + bytesEach.besides;
  if (bavail * bsize >= needed) return;
  process.stderr.write(
    `${gigabytes(needed)} are needed below \`${folder}\`, and ${gigabytes(bavail * bsize)} are free\n`,
  );
  process.exit(1);
}

async function run() {
  const server = options.server ? await startServer({ flags: ['-c', 'max_wal_size=4GB'] }) : undefined;
  try {
    const secret = randomBytes(32);
    const [empty, full] = [await newStore(server, 'empty'), await newStore(server, 'full')];
    const now = Date.now();
    const customers = customersOf(Math.max(1, Math.ceil(consents / banks.length)));
    const filled = await fill(full, { secret, customers, now });
    note(filled);
    const common = { secret, folder };
    const starting = {
      empty: {
        openMs: await measureOpening(empty, secret),
        startMs: await measureStart({ ...common, settings: empty, name: 'empty' }),
      },
      full: {
        openMs: await measureOpening(full, secret),
        startMs: await measureStart({ ...common, settings: full, name: 'full' }),
      },
    };
    note(starting);
    const reading = await read(full, { secret, customers, now });
    const store = server ? `PostgreSQL ${server.version} on a server` : 'PGlite, in process';
    return { store, receipts, consents, customers: customers.length, ...filled, starting, ...reading };
  } finally {
    await server?.end();
  }
}

async function newStore(server, name) {
  if (server) return { kind: 'server', url: await server.createStore(name), connections: 10 };
  const settings = { kind: 'embedded', folder: join(folder, name) };
  await bringToSchema(settings, { isRestored: false });
  return settings;
}

async function fill(settings, { secret, customers, now }) {
  const database = await openDatabase(settings, 'owner');
  const parts = { database, keys: storeKeysOf(secret), signer: checkpointKeysOf(secret).privateKey, say: sayer() };
  const consentsMs = await lasted(() => fillConsents(parts, customers, consents));
  const receiptsMs = await lasted(() => fillReceipts(parts, customers, { count: receipts, now }));
  // A server does this by itself after a while; without it the first queries would be planned blindly.
  await sql`analyze`.execute(database.query);
  await database.close();
  return { filling: { consentsMs, receiptsMs } };
}

async function read(settings, { secret, customers, now }) {
  const database = await openDatabase(settings, 'gateway');
  const disk = await measureDisk(database);
  const lookups = await measureLookups(database, secret, customers);
  note({ disk, lookups });
  const auditing = await measureAuditing(database, secret);
  note({ auditing });
  const verifying = await measureVerifying(database, secret, now);
  await database.close();
  return { disk, lookups, auditing, verifying };
}

function table({ filling, starting, disk, lookups, auditing, verifying, ...store }) {
  const { whole, sinceCheckpoint, attest } = verifying;
  const rate = ({ entries, ms }) => `${Math.round((entries / ms) * 1000)} entries/s (${entries} in ${seconds(ms)})`;
  const lines = [
    ['store', `${store.store}: ${store.receipts} receipts, ${store.consents} consents of ${store.customers} customers`],
    [
      'filled',
      `receipts ${perS(store.receipts, filling.receiptsMs)}, consents ${perS(store.consents, filling.consentsMs)}`,
    ],
    ['disk', `${gigabytes(disk.database)} in all, with what every database holds`],
    ['a receipt', `${Math.round(disk.receipts / Math.max(1, store.receipts))} bytes with its indexes`],
    ['a consent', `${Math.round(disk.consents / Math.max(1, store.consents))} bytes with its customer and indexes`],
    ['open', `${milliseconds(starting.full.openMs)}; an empty store ${milliseconds(starting.empty.openMs)}`],
    [
      'start',
      `${seconds(starting.full.startMs)} of a whole gateway; on an empty store ${seconds(starting.empty.startMs)}`,
    ],
    ['100 receipts', `${slowest(lookups.receipts)} of one customer`],
    ['consents', `${slowest(lookups.consents)} of one customer`],
    ['auditors', `${perS(store.receipts, auditing.countingMs)} counted at the first page`],
    ['their pages', `receipts ${slowest(auditing.receipts)}, consents ${slowest(auditing.consents)}`],
    ['verify', rate(whole)],
    ['its end', `${rate(sinceCheckpoint)}: behind the last checkpoint but one`],
    ['attest', `${seconds(attest.ms)} for a day with ${attest.counts.requested} receipts of the bank`],
  ];
  return `${lines.map(([name, words]) => `${name.padEnd(14)}${words}`).join('\n')}\n`;
}

function slowest({ medianMs, slowestMs }) {
  return `${milliseconds(medianMs)} (slowest ${milliseconds(slowestMs)})`;
}

function perS(count, ms) {
  return `${Math.round((count / ms) * 1000)}/s`;
}

function milliseconds(ms) {
  return `${ms.toFixed(1)} ms`;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** What is known before the end: a long run that is cut off has said that much. */
function note(measured) {
  process.stderr.write(`${JSON.stringify(measured)}\n`);
}

/** Says how far it is, now and then. */
function sayer() {
  let next = 0;
  return (line) => {
    if (performance.now() < next) return;
    next = performance.now() + progressEveryMs;
    process.stderr.write(`${line}\n`);
  };
}

async function lasted(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
