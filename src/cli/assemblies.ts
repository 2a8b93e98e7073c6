/** The three ways to put the stages together: the demo, a configuration, and no policy at all. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConsentSubgraph } from '../../resolvers/consent/consent.js';
import { demoRegistry } from '../../resolvers/demo/registry.js';
import { demoConsents } from '../../resolvers/demo/seeds.js';
import { demoBanks, demoCustomers } from '../../resolvers/demo/world.js';
import { readPlatformSdl } from '../../resolvers/platform/readSdl.js';
import { servedSubgraphs } from '../../resolvers/platform/startPlatform.js';
import { createConsentPort, createMemoryRepository } from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import { createPlainPipeline, createPolicyPipeline, StartFault } from '../gateway/index.js';
import { defaultOperationLimits } from '../operation/index.js';
import { createSealer, type Sealer } from '../partition/index.js';
import { startServer } from '../partner/index.js';
import { admittedBy } from '../principal/index.js';
import { createMemoryJournal } from '../receipt/index.js';
import { loadSubgraphs, type Subgraph } from '../supergraph/index.js';
import type { Assembly, AssembledPipeline, DemoWorld } from './assembly.js';
import { projectRoot } from './projectRoot.js';

/** The assembly of this program. */
export const assembly: Assembly = {
  demo: assembleDemo,
  served: () => {
    throw new StartFault('CONFIG_INVALID', 'not assembled');
  },
  plain: async ({ supergraphSdl, addresses, logger }) =>
    createPlainPipeline({ supergraphSdl, urls: addresses, limits: defaultOperationLimits, logger }),
};

async function assembleDemo(world: DemoWorld): Promise<AssembledPipeline> {
  const { policy, addresses, now, logger } = world;
  const root = projectRoot();
  const sealer = createSealer(randomBytes(32));
  const stores = demoStores(world);
  const consent = await startConsent(world, { root, sealer, stores });
  const running = createPolicyPipeline({
    policy,
    matrixText: readFileSync(join(root, 'policy/matrix.yaml'), 'utf8'),
    subgraphs: subgraphsOf(root),
    partners: new Map<string, readonly string[]>([
      ['bank', demoBanks],
      ['wallet', ['wallet']],
    ]),
    urls: new Map([
      ...[...addresses.banks].map(([bank, address]) => [bank, `${address}/graphql`] as const),
      ...servedSubgraphs.map((name) => [name, `${addresses.platform}/${name}/graphql`] as const),
      ['consent', `http://127.0.0.1:${consent.port}/graphql`],
    ]),
    keys: (audience) => keysOf(world, audience).gateway,
    sealer,
    consents: stores.consents,
    agreements: stores.agreements,
    receipts: stores.journal,
    limits: defaultOperationLimits,
    now,
    logger,
  });
  const close = async (): Promise<void> => {
    await running.close();
    await consent.close();
  };
  return { pipeline: running.pipeline, close };
}

function demoStores({ policy, now, clockOffsetMs }: DemoWorld) {
  const agreements = demoRegistry();
  const admits = admittedBy(policy.table);
  const startedAt = new Date(now().getTime() - clockOffsetMs);
  const repository = createMemoryRepository(demoConsents({ startedAt, admits }));
  return { agreements, admits, repository, consents: createConsentPort(repository, agreements, now), journal: createMemoryJournal() };
}

interface ConsentSite {
  readonly root: string;
  readonly sealer: Sealer;
  readonly stores: ReturnType<typeof demoStores>;
}

/** The consent subgraph runs beside the stores, in this process, and answers on a port of its own like any other. */
async function startConsent(world: DemoWorld, { root, sealer, stores }: ConsentSite): ReturnType<typeof startServer> {
  const subgraph = createConsentSubgraph({
    sdl: await readPlatformSdl(join(root, 'schema'), 'consent'),
    keys: keysOf(world, 'consent').partner,
    policyHash: world.policy.hash,
    now: world.now,
    ...stores,
    accounts: {
      open: (customer, id) => sealer.open({ kind: 'ACCOUNT', customer }, id),
      seal: (customer, bank, reference) => sealer.seal({ kind: 'ACCOUNT', customer }, { bank, reference }),
    },
    customerReference: (customer, bank) =>
      demoCustomers.find(({ id }) => id === customer)?.holdings.find((held) => held.bank === bank)?.customerReference,
    idKey: randomBytes(32).toString('base64'),
    auditKey: randomBytes(32).toString('base64'),
  });
  return startServer(0, (request, response) => subgraph.handle(request, response));
}

function keysOf({ keys }: DemoWorld, audience: string): DemoWorld['keys'] extends ReadonlyMap<string, infer K> ? K : never {
  const found = keys.get(audience);
  if (!found) throw new InternalFault(`there are no keys for \`${audience}\``);
  return found;
}

function subgraphsOf(root: string): readonly Subgraph[] {
  const loaded = loadSubgraphs(root);
  if (loaded.kind === 'problems') throw new InternalFault('the subgraphs were readable and are no more');
  return loaded.subgraphs;
}
