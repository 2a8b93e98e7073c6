/** The reduced records made for auditors: pseudonyms instead of customers, quarters instead of dates, counts in buckets. */
import { isDisclosed, settle, type Consent } from '../../src/consent/index.js';
import { categoriesOf } from '../../src/policy/index.js';
import { bucketOf, type CountBucket, quarterOf, type ReceiptGroup } from '../../src/receipt/index.js';
import type { Pseudonymizer } from '../platform/pseudonym.js';
import { auditedPage, type AuditedPage, type AuditedRange } from './auditPage.js';
import type { ConsentParts } from './parts.js';

/** A consent, as one auditor sees it. */
export interface AuditedConsent {
  readonly pseudonym: string;
  readonly bank: string | null;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly state: string;
  readonly quarter: string;
}

/** Receipts that agree in everything that is shown, as one auditor sees them. */
export interface AuditedReceipt {
  readonly pseudonym: string;
  readonly bank: string | null;
  readonly client: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly decision: string;
  readonly quarter: string;
  readonly count: CountBucket;
}

/** Whose eyes, and how names are made for them. */
export interface Auditor {
  readonly client: string;
  readonly nameOf: Pseudonymizer;
}

/** Some of all consents, in an order that tells nothing of when one was made; undefined where it has no such place. Cost grows with what is shown. */
export async function auditedConsents(
  auditor: Auditor,
  parts: ConsentParts,
  range: AuditedRange,
): Promise<AuditedPage<AuditedConsent> | undefined> {
  const now = parts.now().getTime();
  const orderKey = orderKeyOf(auditor, 'consents');
  const page = await auditedPage({ roll: parts.repository.roll(), orderKey }, range);
  return page && shownPage(page, (consent) => reducedConsent(settle(consent, now), auditor, parts));
}

/** Some of all groups of equal receipts, likewise. */
export async function auditedReceipts(
  auditor: Auditor,
  parts: ConsentParts,
  range: AuditedRange,
): Promise<AuditedPage<AuditedReceipt> | undefined> {
  const orderKey = orderKeyOf(auditor, 'receipts');
  const page = await auditedPage({ roll: await parts.journal.groups(), orderKey }, range);
  return page && shownPage(page, (group) => reducedReceipt(group, auditor, parts));
}

/** No other auditor's order, and no other list's. */
function orderKeyOf({ client, nameOf }: Auditor, list: string): Buffer {
  return Buffer.from(nameOf('order', client, list), 'base64url');
}

function shownPage<Entry extends object, Shown extends object>(
  page: AuditedPage<Entry>,
  shown: (entry: Entry) => Shown,
): AuditedPage<Shown> {
  const items = page.items.map(({ id, entry }) => ({ id, entry: entry === 'damaged' ? entry : shown(entry) }));
  return { ...page, items };
}

function reducedConsent(consent: Consent, auditor: Auditor, parts: ConsentParts): AuditedConsent {
  const quarter = quarterOf(consent.grantedAt);
  return {
    pseudonym: auditor.nameOf('customer', auditor.client, consent.bank, quarter, consent.customer),
    bank: shownBank(consent.bank, parts),
    purpose: consent.purpose,
    categories: categoriesOf(consent.categories),
    state: consent.state,
    quarter,
  };
}

function reducedReceipt(group: ReceiptGroup, auditor: Auditor, parts: ConsentParts): AuditedReceipt {
  const { bank = '', customer = '', client, purpose, decision, quarter } = group;
  return {
    pseudonym: auditor.nameOf('customer', auditor.client, bank, quarter, customer),
    bank: shownBank(bank, parts),
    client,
    purpose,
    categories: categoriesOf(group.categories),
    decision,
    quarter,
    count: bucketOf(group.count),
  };
}

/** An auditor is no way to learn which banks have not disclosed themselves. */
function shownBank(bank: string, { agreements }: ConsentParts): string | null {
  return isDisclosed(agreements.agreement(bank)) ? bank : null;
}
