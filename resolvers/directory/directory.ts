/** The platform's directory: customers' public profiles and publicly live banks. */
import type { GrantClaims } from '../../src/partition/index.js';
import { createSubgraph, type Subgraph, type SubgraphContext } from '../../src/partner/index.js';
import { platformOptions, type PlatformParts } from '../platform/parts.js';
import { createPseudonymizer, type Pseudonymizer } from '../platform/pseudonym.js';

/** A customer as the platform knows them. */
export interface CustomerProfile {
  readonly id: string;
  readonly adId: string;
  readonly displayName: string;
  readonly locale: string;
}

/** A bank that is publicly live. */
export interface PublicBank {
  readonly id: string;
  readonly name: string;
}

/** What the directory is made of. */
export interface DirectoryParts extends PlatformParts {
  readonly customers: readonly CustomerProfile[];
  /** The banks that may be named now, in any order; the wallet is not one of them. */
  readonly banks: () => readonly PublicBank[];
  /** Keeps a customer's ids at two clients apart. Another key gives every customer other ids. */
  readonly pairwiseKey: string;
}

/** The wallet where a consent or a receipt names it; it is no bank that could be looked up or listed. */
const wallet: PublicBank = { id: 'wallet', name: 'Pocket Wallet' };

/** The subgraph `directory`. */
export function createDirectorySubgraph(parts: DirectoryParts): Subgraph {
  const find = customerFinder(parts.customers, createPseudonymizer(parts.pairwiseKey));
  const named = (id: string): PublicBank | null => parts.banks().find((bank) => bank.id === id) ?? null;
  return createSubgraph({
    ...platformOptions('directory', parts),
    resolvers: {
      Query: {
        me: (_: unknown, __: unknown, { grant }: SubgraphContext) => find(grant, {}),
        bank: (_: unknown, { id }: { id: string }) => named(id),
        banks: () => [...parts.banks()].sort((one, other) => (one.name < other.name ? -1 : 1)),
      },
      Customer: {
        __resolveReference: (key: CustomerKey, { grant }: SubgraphContext) => find(grant, key),
      },
      Bank: {
        __resolveReference: ({ id }: { id: string }) => (id === wallet.id ? wallet : named(id)),
      },
    },
  });
}

interface CustomerKey {
  readonly ref?: string;
  readonly adId?: string;
}

interface CustomerRow extends CustomerKey {
  readonly id: string;
  readonly displayName: string;
  readonly locale: string;
}

type CustomerFinder = (grant: GrantClaims, key: CustomerKey) => CustomerRow | null;

/** Only ever finds the customer that the grant speaks for, and only for a client that the id can be made for. */
function customerFinder(customers: readonly CustomerProfile[], pairwise: Pseudonymizer): CustomerFinder {
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  return ({ sub, client }, key) => {
    const customer = sub === undefined ? undefined : byId.get(sub);
    if (customer === undefined || client === undefined) return null;
    const { id: ref, adId, displayName, locale } = customer;
    if (key.ref !== undefined && key.ref !== ref) return null;
    if (key.adId !== undefined && key.adId !== adId) return null;
    return { ref, adId, id: pairwise(client, ref), displayName, locale };
  };
}
