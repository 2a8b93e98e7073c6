/**
 * Sends a gateway many requests of which no two documents are alike, and watches its heap: `npm run heap`.
 *
 *   --mode plain|policy|both   which gateway (both)
 *   --requests N               how many requests for each (200000)
 *   --samples N                how often the heap is read, after a collection (20)
 *
 * Each gateway is a process of its own. Passes when the heap, read after a full collection, grows by no more than 4 MiB
 * and 2 % over the last half of the requests, by a line fitted through the samples. Caches fill within the first 2,000
 * documents; under policy the receipts in memory, 10,000 for a customer, within the first 15,000. Build first.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { composeServices } from '@theguild/federation-composition';
import { buildASTSchema, extendSchema, graphql, parse } from 'graphql';
import { Pool } from 'undici';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'dist/src/cli/ringfence.js');
const mebibyte = 1024 * 1024;

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'both' },
    requests: { type: 'string', default: '200000' },
    samples: { type: 'string', default: '20' },
  },
});
const requests = Number(values.requests);
const samples = Number(values.samples);

/** Runs in the gateway's process: answers with the heap after a full collection. */
const probe = `process.on('message', (message) => {
  if (message !== 'heap') return;
  globalThis.gc(); globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send({ heapUsed, external });
});`;

/** Starts the command; resolves with its process once a line of its output holds `ready`. */
async function start(args, environment, ready) {
  const child = fork(command, args, {
    cwd: root,
    env: { ...process.env, RINGFENCE_LOG: 'error', NODE_OPTIONS: '', ...environment },
    execArgv: ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  process.once('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  for await (const line of createInterface({ input: child.stdout })) {
    const found = ready(line);
    if (found !== undefined) return { child, found };
  }
  throw new Error('the gateway ended before it was ready');
}

async function stop(child) {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function heapOf(child) {
  child.send('heap');
  const [{ heapUsed, external }] = await once(child, 'message');
  return heapUsed + external;
}

/** Sends `requests` documents, sixteen at a time, and returns the heap after each part of them. */
async function watch({ child, origin, headers, documentOf }) {
  const pool = new Pool(origin, { connections: 16 });
  const part = Math.ceil(requests / samples);
  const heaps = [];
  for (let sent = 0; sent < requests; sent += part) {
    const { authorization } = await headers();
    let next = sent;
    const lane = async () => {
      while (next < Math.min(sent + part, requests)) await ask(pool, documentOf((next += 1)), authorization);
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    heaps.push(await heapOf(child));
    console.log(`  ${Math.min(sent + part, requests)} requests  ${(heaps.at(-1) / mebibyte).toFixed(1)} MiB`);
  }
  await pool.close();
  return heaps;
}

async function ask(pool, body, authorization) {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || !text.startsWith('{"data":{')) throw new Error(`${answer.statusCode} ${text}`);
}

/** Growth over the last half, by least squares, in bytes. */
function growthOf(heaps) {
  const half = heaps.slice(Math.floor(heaps.length / 2));
  const middle = (half.length - 1) / 2;
  const mean = half.reduce((sum, heap) => sum + heap, 0) / half.length;
  const along = half.reduce((sum, heap, index) => sum + (index - middle) * (heap - mean), 0);
  const across = half.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return { growth: (along / across) * (half.length - 1), bound: 4 * mebibyte + 0.02 * mean };
}

function judge(mode, heaps) {
  const { growth, bound } = growthOf(heaps);
  const isFlat = growth <= bound;
  const figures = `${(growth / mebibyte).toFixed(2)} MiB over the last half, ${(bound / mebibyte).toFixed(2)} allowed`;
  console.log(`${mode}: ${isFlat ? 'flat' : 'GROWS'}: ${figures}`);
  return isFlat;
}

const products = {
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Query { product(id: ID!): Product } type Product @key(fields: "id") { id: ID! name: String price(in: String): Int }`,
  product: ({ id }) => ({ id, name: `name ${id}`, price: 7 }),
};
const reviews = {
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Product @key(fields: "id") { id: ID! reviews(first: Int): [Review!] } type Review { stars: Int text: String }`,
  product: ({ id }) => ({ __typename: 'Product', id, reviews: [{ stars: 5, text: `text ${id}` }] }),
};

function runnable({ sdl, product }) {
  const own = sdl.replace(/extend schema.*\n/, '').replace('@key(fields: "id")', '');
  const query = own.includes('type Query') ? 'extend type Query' : 'type Query';
  const schema = buildASTSchema(parse(own), { assumeValid: true });
  const machinery = `scalar _Any union _Entity = Product ${query} { _entities(representations: [_Any!]!): [_Entity]! }`;
  const rootValue = { product, _entities: ({ representations }) => representations.map(product) };
  const whole = extendSchema(schema, parse(machinery), { assumeValid: true });
  return (source, variableValues) => graphql({ schema: whole, source, rootValue, variableValues });
}

async function listen(run) {
  const answer = async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { query, variables } = JSON.parse(Buffer.concat(chunks));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await run(query, variables)));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${server.address().port}/graphql` };
}

/** No two alike: literals, aliases, names, conditions and variables all carry the number. */
function plainDocument(number) {
  const query = `query Q${number}($id${number}: ID!, $on: Boolean!) {
    a${number}: product(id: "${number}") { name price(in: "c${number}") reviews(first: ${number}) { stars } }
    b: product(id: $id${number}) { p${number}: price(in: "USD") reviews @include(if: $on) { t${number}: text } }
  }`;
  return { query, variables: { [`id${number}`]: `v${number}`, on: number % 2 === 0 }, operationName: `Q${number}` };
}

async function plain() {
  const folder = await mkdtemp(join(tmpdir(), 'heap-'));
  const ends = await Promise.all([products, reviews].map((one) => listen(runnable(one))));
  const services = [products, reviews].map(({ sdl }, index) => ({
    name: ['products', 'reviews'][index],
    url: ends[index].url,
    typeDefs: parse(sdl),
  }));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, composeServices(services).supergraphSdl);
  const args = ['serve', '--supergraph', file, '--policy', 'none', '--port', '0'];
  const { child, found } = await start(args, {}, (line) => /http:\/\/[\d.:]+/.exec(line)?.[0]);
  const heaps = await watch({ child, origin: found, headers: async () => ({}), documentOf: plainDocument });
  await stop(child);
  for (const { server } of ends) server.close();
  await rm(folder, { recursive: true });
  return judge('plain', heaps);
}

/** One of four reads banks; the others lead to nothing there, and make plans, verdicts and narrowed documents all the same. */
function policyDocument(number) {
  const banks = `me { a${number}: accounts { n${number}: nickname transactions(first: ${(number % 7) + 1}) { edges { node { id } } } } }`;
  const none = `a${number}: account(id: "x${number}") { n${number}: nickname ... @include(if: $on) { balances { kind } } }`;
  const query = `query Q${number}($on: Boolean!, $v${number}: ID!) {
    ${number % 4 === 0 ? banks : none}
    t${number}: __typename b: account(id: $v${number}) { id @skip(if: $on) kind }
  }`;
  return { query, variables: { on: number % 2 === 0, [`v${number}`]: `y${number}` }, operationName: `Q${number}` };
}

async function policy() {
  const ready = (line) => /^gateway (http:\S+)/.exec(line)?.[1];
  const { child, found } = await start(['demo'], { PORT: '0', BANK_PORT: '0' }, ready);
  const { origin } = new URL(found);
  const headers = async () => {
    const readers = await (await fetch(new URL('/demo/tokens', origin))).json();
    const { token } = readers.find(({ purpose }) => purpose === 'ACCOUNT_SERVICING');
    return { authorization: `Bearer ${token}` };
  };
  const heaps = await watch({ child, origin, headers, documentOf: policyDocument });
  await stop(child);
  return judge('policy', heaps);
}

const modes = { plain: [plain], policy: [policy], both: [plain, policy] }[values.mode];
if (!modes || !(requests > 0) || !(samples > 3)) throw new RangeError('see the head of this file for the options');
let isFlat = true;
for (const mode of modes) isFlat = (await mode()) && isFlat;
process.exitCode = isFlat ? 0 : 1;
