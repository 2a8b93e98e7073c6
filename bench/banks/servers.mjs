/**
 * The banks of the second workload and the platform's directory, one process and a port for each. Every call is verified
 * as the partner kit does it, signature of the grant, MAC of the body and nonce; the rows behind it are read once through
 * the kit's own subgraph, shield and all, and remembered as bytes. Orders over IPC: `{ kind: 'start', config }`,
 * `{ kind: 'latency', ms }` holds every bank's answer back, `{ kind: 'timing' }` gives the times that banks took,
 * `{ kind: 'bodies' }` what was asked last, wave by wave. The path `/open` answers what is remembered without a
 * grant: it is for the floor, which has none.
 */
import { createDirectorySubgraph } from '../../dist/resolvers/directory/directory.js';
import { bankContract } from '../../dist/resolvers/bank/contract.js';
import { readPlatformSdl } from '../../dist/resolvers/platform/readSdl.js';
import { createCallCheck } from '../../dist/src/partner/callCheck.js';
import { createSubgraph } from '../../dist/src/partner/index.js';
import { financialMask, purposes } from '../../dist/src/policy/index.js';
import { Memory } from '../http/memory.mjs';
import { jsonResponse, tailBytes, withTail } from '../http/messages.mjs';
import { listen } from '../http/server.mjs';
import { bankName } from './operation.mjs';
import { accountAt } from './rows.mjs';

const rememberedBytes = 256 * 1024 * 1024;
const memory = new Memory(rememberedBytes);
const now = () => new Date();

let latencyMs = 0;
/** The slowest bank of each request since the last order; a request begins where the directory is asked who asks. */
let slowest = [];
/** The calls of the latest request: the directory says who asks, the banks answer, the directory names the banks. */
let asked = [[], [], []];

function bankOptions({ id, keys }) {
  const find = () => accountAt(id);
  const known = ({ ref }, { grant }) => (ref === grant.sub ? { ref } : null);
  const entity = { __resolveReference: find };
  const resolvers = {
    Customer: { __resolveReference: known, accounts: () => [accountAt(id)] },
    BankConnection: { __resolveReference: (key) => key, accounts: () => [accountAt(id)] },
    DepositAccount: entity,
    CardAccount: entity,
    LoanAccount: entity,
  };
  const agreement = new Map(purposes.map((purpose) => [purpose, financialMask]));
  return { name: id, sdl: bankContract(), resolvers, keys, agreement, now };
}

/** Remembers what the kit's subgraph answers, by audience, customer and body; each call is judged, memory or not. */
function verified(name, keys, subgraph) {
  const check = createCallCheck({ audience: name, keys: () => keys, now });
  return async (head, bytes) => {
    const call = { headers: headersOf(head), body: bytes.toString('utf8') };
    const openKey = JSON.stringify([name, call.body]);
    if (head.startsWith('POST /open ')) return memory.get(openKey) ?? jsonResponse('{}', '404 Not Found');
    note(name, call.body);
    const grant = await check(call.headers, call.body).catch(() => undefined);
    const key = JSON.stringify([name, grant?.sub, call.body]);
    const known = grant && memory.get(key);
    if (known !== undefined) return withTail(known);
    const { status, body } = await subgraph().answer(call);
    const answer = jsonResponse(body + ' '.repeat(tailBytes), `${status} ${status === 200 ? 'OK' : 'Refused'}`);
    if (status !== 200) return answer;
    memory.recall(openKey, () => answer);
    return memory.recall(key, () => answer);
  };
}

function note(name, body) {
  const entities = body.includes('_entities');
  if (name === 'directory' && !entities) {
    asked = [[], [], []];
    slowest.push(0);
  }
  const wave = name !== 'directory' ? 1 : entities ? 2 : 0;
  asked[wave].push({ name, body });
}

function headersOf(head) {
  const lines = head.split('\r\n').slice(1);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), valueOf(line)]));
}

function valueOf(line) {
  return line.slice(line.indexOf(':') + 1).trim();
}

function timed(answer) {
  return async (head, body) => {
    const arrivedAt = performance.now();
    const bytes = await answer(head, body);
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const tookMs = performance.now() - arrivedAt;
    slowest.push(Math.max(slowest.pop() ?? 0, tookMs));
    return bytes;
  };
}

async function start({ banks, directory, schemaFolder, customers }) {
  const sdl = await readPlatformSdl(schemaFolder, 'directory');
  const listed = banks.map(({ id }) => ({ id, name: bankName(id) }));
  const parts = {
    sdl,
    keys: directory,
    now,
    customers,
    banks: () => listed,
    pairwiseKey: Buffer.alloc(32, 7).toString('base64'),
  };
  const platform = createDirectorySubgraph(parts);
  const ports = { directory: (await listen(verified('directory', directory, () => platform))).port };
  for (const bank of banks) {
    const subgraph = () => createSubgraph(bankOptions(bank));
    ports[bank.id] = (await listen(timed(verified(bank.id, bank.keys, subgraph)))).port;
  }
  return ports;
}

async function obey({ kind, ...order }) {
  if (kind === 'start') process.send({ kind: 'ready', ports: await start(order.config) });
  if (kind === 'latency') latencyMs = order.ms;
  if (kind === 'bodies') process.send({ kind: 'bodies', calls: asked });
  if (kind === 'timing') {
    process.send({ kind: 'timing', slowest });
    slowest = [];
  }
}

process.once('disconnect', () => process.exit(0));
process.on('message', (order) => void obey(order));
