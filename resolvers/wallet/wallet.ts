/** The wallet partner as a subgraph: payments between people, and checkouts at listed retailers. */
import { walletAccount } from '../../src/consent/index.js';
import { anchored, createSubgraph, type Subgraph, type SubgraphContext } from '../../src/partner/index.js';
import { platformOptions, type PlatformParts } from '../platform/parts.js';
import { createOnce } from '../idempotency.js';
import type { Checkout, WalletBook } from './walletBook.js';
import { createWrites } from './writes.js';

/** What the wallet is made of. */
export interface WalletParts extends PlatformParts {
  readonly book: WalletBook;
  /** The names of the retailers at which a checkout may be started. */
  readonly listedRetailers: readonly string[];
}

interface Holder {
  readonly ref: string;
}

/** The subgraph `wallet`. Rows are keyed by the wallet's own reference of the customer, which is the grant's `sub`. */
export function createWalletSubgraph(parts: WalletParts): Subgraph {
  const { book, now } = parts;
  const retailers = new Set(parts.listedRetailers);
  return createSubgraph({
    ...platformOptions('wallet', parts),
    resolvers: {
      Mutation: { ...createWrites({ book, retailers, now, once: createOnce(now) }) },
      Customer: {
        __resolveReference: ({ ref }: Holder, { grant }: SubgraphContext) => (ref === grant.sub ? { ref } : null),
        payments: ({ ref }: Holder, _args: unknown, context: SubgraphContext) =>
          book.page(ref)?.payments.filter(({ createdAt }) => isReached(context, createdAt)) ?? null,
        checkouts: ({ ref }: Holder, _args: unknown, context: SubgraphContext) =>
          book.page(ref)?.checkouts.filter(({ startedAt }) => isReached(context, startedAt)) ?? null,
      },
      Checkout: {
        payment: ({ payment }: Checkout) => (payment === null ? null : anchored('Checkout.payment', payment)),
      },
    },
  });
}

/** True for a row whose instant lies within the time that the grant reaches. */
function isReached({ grant }: SubgraphContext, instant: string): boolean {
  if (grant.accounts === 'all') return true;
  const notBefore = grant.accounts.find(({ reference }) => reference === walletAccount)?.notBefore;
  return notBefore === undefined || Date.parse(instant) >= Date.parse(notBefore);
}
