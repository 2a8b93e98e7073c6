/** Unites several consents at one bank, account by account. */
import { categoriesOf, maskOf, type AccountStanding, type CategoryMask } from '../policy/index.js';
import { dayMs, type Consent } from './consent.js';

/** Categories whose rows carry a date that a lookback can cut at. */
const dated = maskOf([
  'TRANSACTION_CORE',
  'TRANSACTION_DETAIL',
  'PAYMENT_ACTIVITY',
  'FRAUD_SIGNAL',
  'CONVERSATION',
  'DERIVED',
]);

const hourMs = dayMs / 24;
const relationship = maskOf(['RELATIONSHIP']);

/**
 * What active consents of one bank say together about each account, in the order of first mention. RELATIONSHIP is
 * implied. `agreedDays` is the bank's own lookback. Cost: accounts × consents.
 */
export function accountsOf(
  consents: readonly Consent[],
  agreedDays: number | undefined,
  now: number,
): AccountStanding[] {
  const references = new Set(consents.flatMap(({ accounts }) => accounts));
  return [...references].map((reference) => {
    const covering = consents.filter(({ accounts }) => accounts.includes(reference));
    const categories = covering.reduce((mask, consent) => mask | consent.categories, relationship);
    const days = leastDefined([lookbackOf(covering, categories), agreedDays]);
    if (days === undefined) return { reference, categories };
    return { reference, categories, notBefore: hourFrom(now - days * dayMs) };
  });
}

/**
 * The days of history that the consents reach together; undefined when unlimited. Each dated category reaches as far
 * as the widest consent that names it, and one date holds for all, so the narrowest category decides: a consent
 * without a limit never widens what another one limited.
 */
function lookbackOf(consents: readonly Consent[], categories: CategoryMask): number | undefined {
  const perCategory = categoriesOf(categories & dated).map((category) => {
    const naming = consents.filter((consent) => (consent.categories & maskOf([category])) !== 0);
    return greatestOrUnlimited(naming.map(({ lookbackDays }) => lookbackDays));
  });
  return leastDefined(perCategory.length > 0 ? perCategory : consents.map(({ lookbackDays }) => lookbackDays));
}

function greatestOrUnlimited(days: readonly (number | undefined)[]): number | undefined {
  const limits = days.filter((limit) => limit !== undefined);
  return limits.length < days.length ? undefined : Math.max(...limits);
}

function leastDefined(days: readonly (number | undefined)[]): number | undefined {
  const limits = days.filter((limit) => limit !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** Whole hours, so that grants of one hour carry the same instant and can be used again; never earlier than was agreed. */
function hourFrom(instant: number): string {
  return new Date(Math.ceil(instant / hourMs) * hourMs).toISOString();
}
