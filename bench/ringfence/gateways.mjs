/** Ringfence as the benchmark runs it: under policy, and its twin without. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nextMessage, startNode } from '../measure/process.mjs';
import { subgraphNames } from '../graph/graph.mjs';
import { grantKeysFor } from './keys.mjs';
import { writeProject } from './project.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const customers = 50;

/** The headline: tokens verified, policy pipeline on, everything open. */
export const ringfence = {
  name: 'ringfence',
  label: 'Ringfence',
  kind: 'own',
  notes: 'policy on, tokens verified, a grant made for each subgraph; the subgraphs do not verify it',
  start: async (world) => {
    const { gateway: keys } = grantKeysFor(subgraphNames);
    const config = {
      ...policyWorld(world),
      urls: Object.fromEntries(subgraphNames.map((name) => [name, world.urlOf(name)])),
      keys,
      agreements: [],
      consents: [],
    };
    const tokens = await Promise.all(
      Array.from({ length: customers }, (_, i) => world.issuer.tokenFor(`customer-${i}`)),
    );
    const started = await startPolicyGateway(config, world.cores);
    return { ...started, headers: tokens.map((token) => `authorization: Bearer ${token}\r\n`) };
  },
};

/** The same while the subgraphs answer the same bytes each time, which spares it reading and writing them again. */
export const ringfenceRepeated = {
  ...ringfence,
  name: 'ringfence-repeated',
  label: 'Ringfence, answers repeated',
  kind: 'variant',
  answers: 'repeated',
};

/** What every gateway under policy is started with: the project, the port, and whose tokens it takes. */
export function policyWorld({ workFolder, port, issuer }) {
  const folder = join(workFolder, 'project');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeProject(root, folder);
  return { folder, port, issuer: issuer.issuer, audience: issuer.audience };
}

/** Starts `policyGateway.mjs` and waits until it listens. */
export async function startPolicyGateway(config, cores, nodeArgs = []) {
  const script = fileURLToPath(new URL('policyGateway.mjs', import.meta.url));
  const running = startNode(script, { core: cores.gateway, ipc: true, nodeArgs });
  running.child.send({ kind: 'start', config });
  await nextMessage(running, 'ready');
  return running;
}

/** The same engine on the same graph with no policy: what is left when all that the product is for is taken away. */
export const twin = {
  name: 'twin',
  label: 'Ringfence, policy none',
  kind: 'twin',
  notes: 'no tokens, no policy',
  start: async ({ supergraphFile, port, cores }) => {
    const args = ['serve', '--supergraph', supergraphFile, '--policy', 'none', '--port', String(port)];
    return startNode(join(root, 'dist/src/cli/ringfence.js'), {
      core: cores.gateway,
      args,
      env: { RINGFENCE_LOG: 'warn' },
    });
  },
};
