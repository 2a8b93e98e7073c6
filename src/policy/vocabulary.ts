/**
 * The closed lists of the domain: categories, purposes, scopes and views. Everything that meets a word from outside
 * (SDL, matrix, token, configuration) checks it against these.
 */

/** Financial categories, in the order of their mask bits. */
export const financialCategories = [
  'RELATIONSHIP',
  'ACCOUNT_IDENTITY',
  'HOLDER_PII',
  'AVAILABLE_BALANCE',
  'BALANCE',
  'TERMS',
  'BILLS',
  'TRANSACTION_CORE',
  'TRANSACTION_DETAIL',
  'PAYMENT_CREDENTIAL',
  'PAYMENT_ACTIVITY',
  'FRAUD_SIGNAL',
  'BANK_OFFER',
  'CONVERSATION',
  'DERIVED',
] as const;

/** Records of consents and releases. */
export const controlCategories = ['CONSENT_RECORD', 'RECEIPT'] as const;

/** What carries nothing about a customer's banking. */
export const openCategories = [
  'PLATFORM_PROFILE',
  'AD_PROFILE',
  'INSTITUTION_PUBLIC',
  'OFFER_PUBLIC',
  'APP_PUBLIC',
] as const;

/** All categories; an index here is the category's bit in a {@link CategoryMask}. */
export const dataCategories = [...financialCategories, ...controlCategories, ...openCategories] as const;

/** One of {@link dataCategories}. */
export type DataCategory = (typeof dataCategories)[number];

/** A set of categories as bits. INVARIANT: at most 31 categories, because JavaScript's masks wrap at 32 bits. */
export type CategoryMask = number;

if (dataCategories.length > 31) throw new RangeError('more categories than a mask holds');

const bits = new Map<string, CategoryMask>(dataCategories.map((category, index) => [category, 1 << index]));

/** The mask of the given categories. An unknown word throws: parse at the edge first. */
export function maskOf(categories: Iterable<DataCategory>): CategoryMask {
  let mask = 0;
  for (const category of categories) {
    const bit = bits.get(category);
    if (bit === undefined) throw new RangeError(`unknown category \`${category}\``);
    mask |= bit;
  }
  return mask;
}

/** The categories of a mask, in vocabulary order. */
export function categoriesOf(mask: CategoryMask): DataCategory[] {
  return dataCategories.filter((_, index) => (mask & (1 << index)) !== 0);
}

/** True for words of the closed list. */
export function isDataCategory(word: unknown): word is DataCategory {
  return typeof word === 'string' && bits.has(word);
}

/** The bits of the financial categories. */
export const financialMask: CategoryMask = maskOf(financialCategories);

/** First-party purposes that a customer can consent to. */
export const consentablePurposes = [
  'ACCOUNT_SERVICING',
  'FRAUD_ALERTS',
  'SUPPORT_CHAT',
  'P2P_PAYMENT',
  'MERCHANT_CHECKOUT',
] as const;

/** Purposes that no consent, agreement, flag or configuration can open to a financial category. */
export const neverConsentablePurposes = [
  'AD_TARGETING',
  'AD_MEASUREMENT',
  'CROSS_SELL',
  'CONTENT_RANKING',
  'THIRD_PARTY_SHARING',
  'DATA_SALE',
  'ANALYTICS',
  'MODEL_TRAINING',
  'ELIGIBILITY',
] as const;

/** All purposes; a principal has exactly one. */
export const purposes = [
  ...consentablePurposes,
  'CONSENT_MANAGEMENT',
  'COMPLIANCE_AUDIT',
  ...neverConsentablePurposes,
] as const;

/** One of {@link purposes}. */
export type Purpose = (typeof purposes)[number];
/** One of {@link consentablePurposes}. */
export type ConsentablePurpose = (typeof consentablePurposes)[number];

/** True for words of the closed list. */
export function isPurpose(word: unknown): word is Purpose {
  return typeof word === 'string' && (purposes as readonly string[]).includes(word);
}

/** The four projections of the graph. */
export const viewNames = ['first-party', 'ads', 'open', 'audit'] as const;

/** One of {@link viewNames}. */
export type ViewName = (typeof viewNames)[number];

/** The projection that a purpose sees. */
export function viewOf(purpose: Purpose): ViewName {
  if (purpose === 'AD_TARGETING' || purpose === 'AD_MEASUREMENT') return 'ads';
  if (purpose === 'COMPLIANCE_AUDIT') return 'audit';
  return (neverConsentablePurposes as readonly Purpose[]).includes(purpose) ? 'open' : 'first-party';
}

/** The scope word of a category: `data:transaction-core`. */
export function scopeOf(category: DataCategory): string {
  return `data:${category.toLowerCase().replaceAll('_', '-')}`;
}

/** The scope words that name no category, for the purposes that have one. */
export const purposeWords: ReadonlyMap<Purpose, string> = new Map([
  ['CONSENT_MANAGEMENT', 'consent:manage'],
  ['AD_TARGETING', 'ads:targeting'],
  ['AD_MEASUREMENT', 'ads:measurement'],
  ['THIRD_PARTY_SHARING', 'partner:share'],
  ['COMPLIANCE_AUDIT', 'audit:read'],
]);
