/**
 * How the start grows: 5,000 flat types composed and served, and 1,000 banks behind one gateway.
 * `node bench/scale.mjs [--json] [--types 5000] [--banks 1000]`; runs what is built in dist/.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { agreementsFor, consentsFor } from './banks/world.mjs';
import { bankId } from './banks/rows.mjs';
import { freePort } from './measure/port.mjs';
import { cpuMs, residentBytes, startNode, stop } from './measure/process.mjs';
import { policyWorld, startPolicyGateway } from './ringfence/gateways.mjs';
import { grantKeysFor, openIssuer } from './ringfence/keys.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    types: { type: 'string', default: '5000' },
    banks: { type: 'string', default: '1000' },
  },
});

const subgraphs = 4;
const bars = { composeS: 30, serveS: 12 };

/** Types that lie flat: none leads to another. As entities each lives in two subgraphs, which planners find harder. */
const shapes = {
  flat: { directives: '', own: 'id: ID! name: String count: Int note: String', parts: 0 },
  entities: { directives: '@key(fields: "id")', own: 'id: ID! name: String count: Int note: String', parts: 1 },
};

function sdlOf(index, count, shape) {
  const { directives, own, parts } = shapes[shape];
  const types = Array.from({ length: count }, (_, type) => type);
  const owned = types.filter((type) => type % subgraphs === index);
  const extended = parts === 0 ? [] : types.filter((type) => (type + 1) % subgraphs === index);
  return [
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])',
    'type Query {',
    ...owned.map((type) => `  thing${type}: Thing${type}`),
    '}',
    ...owned.map((type) => `type Thing${type} ${directives} { ${own} }`),
    ...extended.map((type) => `type Thing${type} ${directives} { id: ID! weight: Float }`),
  ].join('\n');
}

async function timeS(work) {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, tookS: (performance.now() - startedAt) / 1000, cpuS: (user + system) / 1e6 };
}

function compose(count, shape) {
  const services = Array.from({ length: subgraphs }, (_, index) => {
    return { name: `part${index}`, url: `http://127.0.0.1:9/${index}`, typeDefs: parse(sdlOf(index, count, shape)) };
  });
  const { supergraphSdl, errors } = composeServices(services);
  if (errors) throw new Error(String(errors[0]));
  return supergraphSdl;
}

async function healthy(port, { child, output }) {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthcheck`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (child.exitCode !== null) throw new Error(`the gateway ended: ${output().slice(-500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function measureTypes(count, shape, workFolder) {
  say(`${count} types, ${shape}`);
  const { result: supergraphSdl, tookS: composeS, cpuS: composeCpuS } = await timeS(() => compose(count, shape));
  const file = join(workFolder, 'supergraph.graphql');
  writeFileSync(file, supergraphSdl);
  const port = await freePort();
  const script = fileURLToPath(new URL('../dist/src/cli/ringfence.js', import.meta.url));
  const args = ['serve', '--supergraph', file, '--policy', 'none', '--port', String(port)];
  const { result: gateway, tookS: serveS } = await timeS(async () => {
    const started = startNode(script, { args });
    await healthy(port, started);
    return started;
  });
  const resident = residentBytes(gateway.pid);
  const serveCpuS = cpuMs(gateway.pid) / 1000;
  await stop(gateway);
  return {
    types: count,
    shape,
    supergraphBytes: supergraphSdl.length,
    composeS,
    composeCpuS,
    serveS,
    serveCpuS,
    residentBytes: resident,
  };
}

async function measureBanks(count, workFolder) {
  say(`${count} banks`);
  const issuer = await openIssuer();
  const banks = Array.from({ length: count }, (_, index) => bankId(index));
  const keys = grantKeysFor(['directory', ...banks]).gateway;
  const urls = Object.fromEntries(['directory', ...banks].map((name, index) => [name, `http://127.0.0.1:9/${index}`]));
  const config = { ...policyWorld({ workFolder, port: 0, issuer }), urls, keys };
  const registry = { agreements: agreementsFor(count), consents: consentsFor([count]) };
  const { result: gateway, tookS: serveS } = await timeS(() => startPolicyGateway({ ...config, ...registry }, {}));
  const resident = residentBytes(gateway.pid);
  await stop(gateway);
  issuer.close();
  return { banks: count, serveS, residentBytes: resident };
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function print({ types, banks }) {
  const mebibytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
  const lines = types.map((row) => {
    const composed = `composed in ${row.composeS.toFixed(1)} s (bar ${bars.composeS}; CPU ${row.composeCpuS.toFixed(1)} s)`;
    const served = `served after ${row.serveS.toFixed(1)} s (bar ${bars.serveS}; CPU ${row.serveCpuS.toFixed(1)} s)`;
    return `${row.types} types, ${row.shape}: ${composed}, ${served}, ${mebibytes(row.residentBytes)}`;
  });
  const started = `composed, both books compared and served after ${banks.serveS.toFixed(1)} s (bar ${bars.serveS})`;
  lines.push(`${banks.banks} banks, the repository's own graph: ${started}, ${mebibytes(banks.residentBytes)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

const workFolder = mkdtempSync(join(tmpdir(), 'ringfence-scale-'));
try {
  const types = [];
  for (const shape of Object.keys(shapes)) types.push(await measureTypes(Number(options.types), shape, workFolder));
  const banks = await measureBanks(Number(options.banks), workFolder);
  if (options.json) process.stdout.write(`${JSON.stringify({ types, banks, bars })}\n`);
  else print({ types, banks });
} finally {
  rmSync(workFolder, { recursive: true, force: true });
}
