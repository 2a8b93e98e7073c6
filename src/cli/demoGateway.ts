/** The demo's gateway: tokens of the dev issuer, the explorer, and its token picker. */
import { join } from 'node:path';
import { createPolicyGateway, defaultSettings, type Gateway, type Pipeline } from '../gateway/index.js';
import { admittedBy, createVerifier, devAudience, type Verifier } from '../principal/index.js';
import type { DemoWorld } from './assembly.js';
import type { DemoSettings } from './demoSettings.js';
import { demoTokensRoute } from './demoTokens.js';
import { openDevIssuer } from './devIssuer.js';

/** What the gateway is started with, besides the world. */
export interface DemoGatewayOptions {
  readonly root: string;
  readonly settings: DemoSettings;
  readonly pipeline: Pipeline;
}

/** Starts it on 127.0.0.1. Tokens live by the real clock, whatever the demo's own says. */
export async function startDemoGateway(world: DemoWorld, options: DemoGatewayOptions): Promise<Gateway> {
  const { policy, logger } = world;
  const { root, settings, pipeline } = options;
  const now = (): Date => new Date();
  const issuer = await openDevIssuer(root, now);
  const admits = admittedBy(policy.table);
  const verifier = createVerifier({
    issuers: [issuer.issuer],
    audience: devAudience,
    clients: policy.clients,
    admits,
    now,
    clockToleranceS: 0,
    onKeyFailure: (name, error) => logger.error({ issuer: name, err: error }, 'keys could not be loaded'),
  });
  return createPolicyGateway({
    settings: defaultSettings({ portKey: 'PORT', listen: { port: settings.port } }),
    pipeline,
    verifier: onDemoClock(verifier, world.clockOffsetMs),
    logger,
    policyHash: policy.hash,
    approvals: policy.approvals,
    explorerRoot: join(root, 'dist/explorer'),
    pages: new Map([['/demo/tokens', demoTokensRoute(issuer, admits)]]),
    ...(settings.pinnedPolicyHash !== undefined && { pinnedPolicyHash: settings.pinnedPolicyHash }),
  });
}

/** Tokens are judged by the real clock; when the customer logged in is told by the demo's, like everything behind. */
function onDemoClock(verifier: Verifier, clockOffsetMs: number): Verifier {
  const offsetS = Math.floor(clockOffsetMs / 1000);
  return {
    verify: async (headers) => {
      const principal = await verifier.verify(headers);
      const { authTime } = principal;
      return authTime === undefined || offsetS === 0 ? principal : { ...principal, authTime: authTime + offsetS };
    },
  };
}
