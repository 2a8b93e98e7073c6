/** The consent subgraph beside its stores: in the gateway's own process, on a port like any other subgraph. */
import { join } from 'node:path';
import { createConsentSubgraph } from '../../resolvers/consent/consent.js';
import type { ConsentParts } from '../../resolvers/consent/parts.js';
import { readPlatformSdl } from '../../resolvers/platform/readSdl.js';
import type { Sealer } from '../partition/index.js';
import { type RunningServer, startServer } from '../partner/index.js';

/** What the site is made of, besides what it reads and makes itself. */
export interface ConsentSiteOptions extends Omit<ConsentParts, 'sdl' | 'accounts'> {
  /** The package's own folder. */
  readonly root: string;
  readonly sealer: Sealer;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startConsentSite({ root, sealer, ...parts }: ConsentSiteOptions): Promise<RunningServer> {
  const subgraph = createConsentSubgraph({
    ...parts,
    sdl: await readPlatformSdl(join(root, 'schema'), 'consent'),
    accounts: {
      open: (customer, id) => sealer.open({ kind: 'ACCOUNT', customer }, id),
      seal: (customer, bank, reference) => sealer.seal({ kind: 'ACCOUNT', customer }, { bank, reference }),
    },
  });
  return startServer(0, (request, response) => subgraph.handle(request, response));
}
