/** What a gateway's stores are opened with. */
import type { Consent, RegisteredAgreement } from '../consent/index.js';
import type { Logger } from '../gateway/index.js';
import type { KeyVault } from './keyVault.js';
import type { StoreSettings } from './storeSettings.js';

/** Where they are, and what they start with. */
export interface StoresWanted {
  readonly settings: StoreSettings;
  /** The agreements as configured, in registry order. */
  readonly configured: readonly RegisteredAgreement[];
  /** The keys to speak to banks with. */
  readonly vault: KeyVault;
  /** Consents that a new store starts with. */
  readonly seeds?: readonly Consent[];
  readonly now: () => Date;
  /** The machine's clock, where `now` is a demo's; absent: `now`. The store's clock must agree with it. */
  readonly wallClock?: () => Date;
  readonly logger: Logger;
}

/** Milliseconds that only ever grow, whatever the wall clock does. */
export function monotonicMs(): number {
  return performance.now();
}
