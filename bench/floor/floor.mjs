/**
 * The floor under a workload: a bare Node program that makes the upstream calls that Ringfence's plan makes, wave by wave
 * and byte for byte, reads their answers, looks at none of them, and returns the right bytes. Whatever a gateway does
 * besides is above it. Run as a program it is that server; it gets `{ kind: 'start', config }` over IPC.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { operations } from '../graph/graph.mjs';
import { nextMessage, startNode, stop } from '../measure/process.mjs';
import { twin } from '../ringfence/gateways.mjs';

const self = fileURLToPath(import.meta.url);

/** Records what the plan asks from a twin that is started for it, then starts the floor. */
export const floor = {
  name: 'floor',
  label: 'Floor: bare Node',
  kind: 'floor',
  notes: 'the same upstream calls, nothing parsed, bytes of the same size returned',
  start: async (world) => {
    const recorded = await recordPlan(world);
    return startFloor({ port: world.port, ...recorded }, world.cores);
  },
};

/** Starts the program with the calls that it shall make: `{ port, waves: [[{ url, body, headers }]], answer }`. */
export async function startFloor(config, cores) {
  const running = startNode(self, { core: cores.gateway, ipc: true });
  running.child.send({ kind: 'start', config });
  await nextMessage(running, 'ready');
  return running;
}

async function recordPlan(world) {
  const gateway = await twin.start(world);
  try {
    const order = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify(operations[world.operation]);
    const ask = () => fetch(`http://127.0.0.1:${world.port}/graphql`, { ...order, body });
    await world.answering(ask);
    world.subgraphs.child.send({ kind: 'record' });
    const answer = await (await ask()).text();
    world.subgraphs.child.send({ kind: 'recorded' });
    const { calls } = await nextMessage(world.subgraphs, 'recorded');
    return { answer, waves: wavesOf(calls, world.urlOf) };
  } finally {
    await stop(gateway);
  }
}

function wavesOf(calls, urlOf) {
  const waves = [];
  for (const { wave, name, body } of calls) (waves[wave - 1] ??= []).push({ url: urlOf(name), body, headers: {} });
  return waves.filter((wave) => wave !== undefined);
}

function serve({ port, waves, answer }) {
  const bytes = Buffer.from(answer);
  const pools = new Map();
  const prepared = waves.map((wave) => wave.map((call) => prepare(call, pools)));
  const head = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      void callAll(prepared).then(() => response.writeHead(200, head).end(bytes));
    });
  });
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

function prepare({ url, body, headers }, pools) {
  const { origin, pathname } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 64, pipelining: 1 });
  pools.set(origin, pool);
  const sent = { 'content-type': 'application/json', accept: 'application/json', ...headers };
  return { pool, request: { path: pathname, method: 'POST', headers: sent, body } };
}

async function callAll(waves) {
  for (const wave of waves) await Promise.all(wave.map(call));
}

/** INVARIANT: every byte of an answer is received before the wave counts as done. */
function call({ pool, request }) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    pool.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_, chunk) => chunks.push(chunk),
      onResponseEnd: () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
      onResponseError: (_, error) => reject(error),
    });
  });
}

if (process.argv[1] === self) {
  process.once('disconnect', () => process.exit(0));
  process.once('message', ({ config }) => void serve(config).then(() => process.send({ kind: 'ready' })));
}
