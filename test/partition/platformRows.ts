import { GraphQLError } from 'graphql';
import type { PartnerRows } from './bankGraph.js';

/** The customer that worlds are asked for. */
export const customer = 'customer-1';

function refused(): never {
  throw new GraphQLError('refused', { extensions: { code: 'CONSENT_REQUIRED' } });
}

/** The platform's own subgraphs, as far as operations on banks need them. */
export const platformRows: Readonly<Record<string, PartnerRows>> = {
  directory: {
    roots: { me: { ref: customer, adId: 'ad-1', id: 'pairwise', displayName: 'Maya', locale: 'en' } },
    entities: {
      Customer: (key) => ({ ...key, id: 'pairwise' }),
      Bank: ({ id }) => ({ id, name: `Bank ${String(id)}` }),
    },
  },
  consent: {
    entities: {
      Customer: () => ({
        connections: ['harbor', 'summit'].map((bank) => ({
          bankId: bank,
          reference: `${bank}-c1`,
          id: `connection-${bank}`,
          bank: { id: bank },
        })),
        consents: [
          { id: 'consent-harbor', state: 'ACTIVE', bank: { id: 'harbor' }, accountIds: ['sealed'] },
          { id: 'consent-summit', state: 'REVOKED', bank: refused, accountIds: null },
        ],
      }),
    },
  },
};
