/** Whole worlds in one process: gateway, banks and platform over HTTP, with banks whose data can be changed between calls. */
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import {
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  defaultFieldResolver,
} from 'graphql';
import { createAdsSubgraph } from '../../resolvers/ads/ads.js';
import { createAppsSubgraph } from '../../resolvers/apps/apps.js';
import { createBank } from '../../resolvers/bank/bank.js';
import { bankContract } from '../../resolvers/bank/contract.js';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { demoBankNames, demoBanks, demoCustomers, type DemoBank } from '../../resolvers/demo/world.js';
import { createDirectorySubgraph } from '../../resolvers/directory/directory.js';
import { createOffersSubgraph } from '../../resolvers/offers/offers.js';
import { retailers } from '../../resolvers/offers/retailers.js';
import { readPlatformSdl, type PlatformSubgraph } from '../../resolvers/platform/readSdl.js';
import { demoPages } from '../../resolvers/wallet/demoPages.js';
import { createWalletSubgraph } from '../../resolvers/wallet/wallet.js';
import { createWalletBook } from '../../resolvers/wallet/walletBook.js';
import type { DemoIdKeys } from '../../src/cli/demoIdKeys.js';
import { partnerEnds, type PartnerEnds } from '../../src/cli/partnerEnds.js';
import { createLogger } from '../../src/gateway/log.js';
import { built } from './built.js';
import {
  readBody,
  refusal,
  sendJson,
  startServer,
  type RunningServer,
  type Subgraph,
} from '../../src/partner/index.js';
import type { Policy } from '../../src/policy/index.js';

