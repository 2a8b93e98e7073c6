/** What `ringfence bank` asks for, as it travels to a running gateway: every word checked on both sides. */
import { z } from 'zod';
import { keyKinds } from '../consent/index.js';
import { bankStatuses, consentablePurposes, dataCategories } from '../policy/index.js';

const name = z.string().min(1).max(200);
const instant = z.int().min(0);
const days = z.int().min(1).max(3650);
const act = {
  /** Who answers for it, and why: both are kept. */
  by: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(1000),
  bank: name,
};
/** At the bank's word, or at the platform's own. */
const intervention = { ...act, consent: name, platform: z.literal(true).exactOptional() };
/** A name as it stands in headers of grants, and as files are named by it. */
const kid = z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, {
  error: 'expected letters, digits, `.`, `_` and `-`',
});
const print = z.string().regex(/^[\w-]{43}$/, { error: 'expected the 43 characters that `ringfence bank keys` shows' });
const aKey = { ...act, kid };
const timed = { ...act, effectiveFrom: instant.exactOptional() };

/** The members of an agreement that decisions speak of. */
export const agreementMembers = [
  'status',
  'covers',
  'lookbackDays',
  'maximumConsentDays',
  'callsPerMinute',
  'maintenance',
] as const;

/** The schema of {@link BankOrder}. */
export const bankOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('show'), bank: name }),
  z.strictObject({ kind: z.literal('suspend'), ...timed }),
  z.strictObject({ kind: z.literal('resume'), ...timed }),
  z.strictObject({ kind: z.literal('terminate'), ...timed }),
  z.strictObject({
    kind: z.literal('narrow'),
    ...timed,
    without: z.array(z.enum(dataCategories)).min(1),
    purpose: z.enum(consentablePurposes).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('set'),
    ...timed,
    status: z.enum(bankStatuses).exactOptional(),
    lookbackDays: days.exactOptional(),
    maximumConsentDays: days.exactOptional(),
    callsPerMinute: z.int().min(1).max(100_000).exactOptional(),
    maintenance: z.strictObject({ from: instant, until: instant }).exactOptional(),
    asConfigured: z.array(z.enum(agreementMembers)).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('close-account'), ...act, reference: name, account: name }),
  z.strictObject({ kind: z.literal('revoke'), ...intervention }),
  z.strictObject({ kind: z.literal('suspend-consent'), ...intervention }),
  z.strictObject({ kind: z.literal('resume-consent'), ...intervention }),
  z.strictObject({ kind: z.literal('link'), ...act, customer: name, reference: name }),
  z.strictObject({ kind: z.literal('keys'), bank: name }),
  z.strictObject({
    kind: z.literal('add-key'),
    ...aKey,
    key: z.strictObject({ kind: z.enum(keyKinds), print }),
    from: instant.exactOptional(),
    until: instant.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('retire-key'), ...aKey, kid: name, at: instant.exactOptional() }),
  z.strictObject({ kind: z.literal('revoke-key'), ...aKey, kid: name, print: print.exactOptional() }),
  z.strictObject({ kind: z.literal('unlink'), ...act, customer: name }),
]);

/** One order. Instants are milliseconds since the epoch. */
export type BankOrder = z.infer<typeof bankOrderSchema>;

/** The orders that decide about an agreement. */
export type AgreementOrder = Extract<BankOrder, { kind: 'suspend' | 'resume' | 'terminate' | 'narrow' | 'set' }>;

/** The orders that decide about a key. */
export type KeyOrder = Extract<BankOrder, { kind: 'add-key' | 'retire-key' | 'revoke-key' }>;

/** The orders that are about one consent. */
export type ConsentOrder = Extract<BankOrder, { kind: 'revoke' | 'suspend-consent' | 'resume-consent' }>;

/** The orders that are about a customer, at the word of the bank or of the platform. */
export type CustomerOrder = ConsentOrder | Extract<BankOrder, { kind: 'close-account' | 'link' | 'unlink' }>;
