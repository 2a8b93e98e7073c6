/** The demo's stages: sandbox banks and the platform as partners, consents and receipts where the demo keeps them. */
import { demoBanks, demoCustomers } from '../../resolvers/demo/world.js';
import { servedSubgraphs } from '../../resolvers/platform/startPlatform.js';
import { InternalFault } from '../fault/index.js';
import { createPolicyPipeline } from '../gateway/index.js';
import { defaultOperationLimits } from '../operation/index.js';
import { createSealer } from '../partition/index.js';
import { admittedBy } from '../principal/index.js';
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
  const { policy, now, logger, stores } = world;
  const root = projectRoot();
  const sealer = createSealer(world.sealingKey);
  const consent = await startConsentSite({
    ...stores,
    ...recordKeys(world),
    agreements: stores.currentAgreements,
    root,
    sealer,
    admits: admittedBy(policy.table),
    customerReference: async (customer, bank) =>
      (await stores.customerReference(customer, bank)) ?? customerReference(customer, bank),
    keys: keysOf(world, 'consent').partner,
    policyHash: policy.hash,
    now,
  });
  const running = await createPolicyPipeline({
    ...readPolicyBooks(root),
    ...stores,
    policy,
    partners: demoPartners,
    urls: urlsOf(world, consent.port),
    keys: (audience) => (isDemoBank(audience) ? stores.keysOf(audience) : keysOf(world, audience).gateway),
    sealer,
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

function isDemoBank(audience: string): boolean {
  return demoBanks.some((bank) => bank === audience);
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
