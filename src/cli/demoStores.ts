/** The demo's stores: its agreements, and the consents that it starts with where nothing is kept yet. */
import { demoAgreements, demoRegistry } from '../../resolvers/demo/registry.js';
import { demoBanks } from '../../resolvers/demo/world.js';
import { demoConsents } from '../../resolvers/demo/seeds.js';
import { type Consent, createConsentPort, createMemoryRepository, dayMs } from '../consent/index.js';
import type { Policy } from '../policy/index.js';
import { admittedBy } from '../principal/index.js';
import type { DemoWorld } from './assembly.js';
import { heldKeysOf } from './configuredKeys.js';
import { createKeyVault, type KeyVault } from './keyVault.js';
import { openStores, type Stores } from './stores.js';
import type { StoreSettings } from './storeSettings.js';
import { monotonicMs } from './storesWanted.js';

/** What the demo's stores are filled by. */
export interface DemoSeedsSource extends Pick<DemoWorld, 'now' | 'clockOffsetMs'> {
  readonly policy: Pick<Policy, 'table'>;
}

/** The consents that the demo starts with, anchored to the day, so that two runs of one day agree in every date that a client can see. */
export function demoSeeds({ policy, now, clockOffsetMs }: DemoSeedsSource): readonly Consent[] {
  const realNow = now().getTime() - clockOffsetMs;
  const startedAt = new Date(realNow - (realNow % dayMs));
  return demoConsents({ startedAt, admits: admittedBy(policy.table) });
}

/** Agreements and consents as a demo has them that nobody has used yet. */
export function unusedDemo(source: DemoSeedsSource) {
  const agreements = demoRegistry();
  return { agreements, consents: createConsentPort(createMemoryRepository(demoSeeds(source)), agreements, source.now) };
}

/** Opens them, and writes the seeds about customers of whom nothing is kept. */
export function openDemoStores(
  source: DemoSeedsSource & Pick<DemoWorld, 'keys' | 'logger'>,
  settings: StoreSettings,
): Promise<Stores> {
  const { now, logger, clockOffsetMs } = source;
  const wallClock = (): Date => new Date(now().getTime() - clockOffsetMs);
  const [configured, seeds] = [demoAgreements, demoSeeds(source)];
  return openStores({ settings, configured, vault: vaultOf(source), seeds, now, wallClock, logger });
}

/** The keys of this run, and no folder of further ones: nothing of them is written down. */
function vaultOf({ keys }: Pick<DemoWorld, 'keys'>): KeyVault {
  const configured = demoBanks.flatMap((bank) => {
    const ends = keys.get(bank);
    return ends?.partner.macKeys.flatMap(({ kid }) => heldKeysOf(bank, ends.gateway, kid)) ?? [];
  });
  return createKeyVault({ configured, folders: new Map(), monotonicMs });
}
