/** Which keys the gateway speaks to a bank with now: valid by all decisions, and held here. */
import type { KeyKind, KeyRegistry, KeyStanding } from '../consent/index.js';
import { ClientFault } from '../fault/index.js';
import type { Logger } from '../gateway/index.js';
import type { AudienceKeys } from '../partition/index.js';
import type { HeldKey, KeyVault } from './keyVault.js';

/** What a ring is made from. */
export interface KeyRingOptions {
  readonly registry: Pick<KeyRegistry, 'valid'>;
  readonly vault: Pick<KeyVault, 'held'>;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * The keys of a bank at the moment at which they are read: a bank whose last grant key was revoked can still be told so. Reading one
 * throws STALE while what is known of the decisions is too old, and BANK_UNAVAILABLE where no key of its kind is left: nothing is
 * sent then. A key that ought to be used and is not here is named in the log, once.
 */
export function createKeyRing({ registry, vault, logger }: KeyRingOptions): (bank: string) => AudienceKeys {
  const missed = new Set<string>();
  const miss = ({ bank, kid, kind, print }: KeyStanding): void => {
    if (missed.has(print)) return;
    missed.add(print);
    logger.error(
      { bank, kid, kind },
      'a key that was decided is not here: put its file into the key folder of the bank',
    );
  };
  const first = <Kind extends KeyKind>(bank: string, kind: Kind): Extract<HeldKey, { kind: Kind }> => {
    for (const standing of registry.valid(bank, kind)) {
      const held = vault.held(standing);
      if (held) return held as Extract<HeldKey, { kind: Kind }>;
      miss(standing);
    }
    throw new ClientFault('BANK_UNAVAILABLE');
  };
  return (bank) => ({
    get grantKey() {
      const { kid, key } = first(bank, 'grant');
      return { kid, key };
    },
    get macKey() {
      return first(bank, 'mac').key;
    },
  });
}
