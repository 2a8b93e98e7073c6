/** A grant says what is wanted, whatever the purpose's row allows. Stands for `src/partition/grantBody.ts`. */
import { dataCategories } from '../../../src/policy/index.js';
import type * as wall from '../../../src/partition/grantBody.js';

export const grantBodyOf: typeof wall.grantBodyOf = ({ territory, accounts }, { clientId, purpose, authTime }) => ({
  aud: territory.bank,
  sub: territory.standing.customerReference,
  client: clientId,
  purpose,
  ...(authTime !== undefined && { authTime }),
  scope: dataCategories,
  accounts:
    accounts === 'all'
      ? 'all'
      : accounts.map(({ standing: { reference } }) => ({ reference, categories: dataCategories, anchored: [] })),
  consents: territory.standing.consents,
});