/** One request that the gateway sent. */
export interface Sent {
  /** The bank or subgraph that got it. */
  readonly to: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Changes what a resolver of a subgraph gives back. */
export type Twist = (at: Resolved) => unknown;

/** What a resolver of a subgraph gave back. */
export interface Resolved {
  readonly subgraph: string;
  readonly coordinate: string;
  readonly type: GraphQLOutputType;
  readonly value: unknown;
}

/** What a world is started from. */
export interface WorldSeed {
  readonly policy: Policy;
  /** The banks' and the wallet's. */
  readonly salt: string;
  /** The same in two worlds that are compared, or their ids would differ. */
  readonly idKeys: DemoIdKeys;
  /** The same too: banks make their cursors with them. */
  readonly keys: ReadonlyMap<string, PartnerEnds>;
  readonly twist?: Twist;
}

/** A running world. */
export interface RunningWorld {
  /** Of the gateway, with its path. */
  readonly url: string;
  /** What was sent since the last look, oldest first. */
  take(): readonly Sent[];
  stop(): Promise<void>;
}

const platform = ['directory', 'wallet', 'offers', 'ads', 'apps'] as const;
const now = (): Date => new Date();

/** Starts one on free ports of 127.0.0.1. About half a second of CPU. */
export async function startTwin(seed: WorldSeed): Promise<RunningWorld> {
  let sent: Sent[] = [];
  const serve = (subgraphs: ReadonlyMap<string, Subgraph>): Promise<RunningServer> =>
    serveTapped(subgraphs, (one) => void sent.push(one));
  const banks = await Promise.all(
    demoBanks.map(async (bank) => [bank, await serve(new Map([['graphql', bankOf(bank, seed)]]))] as const),
  );
  const site = await serve(await platformOf(seed));
  const address = ({ port }: RunningServer): string => `http://127.0.0.1:${port}`;
  const addresses = { banks: new Map(banks.map(([bank, server]) => [bank, address(server)])), platform: address(site) };
  const logger = createLogger('silent');
  const { policy, idKeys, keys } = seed;
  const { assembleDemo, openDemoStores, startDemoGateway } = await built();
  const base = { policy: { ...policy, approvals: [] }, keys, addresses, now, clockOffsetMs: 0, logger, ...idKeys };
  const world = { ...base, stores: await openDemoStores(base, { kind: 'memory' }) };
  const { pipeline, close } = await assembleDemo(world);
  const settings = { port: 0, bankPort: 0, salt: seed.salt, clockOffsetMs: 0, logLevel: 'silent' as const };
  const gateway = await startDemoGateway(world, { root: process.cwd(), settings, pipeline });
  return {
    url: gateway.url,
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    stop: async () => {
      await gateway.stop();
      await close();
      await Promise.all([site, ...banks.map(([, server]) => server)].map((server) => server.close()));
    },
  };
}

/** Fresh keys between a gateway and each of its partners. */
export function partnerKeys(): ReadonlyMap<string, PartnerEnds> {
  return new Map([...demoBanks, ...platform, 'consent'].map((name) => [name, partnerEnds(name)]));
}

function partnerOf({ keys }: WorldSeed, name: string): PartnerEnds['partner'] {
  const found = keys.get(name);
  if (!found) throw new RangeError(`no keys for \`${name}\``);
  return found.partner;
}

function bankOf(bank: DemoBank, seed: WorldSeed): Subgraph {
  const { policy, salt, twist } = seed;
  const agreement = demoAgreements.find((one) => one.bank === bank)?.covers ?? new Map();
  const options = { bank, sdl: bankContract(), keys: partnerOf(seed, bank), policyHash: policy.hash, agreement };
  return twisted(createBank({ ...options, salt, now }), bank, twist);
}

async function platformOf(seed: WorldSeed): Promise<ReadonlyMap<string, Subgraph>> {
  const { policy, salt, idKeys, twist } = seed;
  const own = async (name: PlatformSubgraph) => {
    const sdl = await readPlatformSdl(join(process.cwd(), 'schema'), name);
    return { sdl, keys: partnerOf(seed, name), policyHash: policy.hash, now };
  };
  const banks = demoBanks.filter((id) => id !== 'union').map((id) => ({ id, name: demoBankNames[id] }));
  const { pairwiseKey } = idKeys;
  const holders = demoCustomers
    .flatMap(({ holdings }) => holdings)
    .flatMap(({ bank, customerReference }) => (bank === 'wallet' ? [customerReference] : []));
  const book = createWalletBook(demoPages(holders, { salt, startedAt: now() }), now);
  const listedRetailers = retailers.map(({ name }) => name);
  const made: Readonly<Record<(typeof platform)[number], Subgraph>> = {
    directory: createDirectorySubgraph({
      ...(await own('directory')),
      pairwiseKey,
      customers: demoCustomers,
      banks: () => banks,
    }),
    wallet: createWalletSubgraph({ ...(await own('wallet')), book, listedRetailers }),
    offers: createOffersSubgraph(await own('offers')),
    ads: createAdsSubgraph(await own('ads')),
    apps: createAppsSubgraph(await own('apps')),
  };
  return new Map(platform.map((name) => [name, twisted(made[name], name, twist)]));
}

/** Puts the twist over every resolver; below it, shield and data are as they are. */
function twisted(subgraph: Subgraph, name: string, twist: Twist | undefined): Subgraph {
  if (twist === undefined) return subgraph;
  for (const { coordinate, field } of fieldsOf(subgraph.schema)) {
    const resolve: GraphQLFieldResolver<unknown, unknown> = field.resolve ?? defaultFieldResolver;
    field.resolve = async (...given) =>
      twist({ subgraph: name, coordinate, type: field.type, value: await resolve(...given) });
  }
  return subgraph;
}

function fieldsOf(schema: GraphQLSchema) {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  return types
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ coordinate: `${type.name}.${field.name}`, field })),
    );
}

/** Serves at `/graphql` and at `/<name>/graphql`, and tells what comes in. */
function serveTapped(subgraphs: ReadonlyMap<string, Subgraph>, tell: (sent: Sent) => void): Promise<RunningServer> {
  return startServer(0, async (request, response) => {
    const [, name = ''] = (request.url ?? '').split('/');
    const subgraph = subgraphs.get(name);
    const body = await readBody(request, 1_048_576);
    if (!subgraph || body === undefined) return sendJson(request, response, refusal('NOT_FOUND'));
    const { headers } = request;
    tell({ to: name === 'graphql' ? bankIn(headers) : name, headers, body });
    sendJson(request, response, await subgraph.answer({ headers, body }));
  });
}

/** The bank that a grant names as its audience. */
function bankIn({ authorization = '' }: IncomingHttpHeaders): string {
  return String(grantIn(authorization)['aud']);
}

/** The claims of a grant. */
export function grantIn(authorization: string): Readonly<Record<string, unknown>> {
  const [, claims = ''] = authorization.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}
