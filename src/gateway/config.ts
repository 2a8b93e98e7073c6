/** What `ringfence.yaml` may say. Every member is described here; unknown members are refused. */
import { z } from 'zod';
import { bankStatuses, dataCategories, purposes } from '../policy/index.js';
import { tokenAlgorithms } from '../principal/index.js';
import { logLevelSchema, settingsShape } from './settings.js';

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

const encrypted = z
  .url({ protocol: /^https?$/, error: 'expected an `https` address' })
  .refine((text) => isEncryptedOrLocal(text), { error: 'expected `https`; `http` is for addresses of this machine' });

const file = z.string().min(1);

const signingKey = z
  .strictObject({
    kid: z.string().min(1).describe('Name of the key, as the partner knows it.'),
    file: file.describe('PEM file of the Ed25519 private key, relative to this file.'),
  })
  .describe('Key that signs the grants for this partner.');

const macKey = z
  .strictObject({
    kid: z.string().min(1).describe('Name of the key, as the partner knows it.'),
    file: file.describe('File that holds the key as base64, 32 bytes or more, relative to this file.'),
  })
  .describe('Key that binds each body to its grant, shared with this partner.');

const issuer = z.strictObject({
  issuer: z
    .string()
    .min(1)
    .refine((name) => !isReserved(name), { error: 'expected a real issuer: `serve` never trusts a development issuer' })
    .describe('The `iss` of its tokens, compared as it is.'),
  jwksUrl: encrypted.describe('Where its keys are.'),
  algorithms: z.array(z.enum(tokenAlgorithms)).min(1).describe('Algorithms it may sign with.'),
});

const agreement = z
  .partialRecord(z.enum(purposes), z.array(z.enum(dataCategories)))
  .describe('Purpose → categories that the agreement covers; what is absent is not covered.');

/** A word that no region has would switch its timer off without a word. */
const region = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'expected two capital letters, such as `US` or `UK`' })
  .describe('ISO 3166 region; decides how often a consent is reconfirmed.');

const instant = z.iso.datetime({ offset: true, error: 'expected a time such as `2026-12-01T02:00:00Z`' });

const window = z
  .strictObject({ from: instant.describe('Its start.'), until: instant.describe('Its end, left out.') })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { error: 'expected `from` before `until`' });

const store = z
  .strictObject({
    folder: file
      .default('.ringfence/store')
      .describe(
        'Folder of the embedded database, relative to this file; not used where `DATABASE_URL` names a server.',
      ),
    keyFile: file
      .default('.ringfence/store.key')
      .describe('File that holds the store’s key as base64 of 32 bytes, relative to this file.'),
    connections: z.int().min(2).max(200).default(10).describe('Most connections to a server.'),
    receipts: z
      .enum(['strict', 'async'])
      .default('strict')
      .describe('`strict`: no bank value leaves before its receipt is durable; `async`: soon after.'),
    authoritiesFile: file
      .optional()
      .describe(
        'PEM of the authorities that may have signed the server’s certificate; connections are encrypted then.',
      ),
    memory: z
      .literal(true)
      .optional()
      .describe('Keeps nothing: consents and receipts end with the process. For trials.'),
  })
  .prefault({})
  .describe('Where consents, decisions about banks and receipts are kept.');

/** A bound that an agreement states, or says in as many words that it does not. */
const bound = (number: z.ZodNumber) =>
  z.union([number, z.literal('unlimited')], { error: 'expected a number within bounds, or `unlimited`' });

const bank = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'expected lower-case letters, digits and `-`' }),
  name: z.string().min(1).describe('Public name.'),
  url: encrypted.describe('Where its subgraph answers.'),
  status: z.enum(bankStatuses).describe('Only PILOT and LIVE banks are asked, or ever named.'),
  region,
  agreement,
  lookbackDays: bound(z.int().min(1)).describe('How far back data may reach, or `unlimited`.'),
  maximumConsentDays: z.int().min(1).max(365).describe('The longest consent that the bank takes.'),
  callsPerMinute: bound(z.int().min(1).max(100_000)).describe(
    'Most requests that one gateway sends in a minute, or `unlimited`.',
  ),
  maintenance: z.array(window).default([]).describe('Times in which the bank is not asked.'),
  grantKey: signingKey,
  macKey,
  keyFolder: file
    .optional()
    .describe(
      'Folder of further keys of this bank, `<kid>.pem` and `<kid>.mac`, relative to this file; used once `ringfence bank add-key` says so.',
    ),
});

const subgraph = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'expected an `http` or `https` address' }).describe('Where it answers.'),
  grantKey: signingKey,
  macKey,
});

/** The schema of `ringfence.yaml`. */
export const configSchema = z.strictObject({
  ...settingsShape,
  log: z.strictObject({ level: logLevelSchema }).prefault({}),
  store,
  explorer: z.boolean().default(false).describe('Whether `/` serves the explorer.'),
  audience: z.string().min(1).default('ringfence').describe('The `aud` that tokens must have.'),
  issuers: z.array(issuer).min(1).describe('Who may issue tokens.'),
  subgraphs: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'expected the name of a subgraph' }), subgraph)
    .describe('The platform’s own subgraphs, by name.'),
  wallet: z
    .strictObject({ status: z.enum(bankStatuses), region, agreement })
    .optional()
    .describe('The agreement with the wallet partner; without one it is not asked.'),
  banks: z
    .array(bank)
    .refine((banks) => new Set(banks.map(({ id }) => id)).size === banks.length, {
      error: 'expected distinct bank ids',
    })
    .describe('The partitions of the subgraph `bank`, in the order of their rows.'),
});

/** A configuration that holds: defaults filled in, every word of the closed lists known. */
export type Config = z.infer<typeof configSchema>;

/** One bank of a {@link Config}. */
export type BankConfig = Config['banks'][number];

function isEncryptedOrLocal(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || loopback.has(hostname);
}

/** Names under `.invalid` belong to nobody (RFC 2606); the dev issuer's is one. */
function isReserved(name: string): boolean {
  return /\.invalid\b/i.test(name);
}
