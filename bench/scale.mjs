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
import { residentBytes, startNode, stop } from './measure/process.mjs';
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

/** Flat: every type is an entity with a few fields in two subgraphs, and a root field leads to it. */
function sdlOf(index, count) {
  const own = Array.from({ length: count }, (_, type) => type).filter((type) => type % subgraphs === index);
  const extended = Array.from({ length: count }, (_, type) => type).filter((type) => (type + 1) % subgraphs === index);
  const roots = own.map((type) => `  thing${type}(id: ID!): Thing${type}`);
  const types = own.map(
    (type) => `type Thing${type} @key(fields: "id") { id: ID! name: String count: Int note: String }`,
  );
  const parts = extended.map((type) => `type Thing${type} @key(fields: "id") { id: ID! weight${index}: Float }`);
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
  return [link, 'type Query {', ...roots, '}', ...types, ...parts].join('\n');
}

async function timeS(work) {
  const startedAt = performance.now();
  const result = await work();
  return { result, tookS: (performance.now() - startedAt) / 1000 };
}

function compose(count) {
  const services = Array.from({ length: subgraphs }, (_, index) => {
    return { name: `part${index}`, url: `http://127.0.0.1:9/${index}`, typeDefs: parse(sdlOf(index, count)) };
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

async function measureTypes(count, workFolder) {
  const { result: supergraphSdl, tookS: composeS } = await timeS(() => compose(count));
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
  await stop(gateway);
  return { types: count, supergraphBytes: supergraphSdl.length, composeS, serveS, residentBytes: resident };
}

async function measureBanks(count, workFolder) {
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

const workFolder = mkdtempSync(join(tmpdir(), 'ringfence-scale-'));
try {
  const types = await measureTypes(Number(options.types), workFolder);
  const banks = await measureBanks(Number(options.banks), workFolder);
  if (options.json) process.stdout.write(`${JSON.stringify({ types, banks, bars })}\n`);
  else {
    const mebibytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
    process.stdout.write(
      [
        `${types.types} flat types: composed in ${types.composeS.toFixed(1)} s (bar ${bars.composeS}), ` +
          `served after ${types.serveS.toFixed(1)} s (bar ${bars.serveS}), ${mebibytes(types.residentBytes)}`,
        `${banks.banks} banks: policy composed, proven and served after ${banks.serveS.toFixed(1)} s ` +
          `(bar ${bars.serveS}), ${mebibytes(banks.residentBytes)}`,
        '',
      ].join('\n'),
    );
  }
} finally {
  rmSync(workFolder, { recursive: true, force: true });
}
