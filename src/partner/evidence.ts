import type { GrantClaims, GrantedAccount } from '../partition/index.js';
import type { CategoryMask, DataCategory, Evidence, Purpose, Row } from '../policy/index.js';
import { maskOf } from '../policy/index.js';

/** What a bank's own copy of its agreement covers per purpose; `'none'` where the platform owns the subgraph itself. */
export type PartnerAgreement = ReadonlyMap<Purpose, CategoryMask> | 'none';

/** What is read while a customer picks accounts. */
const pickingMask = maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY']);

/** The evidence behind one verified grant, for the shield's rules. */
export function evidenceOf(grant: GrantClaims, agreement: PartnerAgreement): Evidence {
  const scope = maskOf(grant.scope);
  const agreed = agreement === 'none' ? ~0 : (agreement.get(grant.purpose) ?? 0);
  const tuples = tuplesOf(grant);
  return {
    purpose: grant.purpose,
    scope: (category) => covers(scope, category),
    agreement: (category) => covers(agreed, category),
    consent: (category, row) => (tuples === 'all' ? covers(pickingMask, category) : consented(tuples, category, row)),
  };
}

interface Tuple {
  readonly direct: CategoryMask;
  readonly anchored: ReadonlyMap<string, CategoryMask>;
}

function tuplesOf({ accounts }: GrantClaims): ReadonlyMap<string, Tuple> | 'all' {
  return accounts === 'all' ? 'all' : new Map(accounts.map((account) => [account.reference, tupleOf(account)]));
}

function tupleOf({ categories, anchored }: GrantedAccount): Tuple {
  const edges = new Map<string, CategoryMask>();
  for (const { edge, categories: below } of anchored) edges.set(edge, (edges.get(edge) ?? 0) | maskOf(below));
  return { direct: maskOf(categories), anchored: edges };
}

function consented(tuples: ReadonlyMap<string, Tuple>, category: DataCategory, row: Row): boolean {
  if (row.accountReference !== undefined) return tupleCovers(tuples.get(row.accountReference), category, row.anchor);
  for (const tuple of tuples.values()) if (tupleCovers(tuple, category, row.anchor)) return true;
  return false;
}

function tupleCovers(tuple: Tuple | undefined, category: DataCategory, anchor: string | undefined): boolean {
  if (tuple === undefined) return false;
  const onAnchor = anchor === undefined ? 0 : (tuple.anchored.get(anchor) ?? 0);
  return covers(tuple.direct | onAnchor, category);
}

function covers(mask: CategoryMask, category: DataCategory): boolean {
  return (mask & maskOf([category])) !== 0;
}
