/** Retailers' offers: the same list in the same order for everyone. */
import { createSubgraph, type Subgraph } from '../../src/partner/index.js';
import { createPager, type PageArguments } from '../platform/page.js';
import { platformOptions, type PlatformParts } from '../platform/parts.js';
import { retailers, type Retailer } from './retailers.js';

/** An offer that depends on nobody. */
export interface MerchantOffer {
  readonly id: string;
  readonly merchant: string;
  readonly text: string;
  readonly validUntil: string;
}

/** How offers read, and how many months after this one they end. */
const kinds = [
  { name: 'tenth', months: 0, text: ({ goods }: Retailer) => `10% off ${goods} this month` },
  { name: 'pair', months: 1, text: ({ goods }: Retailer) => `Buy two, pay for the dearer one: ${goods}` },
  { name: 'delivery', months: 2, text: ({ name }: Retailer) => `Free delivery on everything from ${name}` },
] as const;

/** Not a secret: the list is open. It only keeps cursors opaque, and the same wherever the list is served. */
const cursorKey = 'ringfence merchant offers';

/** The subgraph `offers`. */
export function createOffersSubgraph(parts: PlatformParts): Subgraph {
  const page = createPager(cursorKey);
  return createSubgraph({
    ...platformOptions('offers', parts),
    resolvers: {
      Query: {
        merchantOffers: (_: unknown, args: PageArguments) =>
          page({ items: offersAt(parts.now()), idOf: ({ id }) => id, scope: ['merchantOffers'] }, args),
      },
    },
  });
}

/** All offers at an instant: three of each listed retailer. */
export function offersAt(now: Date): readonly MerchantOffer[] {
  return kinds.flatMap((kind) =>
    retailers.map((retailer) => ({
      id: `${retailer.id}-${kind.name}`,
      merchant: retailer.name,
      text: kind.text(retailer),
      validUntil: endOfMonth(now, kind.months),
    })),
  );
}

/** The last second of the month that lies `months` after `now`'s, UTC. */
function endOfMonth(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + 1, 1) - 1000).toISOString();
}
