/** The demo's platform process: configuration in, a server of five subgraphs out. */
import { isDisclosed } from '../../src/consent/index.js';
import type { PartnerKeys, RunningServer, Subgraph } from '../../src/partner/index.js';
import { createAdsSubgraph } from '../ads/ads.js';
import { createAppsSubgraph } from '../apps/apps.js';
import { demoAgreements } from '../demo/registry.js';
import { demoBankNames, demoBanks, demoCustomers } from '../demo/world.js';
import { createDirectorySubgraph, type PublicBank } from '../directory/directory.js';
import { createOffersSubgraph } from '../offers/offers.js';
import { retailers } from '../offers/retailers.js';
import { demoPages } from '../wallet/demoPages.js';
import { createWalletSubgraph } from '../wallet/wallet.js';
import { createWalletBook, type WalletBook } from '../wallet/walletBook.js';
import type { PlatformParts } from './parts.js';
import { servePlatform } from './platformServer.js';
import { readPlatformSdl, type PlatformSubgraph } from './readSdl.js';

/** The platform's subgraphs that share this process; `consent` runs in the gateway's. */
export const servedSubgraphs = ['directory', 'wallet', 'offers', 'ads', 'apps'] as const;

/** One of {@link servedSubgraphs}. */
export type ServedSubgraph = (typeof servedSubgraphs)[number] & PlatformSubgraph;

/** What `ringfence demo` tells the process. */
export interface PlatformProcessConfig {
  /** 0 takes a free one. */
  readonly port: number;
  /** The folder `schema/` of the project, as an absolute path. */
  readonly schemaFolder: string;
  readonly keys: Readonly<Record<ServedSubgraph, PartnerKeys>>;
  readonly policyHash: string;
  /** Milliseconds that the demo's clock runs ahead. */
  readonly clockOffsetMs: number;
  /** Keeps customers' ids at two clients apart; the same key gives the same ids in every run. */
  readonly pairwiseKey: string;
  /** Changes the wallet's payments, and nothing that an open or ads client can see. */
  readonly salt: string;
}

/** News for the process, as the registry changes: the banks that may be named from now on. */
export interface PlatformNews {
  readonly disclosed: readonly string[];
}

/**
 * Starts the process's server. Before the first news it names the banks that are configured as publicly live: the open graph
 * answers also where nobody can read what was decided since. Rejects for a configuration that does not fit, and with EADDRINUSE
 * for a taken port.
 */
export async function startPlatform(
  config: PlatformProcessConfig,
): Promise<RunningServer & { hear(news: PlatformNews): void }> {
  let banks = namedBanks(demoAgreements.filter(isDisclosed).map(({ bank }) => bank));
  const now = (): Date => new Date(Date.now() + config.clockOffsetMs);
  const parts = await Promise.all(
    servedSubgraphs.map(async (name) => [name, await partsOf(name, config, now)] as const),
  );
  const made = { ...config, banks: () => banks };
  const subgraphs = parts.map(([name, own]) => [name, create[name](own, made)] as const);
  const server = await servePlatform(new Map(subgraphs), config.port);
  return { ...server, hear: ({ disclosed }) => void (banks = namedBanks(disclosed)) };
}

async function partsOf(name: ServedSubgraph, config: PlatformProcessConfig, now: () => Date): Promise<PlatformParts> {
  const sdl = await readPlatformSdl(config.schemaFolder, name);
  return { sdl, keys: config.keys[name], policyHash: config.policyHash, now };
}

interface Made extends PlatformProcessConfig {
  readonly banks: () => readonly PublicBank[];
}

type Create = (parts: PlatformParts, config: Made) => Subgraph;

const create: Readonly<Record<ServedSubgraph, Create>> = {
  directory: (parts, { pairwiseKey, banks }) =>
    createDirectorySubgraph({ ...parts, pairwiseKey, customers: demoCustomers, banks }),
  wallet: (parts, { salt }) =>
    createWalletSubgraph({
      ...parts,
      book: demoBook(salt, parts.now),
      listedRetailers: retailers.map(({ name }) => name),
    }),
  offers: (parts) => createOffersSubgraph(parts),
  ads: (parts) => createAdsSubgraph(parts),
  apps: (parts) => createAppsSubgraph(parts),
};

function namedBanks(disclosed: readonly string[]): readonly PublicBank[] {
  return demoBanks.filter((id) => disclosed.includes(id)).map((id) => ({ id, name: demoBankNames[id] }));
}

function demoBook(salt: string, now: () => Date): WalletBook {
  const holdings = demoCustomers.flatMap((customer) => customer.holdings).filter(({ bank }) => bank === 'wallet');
  const holders = holdings.map(({ customerReference }) => customerReference);
  return createWalletBook(demoPages(holders, { salt, startedAt: now() }), now);
}
