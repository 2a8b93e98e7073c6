/** The ads system's interests profiles. It knows customers by ids of its own, and nothing else about them. */
import { createSubgraph, type Subgraph } from '../../src/partner/index.js';
import { platformOptions, type PlatformParts } from '../platform/parts.js';

/** What the ads system believes about somebody. */
export interface AdProfile {
  readonly interests: readonly string[];
  readonly locale: string | null;
}

/** Made of what people follow on the platform; nothing financial is at hand here. */
const demoProfiles: ReadonlyMap<string, AdProfile> = new Map([
  ['ad-1', { interests: ['trail running', 'ceramics', 'city breaks'], locale: 'en-US' }],
  ['ad-2', { interests: ['football', 'cooking'], locale: 'es-ES' }],
  ['ad-3', { interests: ['cricket', 'gardening', 'podcasts'], locale: 'en-GB' }],
  ['ad-4', { interests: ['cycling', 'board games'], locale: 'de-DE' }],
]);

/** What an unknown id gives: a profile of the same shape. */
const emptyProfile: AdProfile = { interests: [], locale: null };

/** The subgraph `ads`. */
export function createAdsSubgraph(parts: PlatformParts): Subgraph {
  const profileOf = (id: string): AdProfile => demoProfiles.get(id) ?? emptyProfile;
  return createSubgraph({
    ...platformOptions('ads', parts),
    resolvers: {
      Query: { adProfile: (_: unknown, { id }: { id: string }) => profileOf(id) },
      Customer: {
        __resolveReference: ({ adId }: { adId: string }) => ({ adId }),
        adProfile: ({ adId }: { adId: string }) => profileOf(adId),
      },
    },
  });
}
