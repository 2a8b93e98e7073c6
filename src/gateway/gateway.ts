/** The composition root: a pipeline, a verifier and settings → a gateway that listens. */
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode } from 'graphql';
import { type ViewName, viewNames } from '../policy/index.js';
import type { Verifier } from '../principal/index.js';
import { jsonAnswer } from './answer.js';
import type { Pipeline } from './contract.js';
import { explorerRoutes } from './explorer.js';
import { graphqlRoute } from './graphqlRoute.js';
import { type Route, startHttpServer } from './httpServer.js';
import type { Logger } from './log.js';
import { withOrigins } from './origins.js';
import { refuseOtherPolicy, type ServablePolicy } from './servablePolicy.js';
import type { GatewaySettings } from './settings.js';

import { startViewServer, type ViewServer } from './viewServer.js';

/** What every gateway is made of. */
export interface GatewayOptions {
  readonly settings: GatewaySettings;
  readonly pipeline: Pipeline;
  readonly logger: Logger;
  /** The folder of the built explorer; no page is served without it. */
  readonly explorerRoot?: string;
}

/** What a gateway under policy is made of besides. */
export interface PolicyGatewayOptions extends GatewayOptions {
  readonly verifier: Verifier;
  /** The hash of the policy that `pipeline` applies. */
  readonly policyHash: string;
  /** Who approved that policy, when and why; shown at `/policy` with the hash. */
  readonly approvals?: ServablePolicy['approvals'];
  /** The hash that this gateway may serve, pinned from outside (`RINGFENCE_POLICY_HASH`). */
  readonly pinnedPolicyHash?: string;
  /** Pages besides the gateway's own; the demo's token picker is one. */
  readonly pages?: ReadonlyMap<string, Route>;
}

/** A gateway that answers. */
export interface Gateway {
  readonly host: string;
  /** The port that it got, where 0 was asked for. */
  readonly port: number;
  /** `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** Answers what is under way, then stops. */
  stop(): Promise<void>;
}

/** Starts a gateway under policy. Rejects with a `StartFault`, also where the policy is not the pinned one. */
export async function createPolicyGateway(options: PolicyGatewayOptions): Promise<Gateway> {
  const { policyHash, pinnedPolicyHash, approvals = [] } = options;
  refuseOtherPolicy(policyHash, pinnedPolicyHash);
  const policy = jsonAnswer(200, JSON.stringify({ hash: policyHash, approvals }));
  const pages = new Map<string, Route>([...(options.pages ?? []), ['/policy', { GET: async () => policy }]]);
  return start(options, { views: viewNames, pages, verifier: options.verifier });
}

/** Starts a gateway without policy or principals, for a plain supergraph. Rejects with a `StartFault`. */
export function createPlainGateway(options: GatewayOptions): Promise<Gateway> {
  return start(options, { views: ['first-party'], pages: new Map() });
}

interface Mode {
  readonly views: readonly ViewName[];
  readonly pages: ReadonlyMap<string, Route>;
  readonly verifier?: Verifier;
}

async function start(options: GatewayOptions, mode: Mode): Promise<Gateway> {
  const { settings, logger } = options;
  const views = await startViews(options, mode.views);
  const graphql = graphqlRoute({
    views,
    logger,
    bodyLimitBytes: settings.bodyLimitBytes,
    ...(mode.verifier && { verifier: mode.verifier }),
  });
  const healthy = jsonAnswer(200, '{"status":"ok"}');
  const routes = new Map<string, Route>([
    ...(options.explorerRoot === undefined ? [] : await explorerRoutes(options.explorerRoot)),
    ...mode.pages,
    ['/healthcheck', { GET: async () => healthy }],
    ['/graphql', withOrigins(graphql, settings.allowedOrigins)],
  ]);
  const { host, port, stop } = await startHttpServer({ ...settings, ...settings.listen, routes, logger });
  const stopAll = async (): Promise<void> => {
    await stop();
    await Promise.all([...views.values()].map((view) => view.stop()));
    logger.flush();
  };
  return { host, port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`, stop: stopAll };
}

async function startViews(options: GatewayOptions, names: readonly ViewName[]): Promise<Map<ViewName, ViewServer>> {
  const { pipeline, logger, settings } = options;
  const documents = new InMemoryLRUCache<DocumentNode>({
    maxSize: settings.documentCacheBytes,
    sizeCalculation: documentBytes,
  });
  const servers = names.map(async (view): Promise<[ViewName, ViewServer]> => [
    view,
    await startViewServer({ view, pipeline, documents, limits: settings.limits, logger }),
  ]);
  return new Map(await Promise.all(servers));
}

/** What a parsed document takes in memory, by experience about this many bytes for each character of its text. */
const bytesPerCharacter = 80;

function documentBytes(document: DocumentNode): number {
  return bytesPerCharacter * (document.loc?.end ?? 10_000);
}
