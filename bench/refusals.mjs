/**
 * Whether time tells the ads system anything: `node bench/refusals.mjs [--json] [--blocks 20] [--samples 100] [--rate 40]`.
 * Starts the demo that is built in dist/ and asks with a token of AD_TARGETING, alternating between two cases under the same load.
 */
import { spawn, spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judged, overBlocks } from './measure/ranks.mjs';
import { median } from './measure/statistics.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    blocks: { type: 'string', default: '20' },
    samples: { type: 'string', default: '100' },
    rate: { type: 'string', default: '40' },
  },
});
const [blocks, samples, ratePerS] = [options.blocks, options.samples, options.rate].map(Number);
const root = fileURLToPath(new URL('..', import.meta.url));
const command = fileURLToPath(new URL('../dist/src/cli/ringfence.js', import.meta.url));
const latencyFaultMs = 60;

const profile = (id) => `{ adProfile(id: "${id}") { interests locale } }`;
const account = (id) => `{ account(id: "${id}") { balances { asOf } } }`;
const everything = '{ me { accounts { id nickname balances { asOf money { amount currency } } } } }';

/** Two cases that must not be told apart, and what else goes on meanwhile. `between` runs before each half of a block. */
function comparisons(world) {
  const [known, unknown] = [world.accountId, 'X'.repeat(world.accountId.length)];
  const faults = { a: () => world.slow(true), b: () => world.slow(false) };
  return [
    {
      name: 'profile of a connected and of an unconnected customer, banks idle',
      a: profile('ad-1'),
      b: profile('ad-3'),
    },
    { name: 'the same, banks loaded', a: profile('ad-1'), b: profile('ad-3'), loaded: true },
    {
      name: 'refused: an account that exists and one that does not, banks idle',
      a: account(known),
      b: account(unknown),
    },
    { name: 'the same, banks loaded', a: account(known), b: account(unknown), loaded: true },
    {
      name: 'profile while loaded banks are slow and while they are not',
      a: profile('ad-1'),
      b: profile('ad-1'),
      loaded: true,
      faults,
    },
    {
      name: 'refused while loaded banks are slow and while they are not',
      a: account(known),
      b: account(known),
      loaded: true,
      faults,
    },
  ];
}

/** Posts over one connection that is kept; resolves with the answer's text, status and time. */
function asker(url, token, sockets = 1) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (query) =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const call = request(url, { method: 'POST', agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        answer.on('end', () => resolve({ text, status: answer.statusCode, tookMs: performance.now() - startedAt }));
      });
      call.on('error', reject).end(JSON.stringify({ query }));
    });
}

/** Starts the demo; resolves with its addresses once it is ready. */
async function startDemo() {
  const env = { ...process.env, PORT: '0', BANK_PORT: '0', RINGFENCE_LOG: 'error', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [command, 'demo'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill('SIGTERM'));
  const addresses = new Map();
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, url] = /^(?:bank )?(\w+) (http:\S+)$/.exec(line) ?? [];
    if (name !== undefined) addresses.set(name, url);
    if (line === 'ringfence ready') break;
  }
  child.stdout.resume();
  return { addresses, stop: () => child.kill('SIGTERM') };
}

