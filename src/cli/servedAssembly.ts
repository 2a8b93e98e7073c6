/** The stages as a configuration states them. */
import { randomBytes } from 'node:crypto';
import {
  createConsentPort,
  createAgreementPort,
  createMemoryRepository,
  type RegisteredAgreement,
} from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import { type Config, createPolicyPipeline, StartFault } from '../gateway/index.js';
import { type AudienceKeys, createSealer } from '../partition/index.js';
import type { RunningServer } from '../partner/index.js';
import { maskOf, type Purpose } from '../policy/index.js';
import { admittedBy } from '../principal/index.js';
import { createMemoryJournal } from '../receipt/index.js';
import type { AssembledPipeline, ServedWorld } from './assembly.js';
import { configuredKeys } from './configuredKeys.js';
import { type ConsentSiteOptions, startConsentSite } from './consentSite.js';
import { type PartnerEnds, partnerEnds } from './partnerEnds.js';
import { readPolicyBooks } from './policyBooks.js';
import { projectRoot } from './projectRoot.js';

const wallet = 'wallet';
const consentSubgraph = 'consent';

/**
 * Puts them together. Consents and receipts are in this process's memory and start empty: until a store is configured,
 * a restart forgets them, and what is forgotten is denied.
 */
export async function assembleServed(world: ServedWorld): Promise<AssembledPipeline> {
  const { policy, config, now, logger } = world;
  const root = projectRoot();
  const books = readPolicyBooks(root);
  refuseMissing(
    config,
    books.subgraphs.map(({ name }) => name),
  );
  const keys = configuredKeys(config, world.configFolder);
  const site = await startSite(world, root);
  const running = await createPolicyPipeline({
    ...books,
    ...site.stores,
    policy,
    partners: partnersOf(config),
    urls: urlsOf(config, site.consent.port),
    keys: (audience) => (audience === consentSubgraph ? site.keys.gateway : keysFor(audience, keys)),
    receipts: site.stores.journal,
    limits: config.limits,
    now,
    logger,
  });
  const close = async (): Promise<void> => {
    await running.close();
    await site.consent.close();
  };
  return { pipeline: running.pipeline, close };
}

interface Site {
  readonly stores: Pick<ConsentSiteOptions, 'repository' | 'journal' | 'consents' | 'agreements' | 'sealer'>;
  readonly keys: PartnerEnds;
  readonly consent: RunningServer;
}

/** The stores, and the consent subgraph over them. No bank has said yet how it knows a customer, so none can be linked. */
async function startSite({ policy, config, now }: ServedWorld, root: string): Promise<Site> {
  const agreements = createAgreementPort(agreementsOf(config));
  const repository = createMemoryRepository([]);
  const consents = createConsentPort(repository, agreements, now);
  const stores = {
    repository,
    journal: createMemoryJournal(),
    consents,
    agreements,
    sealer: createSealer(randomBytes(32)),
  };
  const keys = partnerEnds(consentSubgraph);
  const consent = await startConsentSite({
    ...stores,
    root,
    keys: keys.partner,
    policyHash: policy.hash,
    now,
    admits: admittedBy(policy.table),
    customerReference: () => undefined,
    idKey: randomBytes(32).toString('base64'),
    auditKey: randomBytes(32).toString('base64'),
  });
  return { stores, keys, consent };
}

function partnersOf({ banks }: Config): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['bank', banks.map(({ id }) => id)],
    [wallet, [wallet]],
  ]);
}

/** The consent subgraph is this process's own; every other must have an address. */
function refuseMissing(config: Config, subgraphs: readonly string[]): void {
  const needed = subgraphs.filter((name) => name !== 'bank' && name !== consentSubgraph);
  const missing = needed.filter((name) => !Object.hasOwn(config.subgraphs, name));
  const unknown = Object.keys(config.subgraphs).filter((name) => !needed.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  const lines = [
    ...missing.map((name) => `subgraphs.${name}: expected its address and keys`),
    ...unknown.map(
      (name) => `subgraphs.${name}: is no subgraph that needs an address; expected one of ${needed.join(', ')}`,
    ),
  ];
  throw new StartFault('CONFIG_INVALID', ['the configuration does not hold:', ...lines].join('\n  '));
}

function agreementsOf({ banks, wallet: walletTerms }: Config): RegisteredAgreement[] {
  const listed = banks.map(({ id, status, region, agreement, lookbackDays }) => ({
    bank: id,
    status,
    region,
    covers: covered(agreement),
    ...(lookbackDays !== undefined && { lookbackDays }),
  }));
  if (!walletTerms) return listed;
  const { status, region, agreement } = walletTerms;
  return [...listed, { bank: wallet, status, region, covers: covered(agreement) }];
}

function covered(agreement: Config['banks'][number]['agreement']): ReadonlyMap<Purpose, number> {
  return new Map(
    Object.entries(agreement).map(([purpose, categories]) => [purpose as Purpose, maskOf(categories ?? [])]),
  );
}

function urlsOf({ banks, subgraphs }: Config, consentPort: number): ReadonlyMap<string, string> {
  return new Map([
    ...banks.map(({ id, url }) => [id, url] as const),
    ...Object.entries(subgraphs).map(([name, { url }]) => [name, url] as const),
    [consentSubgraph, `http://127.0.0.1:${consentPort}/graphql`] as const,
  ]);
}

function keysFor(audience: string, keys: ReadonlyMap<string, AudienceKeys>): AudienceKeys {
  const found = keys.get(audience);
  if (!found) throw new InternalFault(`there are no keys for \`${audience}\``);
  return found;
}
