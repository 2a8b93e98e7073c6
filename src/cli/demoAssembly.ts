/** The demo's stages: sandbox banks and the platform as partners, consents and receipts in memory. */
import { demoRegistry } from '../../resolvers/demo/registry.js';
import { demoConsents } from '../../resolvers/demo/seeds.js';
import { demoBanks, demoCustomers } from '../../resolvers/demo/world.js';
import { servedSubgraphs } from '../../resolvers/platform/startPlatform.js';
import { createConsentPort, createMemoryRepository, dayMs } from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import { createPolicyPipeline } from '../gateway/index.js';
import { defaultOperationLimits } from '../operation/index.js';
import { createSealer } from '../partition/index.js';
import type { Policy } from '../policy/index.js';
import { admittedBy } from '../principal/index.js';
import { createMemoryJournal } from '../receipt/index.js';
import type { AssembledPipeline, DemoWorld } from './assembly.js';
import { startConsentSite } from './consentSite.js';
import type { PartnerEnds } from './partnerEnds.js';
import { readPolicyBooks } from './policyBooks.js';
import { projectRoot } from './projectRoot.js';

/** Partitioned subgraph → who answers it, in registry order. */
export const demoPartners: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['bank', demoBanks],
  ['wallet', ['wallet']],
]);

/** Puts the demo's stages together. */
export async function assembleDemo(world: DemoWorld): Promise<AssembledPipeline> {
  const { policy, now, logger } = world;
  const root = projectRoot();
  const sealer = createSealer(world.sealingKey);
  const { journal, consents, agreements, ...stores } = demoStores(world);
  const site = { root, sealer, journal, consents, agreements, ...stores, ...recordKeys(world) };
  const consent = await startConsentSite({
    ...site,
    keys: keysOf(world, 'consent').partner,
    policyHash: policy.hash,
    now,
  });
  const running = await createPolicyPipeline({
    ...readPolicyBooks(root),
    policy,
    partners: demoPartners,
    urls: urlsOf(world, consent.port),
    keys: (audience) => keysOf(world, audience).gateway,
    sealer,
    consents,
    agreements,
    receipts: journal,
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

/** What the demo's stores are filled by. */
export interface DemoStoresSource extends Pick<DemoWorld, 'now' | 'clockOffsetMs'> {
  readonly policy: Pick<Policy, 'table'>;
}

/**
 * The agreements, consents and receipts that the demo starts with, in memory. The seeds are anchored to the day, so that
 * two runs of one day agree in every date that a client can see.
 */
export function demoStores({ policy, now, clockOffsetMs }: DemoStoresSource) {
  const agreements = demoRegistry();
  const admits = admittedBy(policy.table);
  const realNow = now().getTime() - clockOffsetMs;
  const startedAt = new Date(realNow - (realNow % dayMs));
  const repository = createMemoryRepository(demoConsents({ startedAt, admits }));
  const consents = createConsentPort(repository, agreements, now);
  return { agreements, admits, repository, consents, journal: createMemoryJournal(), customerReference };
}

function customerReference(customer: string, bank: string): string | undefined {
  const holdings = demoCustomers.find(({ id }) => id === customer)?.holdings;
  return holdings?.find((held) => held.bank === bank)?.customerReference;
}

function recordKeys({ recordKey, auditKey }: DemoWorld): { readonly idKey: string; readonly auditKey: string } {
  return { idKey: recordKey, auditKey };
}

function urlsOf({ addresses }: DemoWorld, consentPort: number): ReadonlyMap<string, string> {
  return new Map([
    ...[...addresses.banks].map(([bank, address]) => [bank, `${address}/graphql`] as const),
    ...servedSubgraphs.map((name) => [name, `${addresses.platform}/${name}/graphql`] as const),
    ['consent', `http://127.0.0.1:${consentPort}/graphql`] as const,
  ]);
}

function keysOf({ keys }: DemoWorld, audience: string): PartnerEnds {
  const found = keys.get(audience);
  if (!found) throw new InternalFault(`there are no keys for \`${audience}\``);
  return found;
}