function tokenOf(...args) {
  const { stdout, status } = spawnSync(process.execPath, [command, 'token', ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`no token for ${args.join(' ')}`);
  return stdout.trim();
}

async function openWorld() {
  const { addresses, stop } = await startDemo();
  const url = addresses.get('gateway');
  const customer = tokenOf('--client', 'messenger', '--purpose', 'ACCOUNT_SERVICING', '--customer', 'customer-1');
  const load = asker(url, customer, 64);
  const [first] = JSON.parse((await load(everything)).text).data.me.accounts;
  const banks = ['harbor', 'summit', 'prairie'].map((bank) => `${addresses.get(bank)}/__sandbox/fault`);
  const slow = async (on) => {
    const body = JSON.stringify({ kind: 'latency', ms: latencyFaultMs });
    const headers = { 'content-type': 'application/json' };
    await Promise.all(banks.map((bank) => fetch(bank, on ? { method: 'POST', headers, body } : { method: 'DELETE' })));
  };
  const ads = asker(url, tokenOf('--client', 'ads-engine', '--purpose', 'AD_TARGETING'));
  return { ads, load, slow, stop, accountId: first.id };
}

/**
 * First-party requests at a fixed rate, whether or not earlier ones were answered: slow banks must not mean less work, or the
 * comparison would be one of loads. Gives the function that ends it, which resolves with how many were sent and how many failed.
 */
function startLoad(load) {
  const seen = { sent: 0, failed: 0 };
  const pending = new Set();
  const send = () => {
    seen.sent += 1;
    const one = load(everything).then(({ status }) => (seen.failed += status === 200 ? 0 : 1));
    pending.add(one.catch(() => (seen.failed += 1)).finally(() => pending.delete(one)));
  };
  const timer = setInterval(send, 1000 / ratePerS);
  return async () => {
    clearInterval(timer);
    await Promise.allSettled(pending);
    return seen;
  };
}

/** INVARIANT: a sample whose answer differs from the first of its case is no sample of that case. */
async function sample(ads, query, expected) {
  const { tookMs, status, text } = await ads(query);
  if (expected.has(query) && expected.get(query) !== `${status} ${text}`) throw new Error(`another answer: ${text}`);
  expected.set(query, `${status} ${text}`);
  return tookMs;
}

/** One block without faults: both cases in turn, which of them first by chance. */
async function alternate(ads, { a, b }, expected) {
  const block = { a: [], b: [] };
  for (let round = 0; round < samples; round += 1) {
    const order = Math.random() < 0.5 ? ['a', 'b'] : ['b', 'a'];
    for (const side of order) block[side].push(await sample(ads, { a, b }[side], expected));
  }
  return block;
}

/** One block with faults: half of it under each, which first by chance. */
async function halves(ads, { a, b, faults }, expected) {
  const block = { a: [], b: [] };
  for (const side of Math.random() < 0.5 ? ['a', 'b'] : ['b', 'a']) {
    await faults[side]();
    await alternate(ads, { a, b }, expected); // until the gateway has seen the change
    const { a: first, b: second } = await alternate(ads, { a, b }, expected);
    block[side].push(...first, ...second);
  }
  return block;
}

async function compare(world, comparison) {
  const expected = new Map();
  await alternate(world.ads, comparison, expected);
  const endLoad = comparison.loaded ? startLoad(world.load) : async () => ({ sent: 0, failed: 0 });
  const measured = [];
  for (let block = 0; block < blocks; block += 1)
    measured.push(await (comparison.faults ? halves : alternate)(world.ads, comparison, expected));
  const load = await endLoad();
  await world.slow(false);
  const [aMs, bMs] = ['a', 'b'].map((side) => median(measured.flatMap((block) => block[side])));
  const result = overBlocks(measured);
  return { name: comparison.name, verdict: judged(result), ...result, aMs, bMs, samples: 2 * blocks * samples, load };
}

function print({ name, verdict, superiority, low, high, z, aMs, bMs, load }) {
  const figures = [superiority, low, high].map((figure) => figure.toFixed(3));
  process.stdout.write(
    `${verdict.padEnd(10)} ${name}\n           first slower than second in ${figures[0]} of pairs (99 %: ${figures[1]} to ${figures[2]}), ` +
      `medians ${aMs.toFixed(3)} and ${bMs.toFixed(3)} ms, z ${z.toFixed(1)}, ${load.sent} other requests, ${load.failed} failed\n`,
  );
}

const world = await openWorld();
const results = [];
for (const comparison of comparisons(world)) {
  results.push(await compare(world, comparison));
  if (!options.json) print(results.at(-1));
}
world.stop();
if (options.json) process.stdout.write(`${JSON.stringify({ blocks, samples, ratePerS, results }, null, 2)}\n`);
process.exit(results.some(({ verdict }) => verdict === 'different') ? 1 : 0);
