/** The second workload: one customer's accounts, balances and entries over many banks, grants made and verified. */
import { fileURLToPath } from 'node:url';
import { startFloor } from './floor/floor.mjs';
import { agreementsFor, consentsFor, customerOver, customersFor, spans } from './banks/world.mjs';
import { operation } from './banks/operation.mjs';
import { rightAnswer } from './banks/rightAnswer.mjs';
import { bankId } from './banks/rows.mjs';
import { freePort } from './measure/port.mjs';
import { nextMessage, startNode, stop } from './measure/process.mjs';
import { measureRound, order, settle } from './measure/round.mjs';
import { lineThrough, median } from './measure/statistics.mjs';
import { policyWorld, startPolicyGateway } from './ringfence/gateways.mjs';
import { measureGrants } from './ringfence/grantCost.mjs';
import { grantKeysFor, openIssuer } from './ringfence/keys.mjs';

const bankLatencyMs = 20;
/** Requests under way at once: enough to keep the core busy, few enough that 200 banks can be asked at all. */
const connections = 4;
const schemaFolder = fileURLToPath(new URL('../schema', import.meta.url));

/** Runs the workload; resolves with `{ spans: [{ banks, … }], line, grants, bankLatencyMs }`. */
export async function runBanked({ settings, say }) {
  const counts = settings.quick ? spans.filter((count) => count <= 50) : spans;
  const world = await openWorld(counts, settings);
  try {
    const measured = [];
    for (const count of counts) measured.push(await measureSpan(world, { count, settings, say }));
    const line = lineThrough(measured.map(({ banks, cpuMsPerRequest }) => ({ x: banks, y: cpuMsPerRequest })));
    return { spans: measured, line, grants: await measureGrants(), bankLatencyMs, connections };
  } finally {
    await world.close();
  }
}

async function openWorld(counts, settings) {
  const most = Math.max(...counts);
  const banks = Array.from({ length: most }, (_, index) => bankId(index));
  const keys = grantKeysFor(['directory', ...banks]);
  const core = settings.cores.others;
  const servers = startNode(fileURLToPath(new URL('banks/servers.mjs', import.meta.url)), { core, ipc: true });
  const load = startNode(fileURLToPath(new URL('http/load.mjs', import.meta.url)), { core, ipc: true });
  const issuer = await openIssuer();
  const ends = banks.map((id) => ({ id, keys: keys.partners[id] }));
  const customers = customersFor(counts);
  const config = { banks: ends, directory: keys.partners.directory, schemaFolder, customers };
  servers.child.send({ kind: 'start', config });
  const { ports } = await nextMessage(servers, 'ready');
  const urls = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}/graphql`]),
  );
  const port = await freePort();
  const started = await startPolicyGateway(
    {
      ...policyWorld({ workFolder: settings.workFolder, port, issuer }),
      urls,
      keys: keys.gateway,
      agreements: agreementsFor(most),
      consents: consentsFor(counts),
    },
    settings.cores,
  );
  const close = async () => {
    issuer.close();
    await Promise.all([stop(started), stop(servers), stop(load)]);
  };
  return { port, gateway: started, servers, load, issuer, urls, close };
}

async function measureSpan(world, { count, settings, say }) {
  say(`${count} banks`);
  const token = await world.issuer.tokenFor(customerOver(count));
  const headers = [`authorization: Bearer ${token}\r\n`];
  const body = JSON.stringify(operation);
  const text = await rightAnswer({ port: world.port, token, body }, count);
  const request = { port: world.port, path: '/graphql', body, headers, expectedBytes: Buffer.byteLength(text) };
  const own = { gateway: world.gateway, request };
  const { load } = world;
  await settle(own, { load, seconds: settings.warmUpS / 2, connections });
  const rounds = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    rounds.push(
      await measureRound(own, { load, settings: { ...settings, connections, seconds: settings.seconds / 2 } }),
    );
  }
  const of = (figure) => median(rounds.map((round) => round[figure]));
  const figures = {
    banks: count,
    answerBytes: request.expectedBytes,
    requestsPerS: of('requestsPerS'),
    cpuMsPerRequest: of('cpuMsPerRequest'),
    cpuMsPerBank: of('cpuMsPerRequest') / count,
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    residentBytes: Math.max(...rounds.map(({ residentBytes }) => residentBytes)),
    failures: rounds.reduce((total, { failures }) => total + failures, 0),
    firstFailure: rounds.find(({ firstFailure }) => firstFailure !== undefined)?.firstFailure,
  };
  return {
    ...figures,
    waiting: await measureWaiting(world, own),
    floor: await measureFloor(world, { text, settings }),
  };
}

/** One request at a time, banks slow: what the customer waits, beside what the slowest bank of each request took. */
async function measureWaiting({ servers, load }, { gateway, request }) {
  servers.child.send({ kind: 'latency', ms: bankLatencyMs });
  process.kill(gateway.pid, 'SIGCONT');
  await order(load, { ...request, connections: 1, seconds: 1 });
  servers.child.send({ kind: 'timing' });
  await nextMessage(servers, 'timing');
  const { p50Ms, p99Ms } = await order(load, { ...request, connections: 1, seconds: 4 });
  servers.child.send({ kind: 'timing' });
  const { slowest } = await nextMessage(servers, 'timing');
  servers.child.send({ kind: 'latency', ms: 0 });
  const slowestBankMs = median(slowest);
  return { p50Ms, p99Ms, slowestBankMs, allowedMs: slowestBankMs * 1.1 + 10 };
}

/** The floor asks the same banks for as many bytes; it has no grants, so they answer from a door without a check. */
async function measureFloor(world, { text, settings }) {
  world.servers.child.send({ kind: 'bodies' });
  const { calls } = await nextMessage(world.servers, 'bodies');
  const port = await freePort();
  const openUrl = (name) => new URL('/open', world.urls[name]).href;
  const waves = calls.map((wave) => wave.map(({ name, body }) => ({ url: openUrl(name), body, headers: {} })));
  const gateway = await startFloor({ port, waves, answer: text }, settings.cores);
  try {
    const request = { port, path: '/', body: '{}', headers: [''], expectedBytes: Buffer.byteLength(text) };
    const floor = { gateway, request };
    await settle(floor, { load: world.load, seconds: settings.warmUpS / 2, connections });
    const round = await measureRound(floor, {
      load: world.load,
      settings: { ...settings, connections, seconds: settings.seconds / 2 },
    });
    const { requestsPerS, cpuMsPerRequest, failures } = round;
    return { requestsPerS, cpuMsPerRequest, failures };
  } finally {
    await stop(gateway);
  }
}
