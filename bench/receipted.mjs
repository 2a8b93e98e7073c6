/** The fourth workload: what receipts cost. The same requests without receipts, with `async` and with `strict` ones, on both stores. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agreementsFor, consentsAlike, customersAlike } from './banks/world.mjs';
import { operation } from './banks/operation.mjs';
import { rightAnswer } from './banks/rightAnswer.mjs';
import { bankId } from './banks/rows.mjs';
import { freePort } from './measure/port.mjs';
import { nextMessage, startNode, stop } from './measure/process.mjs';
import { measureRound, settle } from './measure/round.mjs';
import { median, spread } from './measure/statistics.mjs';
import { policyWorld, startPolicyGateway } from './ringfence/gateways.mjs';
import { grantKeysFor, openIssuer } from './ringfence/keys.mjs';
import { startServer } from './store/postgres.mjs';

const banks = 3;
const manyCustomers = 500;
const modes = ['none', 'async', 'strict'];
const stores = ['embedded', 'server'];

/** Runs the workload; resolves with `{ banks, customers, connections, answerBytes, server, rows: [{ store, mode, … }] }`. */
export async function runReceipted({ settings, say }) {
  const world = await openWorld(settings);
  try {
    const variants = await startVariants(world, { settings, say });
    await measureAll(variants, { load: world.load, settings, say });
    const { answerBytes, server, customers } = world;
    const sizes = { banks, customers: customers.length, connections: settings.connections, answerBytes };
    return { ...sizes, server: `PostgreSQL ${server.version}`, rows: rowsOf(variants) };
  } finally {
    await world.close();
  }
}

async function openWorld(settings) {
  const core = settings.cores.others;
  const closing = [];
  const close = async () => {
    for (const end of closing.reverse()) await end();
  };
  try {
    const server = await startServer({ core });
    closing.push(() => server.end());
    const ends = await startBanks(settings, core, (end) => closing.push(end));
    const load = startNode(fileURLToPath(new URL('http/load.mjs', import.meta.url)), { core, ipc: true });
    closing.push(() => stop(load));
    const issuer = await openIssuer();
    closing.push(() => issuer.close());
    return { ...ends, server, load, issuer, onClose: (end) => closing.push(end), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startBanks(settings, core, onClose) {
  const names = Array.from({ length: banks }, (_, index) => bankId(index));
  const { gateway: keys, partners } = grantKeysFor(['directory', ...names]);
  const customers = customersAlike(settings.quick ? 50 : manyCustomers);
  const servers = startNode(fileURLToPath(new URL('banks/servers.mjs', import.meta.url)), { core, ipc: true });
  onClose(() => stop(servers));
  const schemaFolder = fileURLToPath(new URL('../schema', import.meta.url));
  const ends = names.map((id) => ({ id, keys: partners[id] }));
  servers.child.send({
    kind: 'start',
    config: { banks: ends, directory: partners.directory, schemaFolder, customers },
  });
  const { ports } = await nextMessage(servers, 'ready');
  const at = ([name, port]) => [name, `http://127.0.0.1:${port}/graphql`];
  return { customers, keys, urls: Object.fromEntries(Object.entries(ports).map(at)) };
}

/** One gateway and one store for each case; each has answered every customer rightly once, and is held. */
async function startVariants(world, { settings, say }) {
  const tokens = await Promise.all(world.customers.map(({ id }) => world.issuer.tokenFor(id)));
  const cases = stores.flatMap((store) => modes.map((mode) => ({ store, mode })));
  const variants = [];
  for (const each of cases) {
    say(`${each.store}, receipts ${each.mode}: starting`);
    variants.push({ ...each, rounds: [], ...(await startVariant(world, { ...each, tokens, settings })) });
  }
  return variants;
}

async function startVariant(world, { store, mode, tokens, settings }) {
  const port = await freePort();
  const folder = join(settings.workFolder, `receipts-${store}-${mode}`);
  const database =
    store === 'embedded'
      ? { kind: 'embedded', folder }
      : { kind: 'server', url: await world.server.createStore(`receipts_${mode}`), connections: 10 };
  const secret = randomBytes(32).toString('base64');
  const config = {
    ...policyWorld({ workFolder: settings.workFolder, port, issuer: world.issuer }),
    urls: world.urls,
    keys: world.keys,
    agreements: agreementsFor(banks),
    consents: consentsAlike(world.customers, banks),
    store: { database, secret, markFile: `${folder}.mark`, receipts: mode },
  };
  const gateway = await startPolicyGateway(config, settings.cores, settings.nodeArgs);
  world.onClose(() => stop(gateway));
  const body = JSON.stringify(operation);
  world.answerBytes = await answerOfAll({ port, body, tokens });
  const headers = tokens.map((token) => `authorization: Bearer ${token}\r\n`);
  const request = { port, path: '/graphql', body, headers, expectedBytes: world.answerBytes };
  await settle({ gateway, request }, { load: world.load, seconds: settings.warmUpS / 2 });
  return { gateway, request };
}

/** How long each customer's answer is, which must be right. */
async function answerOfAll({ port, body, tokens }) {
  let bytes;
  for (const token of tokens) {
    const text = await rightAnswer({ port, token, body }, banks);
    bytes ??= Buffer.byteLength(text);
    if (bytes !== Buffer.byteLength(text)) throw new Error('answers of customers alike differ in length');
  }
  return bytes;
}

async function measureAll(variants, { load, settings, say }) {
  for (let round = 0; round < settings.rounds; round += 1) {
    say(`round ${round + 1} of ${settings.rounds}`);
    // The other way round every second time, so that none is always first.
    const order = round % 2 === 0 ? variants : variants.toReversed();
    for (const { gateway, request, rounds } of order) {
      rounds.push(await measureRound({ gateway, request }, { load, settings }));
    }
  }
}

function rowsOf(variants) {
  return variants.map(({ store, mode, rounds }) => {
    const none = variants.find((other) => other.store === store && other.mode === 'none');
    const of = (figure) => median(rounds.map((round) => round[figure]));
    const rates = rounds.map(({ requestsPerS }) => requestsPerS);
    return {
      store,
      mode,
      requestsPerS: median(rates),
      spread: spread(rates),
      rounds: rates,
      p50Ms: of('p50Ms'),
      p99Ms: of('p99Ms'),
      cpuMsPerRequest: of('cpuMsPerRequest'),
      residentBytes: Math.max(...rounds.map(({ residentBytes }) => residentBytes)),
      ratioToNone: median(rates.map((rate, round) => rate / none.rounds[round].requestsPerS)),
      failures: rounds.reduce((total, { failures }) => total + failures, 0),
      firstFailure: rounds.find(({ firstFailure }) => firstFailure !== undefined)?.firstFailure,
    };
  });
}
