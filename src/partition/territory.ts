/** Standing × agreement × scope → what may be asked of each partner, account by account. */
import { type FieldFault, fieldFault } from '../fault/index.js';
import type { AccountStanding, AgreementPort, BankStanding, CategoryMask, PolicyTable } from '../policy/index.js';
import { maskOf } from '../policy/index.js';
import type { Exchange } from '../plan/index.js';

/** One account and the categories that purpose, scope, consent and agreement all allow there. */
export interface GrantableAccount {
  readonly standing: AccountStanding;
  readonly mask: CategoryMask;
}

/** What one principal may ask of one partner. */
export interface Territory {
  readonly bank: string;
  readonly standing: BankStanding;
  /** `'all'` while the customer picks accounts. */
  readonly accounts: readonly GrantableAccount[] | 'all';
  /** Categories allowed on at least one account. */
  readonly union: CategoryMask;
  readonly agreed: CategoryMask;
}

/** Accounts of a territory that allow the same categories: one request each. */
export interface Share {
  readonly territory: Territory;
  readonly accounts: readonly GrantableAccount[] | 'all';
  readonly mask: CategoryMask;
}

/** What territories are drawn from. */
export interface TerritoryRules {
  readonly agreements: AgreementPort;
  readonly table: PolicyTable;
  /** The partners that answer this contract, in registry order. */
  readonly partners: readonly string[];
}

const pickable = maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY']);

/**
 * The territories of the exchange's principal, in registry order. A partner without standing, not disclosed or not
 * live has none: nothing routes to it and nothing names it.
 */
export function territoriesOf({ principal, standing }: Exchange, rules: TerritoryRules): Territory[] {
  if (!principal || !standing) return [];
  const cells = rules.table.cells(principal.purpose);
  const readable = (cells.direct | cells.item | cells.write) & principal.scope;
  const standings = new Map(standing.banks.map((one) => [one.bank, one]));
  return rules.partners.flatMap((bank) => {
    const bankStanding = standings.get(bank);
    if (!bankStanding) return [];
    const agreement = rules.agreements.agreement(bank);
    if (!agreement || (agreement.status !== 'LIVE' && agreement.status !== 'PILOT')) return [];
    const agreed = agreement.covers.get(principal.purpose) ?? 0;
    return [territory(bankStanding, agreed, agreed & readable)];
  });
}

function territory(standing: BankStanding, agreed: CategoryMask, ceiling: CategoryMask): Territory {
  const { bank } = standing;
  if (standing.accounts === 'all') return { bank, standing, accounts: 'all', union: ceiling & pickable, agreed };
  const limit = standing.state === 'picking' ? ceiling & pickable : ceiling;
  const accounts = standing.accounts.map((account) => ({ standing: account, mask: account.categories & limit }));
  const union = accounts.reduce((mask, account) => mask | account.mask, 0);
  return { bank, standing, accounts, union, agreed };
}

/** The accounts of a territory by what they allow, in the order of each group's first account. */
export function sharesOf(territory: Territory): Share[] {
  const { accounts } = territory;
  if (accounts === 'all') return [{ territory, accounts, mask: territory.union }];
  const masks = new Set(accounts.map(({ mask }) => mask));
  return [...masks].map((mask) => ({ territory, mask, accounts: accounts.filter((account) => account.mask === mask) }));
}

/** The whole territory as one share: for rows that belong to no account. */
export function wholeOf(territory: Territory): Share {
  return { territory, accounts: territory.accounts, mask: territory.union };
}

/** The share of one account; undefined for an account that the territory does not hold. */
export function shareOf(territory: Territory, reference: string): Share | undefined {
  if (territory.accounts === 'all') return { territory, accounts: 'all', mask: territory.union };
  const account = territory.accounts.find(({ standing }) => standing.reference === reference);
  return account && { territory, accounts: [account], mask: account.mask };
}

/** Why a territory does not allow `needs`: a bank's exclusion beats the customer's consent. */
export function refusalOf(territory: Territory, needs: CategoryMask): FieldFault {
  if (territory.standing.state === 'reauth') return fieldFault('REAUTH_REQUIRED', territory.bank);
  return fieldFault((needs & ~territory.agreed) === 0 ? 'CONSENT_REQUIRED' : 'BANK_EXCLUDED', territory.bank);
}
