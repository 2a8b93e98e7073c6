/** The mutations of consents: arguments in, an order for the consent store out. */
import { randomUUID } from 'node:crypto';
import {
  grant,
  isDisclosed,
  longestConsentDays,
  revoke,
  walletAccount,
  type Consent,
  type ConsentDuration,
  type GrantOrder,
  type RegisteredAgreement,
} from '../../src/consent/index.js';
import { ClientFault } from '../../src/fault/index.js';
import {
  financialMask,
  maskOf,
  type CategoryMask,
  type ConsentablePurpose,
  type DataCategory,
} from '../../src/policy/index.js';
import { keyReused, requireKey, tooManyKeys } from '../idempotencyKey.js';
import { requireFreshAuthentication } from '../platform/freshness.js';
import type { Asker, AskerContext } from './asker.js';
import type { ConsentParts } from './parts.js';

/** The arguments of `grantConsent`, coerced by the schema: only consentable purposes and categories arrive here. */
export interface GrantArguments {
  readonly bankId: string;
  readonly purpose: ConsentablePurpose;
  readonly categories: readonly DataCategory[];
  readonly accountIds?: readonly string[] | null;
  readonly duration?: ConsentDuration['kind'] | null;
  readonly days?: number | null;
  readonly lookbackDays?: number | null;
  readonly idempotencyKey: string;
}

/**
 * Grants a consent. Null, changing nothing, for a bank that is unknown or not disclosed, and for an account id that is
 * not the customer's at that bank: the same null, so that no id can be tried out. Throws UNAUTHENTICATED without a fresh
 * authentication, and BAD_USER_INPUT for arguments that are wrong whatever the bank, and for more keys in a day than are remembered.
 */
export async function grantConsent(
  parts: ConsentParts,
  args: GrantArguments,
  context: AskerContext,
): Promise<Consent | null> {
  const { identity } = managing(context.asker);
  requireFreshAuthentication(context.grant, parts.now());
  const terms = termsOf(args, parts);
  const agreement = parts.agreements.agreement(args.bankId);
  if (!isDisclosed(agreement)) return null;
  const customerReference = await parts.customerReference(identity.customer, args.bankId);
  const accounts = customerReference === undefined ? undefined : accountsOf(args, identity.customer, parts);
  if (accounts === 'unknown' || (accounts === undefined && wantsAccounts(args))) return null;
  const order: GrantOrder = {
    ...identity,
    ...terms,
    ...placeOf(agreement),
    ...(customerReference === undefined ? {} : { customerReference }),
    ...(accounts === undefined ? {} : { accounts }),
  };
  const step = grant(order, { now: parts.now().getTime(), newId: randomUUID() });
  const outcome = await parts.repository.change(identity.customer, step);
  if (outcome.kind === 'granted') return outcome.consent;
  throw outcome.kind === 'full' ? tooManyKeys() : keyReused();
}

/** The arguments of `revokeConsent`. */
export interface RevokeArguments {
  readonly consentId: string;
  readonly idempotencyKey?: string | null;
}

/**
 * Revokes one of the customer's consents; null for an id that names none of them. Throws BAD_USER_INPUT for a key that was
 * used for another order: then the consent is as it was.
 */
export async function revokeConsent(
  parts: ConsentParts,
  { consentId, idempotencyKey }: RevokeArguments,
  { asker }: AskerContext,
): Promise<Consent | null> {
  const { customer, client } = managing(asker).identity;
  const key = idempotencyKey ?? undefined;
  const keyed = key === undefined ? undefined : { client, key: requireKey(key) };
  const outcome = await parts.repository.change(customer, revoke(consentId, parts.now().getTime(), keyed));
  if (outcome.kind === 'keyReused') throw keyReused();
  return outcome.kind === 'revoked' ? outcome.consent : null;
}

function managing({ identity, purpose }: Asker): { readonly identity: NonNullable<Asker['identity']> } {
  if (identity === undefined || purpose !== 'CONSENT_MANAGEMENT') throw new ClientFault('PURPOSE_DENIED');
  return { identity };
}

type Terms = Pick<GrantOrder, 'purpose' | 'categories' | 'duration' | 'lookbackDays' | 'idempotencyKey'>;

function termsOf(args: GrantArguments, parts: ConsentParts): Terms {
  const { purpose, categories, idempotencyKey, accountIds } = args;
  if (accountIds?.length === 0 || (accountIds?.length ?? 0) > 100) {
    throw new ClientFault('BAD_USER_INPUT', '`accountIds` must name 1 to 100 accounts, or be left out');
  }
  const scope = { purpose, categories: admitted(purpose, categories, parts) };
  return { ...scope, duration: durationOf(args), ...lookbackOf(args), idempotencyKey: requireKey(idempotencyKey) };
}

function admitted(purpose: ConsentablePurpose, categories: readonly DataCategory[], parts: ConsentParts): CategoryMask {
  const asked = maskOf(categories);
  const beyond = asked & ~(parts.admits(purpose) & financialMask);
  if (asked !== 0 && beyond === 0) return asked;
  throw new ClientFault('BAD_USER_INPUT', '`categories` must name at least one, and only what the purpose admits');
}

function durationOf({ duration, days }: GrantArguments): ConsentDuration {
  const stated = days ?? undefined;
  const kind = duration ?? (stated === undefined ? 'PERSISTENT' : 'TIME_BOUND');
  if (kind !== 'TIME_BOUND') {
    if (stated === undefined) return { kind };
    throw new ClientFault('BAD_USER_INPUT', '`days` go with the duration `TIME_BOUND` only');
  }
  if (isWithin(stated, longestConsentDays)) return { kind, days: stated };
  throw new ClientFault('BAD_USER_INPUT', `\`days\` must be 1 to ${longestConsentDays}`);
}

/** Ten years: more than any bank shares. */
const longestLookbackDays = 3650;

function lookbackOf({ lookbackDays }: GrantArguments): Pick<GrantOrder, 'lookbackDays'> {
  if (lookbackDays === null || lookbackDays === undefined) return {};
  if (isWithin(lookbackDays, longestLookbackDays)) return { lookbackDays };
  throw new ClientFault('BAD_USER_INPUT', `\`lookbackDays\` must be 1 to ${longestLookbackDays}`);
}

function isWithin(days: number | undefined, longest: number): days is number {
  return days !== undefined && days >= 1 && days <= longest;
}

function placeOf({
  bank,
  region,
  maximumConsentDays,
}: RegisteredAgreement): Pick<GrantOrder, 'bank' | 'region' | 'maximumDays'> {
  return { bank, region, ...(maximumConsentDays === undefined ? {} : { maximumDays: maximumConsentDays }) };
}

function wantsAccounts({ accountIds }: GrantArguments): boolean {
  return accountIds !== null && accountIds !== undefined;
}

/** The references behind the ids. The wallet has nothing to pick from, so it is granted as a whole. */
function accountsOf(
  args: GrantArguments,
  customer: string,
  parts: ConsentParts,
): readonly string[] | 'unknown' | undefined {
  if (args.accountIds === null || args.accountIds === undefined) {
    return args.bankId === walletAccount ? [walletAccount] : undefined;
  }
  const opened = args.accountIds.map((id) => parts.accounts.open(customer, id));
  const here = opened.flatMap((account) => (account?.bank === args.bankId ? account.reference : []));
  return here.length === opened.length ? [...new Set(here)] : 'unknown';
}
