import type { ConsentPort } from '../policy/index.js';
import type { AgreementRegistry } from './agreementRegistry.js';

/** More than the deadlines and changes of one revision: see `consentPort.ts`. */
const perRevision = 2 ** 20;

/**
 * Consents whose epoch moves with every decision about an agreement too, so that an answer under way is discarded when a bank
 * is suspended or narrowed meanwhile, or a key of one is revoked. Throws STALE while what is known of the decisions is too old.
 */
export function underRegistry(consents: ConsentPort, registry: Pick<AgreementRegistry, 'revision'>): ConsentPort {
  return {
    ...consents,
    standing: async (question, now) => {
      // Asked first: a decision that comes in between makes the epoch older than the state, never newer.
      const revision = registry.revision();
      const standing = await consents.standing(question, now);
      return { ...standing, epoch: standing.epoch + revision * perRevision };
    },
    epoch: async (customer) => {
      const revision = registry.revision();
      return (await consents.epoch(customer)) + revision * perRevision;
    },
    knownEpoch: (customer) => {
      const known = consents.knownEpoch(customer);
      return known === undefined ? undefined : known + registry.revision() * perRevision;
    },
  };
}
