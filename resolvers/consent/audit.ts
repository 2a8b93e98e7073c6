/** The reduced records made for auditors: pseudonyms instead of customers, quarters instead of dates, counts in buckets. */
import { isDisclosed, settle, type Consent } from '../../src/consent/index.js';
import { categoriesOf } from '../../src/policy/index.js';
import type { Receipt } from '../../src/receipt/index.js';
import type { Pseudonymizer } from '../platform/pseudonym.js';
import type { ConsentParts } from './parts.js';

/** A consent, as one auditor sees it. */
export interface AuditedConsent {
  /** Says which record this is, for cursors; made of what the record shows, and of nothing else. */
  readonly key: string;
  readonly pseudonym: string;
  readonly bank: string | null;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly state: string;
  readonly quarter: string;
}

/** Receipts that agree in everything that is shown, as one auditor sees them. */
export interface AuditedReceipt {
  readonly key: string;
  readonly pseudonym: string;
  readonly bank: string | null;
  readonly client: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly decision: string;
  readonly quarter: string;
  readonly count: 'ONE_TO_NINE' | 'TEN_TO_NINETY_NINE' | 'HUNDRED_OR_MORE';
}

/** Whose eyes, and how names are made for them. */
export interface Auditor {
  readonly client: string;
  readonly nameOf: Pseudonymizer;
}

/** Every consent, in an order that tells nothing of when it was made. Cost grows with the store. */
export async function auditedConsents(auditor: Auditor, parts: ConsentParts): Promise<AuditedConsent[]> {
  const now = parts.now().getTime();
  const rows: ReturnType<typeof reducedConsent>[] = [];
  const add = (stored: Consent): void => void rows.push(reducedConsent(settle(stored, now), auditor, parts));
  for await (const part of parts.repository.all()) part.forEach(add);
  const keys = new Map<string, number>();
  return rows.map((row) => ({ key: numbered(auditor.nameOf(JSON.stringify(row)), keys), ...row })).sort(byKey);
}

/** Every group of equal receipts, likewise. */
export async function auditedReceipts(auditor: Auditor, parts: ConsentParts): Promise<AuditedReceipt[]> {
  const groups = new Map<string, { readonly row: Omit<AuditedReceipt, 'key' | 'count'>; count: number }>();
  const add = (receipt: Receipt): void => {
    const row = reducedReceipt(receipt, auditor, parts);
    const key = auditor.nameOf(JSON.stringify(row));
    const group = groups.get(key) ?? { row, count: 0 };
    group.count += receipt.count ?? 1;
    groups.set(key, group);
  };
  for await (const part of parts.journal.all()) part.forEach(add);
  return [...groups].map(([key, { row, count }]) => ({ key, ...row, count: bucketOf(count) })).sort(byKey);
}

function reducedConsent(consent: Consent, auditor: Auditor, parts: ConsentParts): Omit<AuditedConsent, 'key'> {
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

function reducedReceipt(
  receipt: Receipt,
  auditor: Auditor,
  parts: ConsentParts,
): Omit<AuditedReceipt, 'key' | 'count'> {
  const quarter = quarterOf(receipt.at);
  const { bank = '', customer = '', client, purpose, decision } = receipt;
  return {
    pseudonym: auditor.nameOf('customer', auditor.client, bank, quarter, customer),
    bank: shownBank(bank, parts),
    client,
    purpose,
    categories: categoriesOf(receipt.categories),
    decision,
    quarter,
  };
}

/** An auditor is no way to learn which banks have not disclosed themselves. */
function shownBank(bank: string, { agreements }: ConsentParts): string | null {
  return isDisclosed(agreements.agreement(bank)) ? bank : null;
}

function quarterOf(instant: number): string {
  const date = new Date(instant);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

function bucketOf(count: number): AuditedReceipt['count'] {
  if (count < 10) return 'ONE_TO_NINE';
  return count < 100 ? 'TEN_TO_NINETY_NINE' : 'HUNDRED_OR_MORE';
}

/** Equal records get keys of their own by their number. */
function numbered(key: string, seen: Map<string, number>): string {
  const number = seen.get(key) ?? 0;
  seen.set(key, number + 1);
  return `${key}${number}`;
}

function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : 1;
}
