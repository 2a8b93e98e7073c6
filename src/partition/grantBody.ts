import { categoriesOf, type PolicyTable, type Purpose } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import type { GrantedAccount } from './grant.js';
import type { GrantBody } from './issuer.js';
import type { GrantableAccount, Share } from './territory.js';

/**
 * The claims for one share: the accounts it covers, what may be read there directly, and what only on items that hang
 * on the purpose's anchor edges. What the grant does not say, the partner refuses.
 */
export function grantBodyOf(share: Share, principal: Principal, table: PolicyTable): GrantBody {
  const { standing, bank } = share.territory;
  const { purpose } = principal;
  return {
    aud: bank,
    sub: standing.customerReference,
    client: principal.clientId,
    purpose,
    ...(principal.authTime !== undefined && { authTime: principal.authTime }),
    scope: categoriesOf(principal.scope),
    accounts: share.accounts === 'all' ? 'all' : share.accounts.map((account) => granted(account, purpose, table)),
    consents: standing.consents,
  };
}

function granted({ standing, mask }: GrantableAccount, purpose: Purpose, table: PolicyTable): GrantedAccount {
  const cells = table.cells(purpose);
  const onItems = categoriesOf(mask & cells.item);
  const edges = onItems.length === 0 ? [] : [...(table.matrix.anchors.get(purpose) ?? [])];
  return {
    reference: standing.reference,
    categories: categoriesOf(mask & (cells.direct | cells.write)),
    anchored: edges.map((edge) => ({ edge, categories: onItems })),
    ...(standing.notBefore !== undefined && { notBefore: standing.notBefore }),
  };
}
