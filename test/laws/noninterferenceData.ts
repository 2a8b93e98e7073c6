/** Which fields of which partner a reader may see nothing of: by the oracle, the demo's consents and its agreements. */
import { isNonNullType } from 'graphql';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { demoConsents } from '../../resolvers/demo/seeds.js';
import { categoriesOf, financialMask, type Purpose } from '../../src/policy/index.js';
import type { OwnBooks } from './ownBooks.js';
import { PolicyOracle } from './policyOracle.js';
import type { Resolved } from './twoWorlds.js';

/** Who asks. */
export interface Reader {
  readonly client: string;
  readonly purpose: Purpose;
  readonly scope: string;
  readonly customer?: string;
}

const seeded = demoConsents({ startedAt: new Date(), admits: () => financialMask });

/**
 * True of what a resolver gave and the reader may not see anywhere: the policy denies it even on an item, or no consent, or
 * the agreement does not, cover it. Keys stay, and what must not be null.
 */
export function excludedFrom({ books, keys }: OwnBooks, reader: Reader): (resolved: Resolved) => boolean {
  const oracle = new PolicyOracle(books, reader);
  const known = new Map<string, boolean>();
  const covered = new Map<string, ReadonlySet<string>>();
  const judge = (partner: string, coordinate: string): boolean => {
    const said = books.labels.filter((label) => label.coordinate === coordinate);
    if (said.length === 0 || keys.has(coordinate) || /^(Mutation|Subscription|Query)\./.test(coordinate)) return false;
    const categories = said.flatMap((label) => label.categories).filter(isFinancial);
    const cover = covered.get(partner) ?? coverOf(reader, partner);
    covered.set(partner, cover);
    if (categories.length === 0) return false;
    if (!oracle.permits({ coordinate, input: false, item: true })) return true;
    return reader.purpose !== 'CONSENT_MANAGEMENT' && !categories.every((category) => cover.has(category));
  };
  return ({ subgraph, coordinate, type }) => {
    if (isNonNullType(type) && !String(type).startsWith('[')) return false;
    const key = `${subgraph} ${coordinate}`;
    const excluded = known.get(key) ?? judge(subgraph, coordinate);
    known.set(key, excluded);
    return excluded;
  };
}

const financial: ReadonlySet<string> = new Set(categoriesOf(financialMask));

function isFinancial(category: string): boolean {
  return financial.has(category);
}

/** The categories that consent and agreement cover at a partner. */
function coverOf({ customer, client, purpose }: Reader, partner: string): ReadonlySet<string> {
  const agreed = demoAgreements.find(({ bank }) => bank === partner)?.covers.get(purpose) ?? 0;
  const given = seeded
    .filter((one) => one.customer === customer && one.client === client && one.bank === partner)
    .filter((one) => one.purpose === purpose && one.state === 'ACTIVE')
    .reduce((mask, { categories }) => mask | categories, 0);
  const words = categoriesOf(given & agreed);
  return new Set<string>(words.length === 0 ? [] : [...words, 'RELATIONSHIP']);
}
