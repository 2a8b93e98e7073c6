/** The stages as a configuration states them. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { InternalFault, StartFault } from '../fault/index.js';
import { type Config, createPolicyPipeline } from '../gateway/index.js';
import { type AudienceKeys, createSealer } from '../partition/index.js';
import type { RunningServer } from '../partner/index.js';
import { admittedBy } from '../principal/index.js';
import type { AssembledPipeline, ServedWorld } from './assembly.js';
import { configuredAgreements } from './configuredAgreements.js';
import { configuredBankKeys, configuredKeys, keyFoldersOf } from './configuredKeys.js';
import { type ConsentSiteOptions, startConsentSite } from './consentSite.js';
import { createKeyVault, type KeyVault } from './keyVault.js';
import { type PartnerEnds, partnerEnds } from './partnerEnds.js';
import { readPolicyBooks } from './policyBooks.js';
import { projectRoot } from './projectRoot.js';
import { openStores, type Stores } from './stores.js';
import { configuredStore, type StoreSettings } from './storeSettings.js';
import { monotonicMs } from './storesWanted.js';

const wallet = 'wallet';
const consentSubgraph = 'consent';

/** Puts them together. */
export async function assembleServed(world: ServedWorld): Promise<AssembledPipeline> {
  const { policy, config, now, logger } = world;
  const root = projectRoot();
  const books = readPolicyBooks(root);
  refuseMissing(
    config,
    books.subgraphs.map(({ name }) => name),
  );
  const keys = configuredKeys(config, world.configFolder);
  const site = await startSite(world, root, vaultOf(world, keys));
  const running = await createPolicyPipeline({
    ...books,
    ...site.stores,
    policy,
    partners: partnersOf(config),
    urls: urlsOf(config, site.consent.port),
    keys: (audience) => keysFor(audience, { config, keys, site }),
    receipts: site.stores.journal,
    limits: config.limits,
    now,
    logger,
  });
  const close = async (): Promise<void> => {
    await running.close();
    await site.consent.close();
    await site.close();
  };
  return { pipeline: running.pipeline, close };
}

interface Site {
  readonly stores: Pick<ConsentSiteOptions, 'repository' | 'journal' | 'consents' | 'sealer'> &
    Pick<Stores, 'agreements' | 'currentAgreements' | 'bankKeys' | 'keysOf' | 'departures' | 'witnesses' | 'notices'>;
  readonly keys: PartnerEnds;
  readonly consent: RunningServer;
  close(): Promise<void>;
}

/** The stores, and the consent subgraph over them. */
async function startSite(world: ServedWorld, root: string, vault: KeyVault): Promise<Site> {
  const { policy, config, configFolder, now, logger } = world;
  const settings = configuredStore(config, configFolder, process.env);
  if (settings.kind === 'memory') logger.warn('nothing is kept: consents and receipts end with this process');
  const configured = configuredAgreements(config);
  const { close, ...stores } = await openStores({ settings, configured, vault, now, logger });
  const keyOf = idKeys(settings);
  const sealer = createSealer(keyOf('sealed ids'));
  const keys = partnerEnds(consentSubgraph);
  const consent = await startConsentSite({
    ...stores,
    agreements: stores.currentAgreements,
    sealer,
    root,
    keys: keys.partner,
    policyHash: policy.hash,
    now,
    admits: admittedBy(policy.table),
    idKey: keyOf('record ids').toString('base64'),
    auditKey: keyOf('pseudonyms').toString('base64'),
  });
  return { stores: { ...stores, sealer }, keys, consent, close };
}

/** Ids outlive the process, and are the same at every instance, where the store does. */
function idKeys(settings: StoreSettings): (use: string) => Buffer {
  const secret = settings.kind === 'kept' ? settings.secret : randomBytes(32);
  return (use) => Buffer.from(hkdfSync('sha256', secret, '', `ringfence ${use}`, 32));
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

function urlsOf({ banks, subgraphs }: Config, consentPort: number): ReadonlyMap<string, string> {
  return new Map([
    ...banks.map(({ id, url }) => [id, url] as const),
    ...Object.entries(subgraphs).map(([name, { url }]) => [name, url] as const),
    [consentSubgraph, `http://127.0.0.1:${consentPort}/graphql`] as const,
  ]);
}

/** What the configuration names, and what its folders hold. */
function vaultOf({ config, configFolder }: ServedWorld, keys: ReadonlyMap<string, AudienceKeys>): KeyVault {
  const configured = configuredBankKeys(config, keys);
  return createKeyVault({ configured, folders: keyFoldersOf(config, configFolder), monotonicMs });
}

interface KnownKeys {
  readonly config: Config;
  readonly keys: ReadonlyMap<string, AudienceKeys>;
  readonly site: Site;
}

/** Decisions are about banks; the platform's own subgraphs keep what is configured. */
function keysFor(audience: string, { config, keys, site }: KnownKeys): AudienceKeys {
  if (audience === consentSubgraph) return site.keys.gateway;
  if (config.banks.some(({ id }) => id === audience)) return site.stores.keysOf(audience);
  const found = keys.get(audience);
  if (!found) throw new InternalFault(`there are no keys for \`${audience}\``);
  return found;
}
