/** Calls a platform subgraph as the gateway does: a fresh grant, bound to the body. */
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { grantHeaders, macInput, type GrantClaims } from '../../../src/partition/index.js';
import type { PartnerKeys, Subgraph } from '../../../src/partner/index.js';
import { dataCategories } from '../../../src/policy/index.js';
import type { PlatformParts } from '../../../resolvers/platform/parts.js';
import { readPlatformSdl, type PlatformSubgraph } from '../../../resolvers/platform/readSdl.js';

/** Noon of a day in the middle of a month and quarter. */
export const noon = new Date('2026-11-15T12:00:00.000Z');

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const macKey = Buffer.alloc(32, 7);

/** The keys of every subgraph under test. */
export const keys: PartnerKeys = {
  grantKeys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'EdDSA' }],
  macKeys: [{ key: macKey.toString('base64') }],
};

/** The parts that a subgraph under test is made of. */
export async function partsOf(name: PlatformSubgraph, now: () => Date = () => noon): Promise<PlatformParts> {
  return { sdl: await readPlatformSdl(join(process.cwd(), 'schema'), name), keys, policyHash: 'policy', now };
}

/** What a grant says besides what every one of them does. */
export type GrantFacts = Partial<GrantClaims> & Pick<GrantClaims, 'aud' | 'purpose'>;

/** An answer as it came; {@link at} walks it. */
export interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** The headers that carry a call with this body. */
export async function callHeaders(facts: GrantFacts, body: string, now: Date = noon): Promise<Record<string, string>> {
  const iat = Math.floor(now.getTime() / 1000);
  const jti = randomUUID();
  const usual = { scope: dataCategories, accounts: [], consents: [], policy: 'policy' };
  const grant = await new SignJWT({ ...usual, ...facts, iss: 'ringfence', jti, iat, exp: iat + 60 })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'ringfence-grant+jwt' })
    .sign(privateKey);
  const nonce = randomUUID();
  const time = String(now.getTime());
  const mac = createHmac('sha256', macKey).update(macInput({ jti, nonce, time, body })).digest('hex');
  return {
    [grantHeaders.authorization]: `Bearer ${grant}`,
    [grantHeaders.nonce]: nonce,
    [grantHeaders.time]: time,
    [grantHeaders.mac]: mac,
  };
}

/** Asks a subgraph; `now` dates the call. */
export async function ask(
  subgraph: Subgraph,
  facts: GrantFacts,
  { query, variables = {}, now = noon }: { query: string; variables?: Record<string, unknown>; now?: Date },
): Promise<Answered> {
  const body = JSON.stringify({ query, variables });
  const headers = await callHeaders(facts, body, now);
  return JSON.parse((await subgraph.answer({ headers, body })).body) as Answered;
}

/** Asks for fields of one entity. */
export async function askEntity(
  subgraph: Subgraph,
  facts: GrantFacts,
  { key, fields, now = noon }: { key: { __typename: string } & Record<string, unknown>; fields: string; now?: Date },
): Promise<Answered> {
  const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${key.__typename} { ${fields} } } }`;
  const { data, errors } = await ask(subgraph, facts, { query, variables: { keys: [key] }, now });
  return { data: at({ data }, '_entities.0'), ...(errors ? { errors } : {}) };
}

/** What lies at a dotted path of an answer's data; `*` goes through a list: `at(answer, 'banks.*.id')`. Throws off the path. */
export function at({ data }: Answered, path: string): unknown {
  return walk(data, path.split('.'));
}

/** The list at a path. */
export function listAt(answer: Answered, path: string): readonly unknown[] {
  const found = at(answer, path);
  if (!Array.isArray(found)) throw new TypeError(`no list at \`${path}\``);
  return found;
}

/** The text at a path. */
export function textAt(answer: Answered, path: string): string {
  const found = at(answer, path);
  if (typeof found !== 'string') throw new TypeError(`no text at \`${path}\``);
  return found;
}

function walk(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (step === '*' && Array.isArray(value)) return value.map((item) => walk(item, rest));
  if (typeof value !== 'object' || value === null) throw new TypeError(`nothing to walk into at \`${step}\``);
  return walk((value as Readonly<Record<string, unknown>>)[step], rest);
}
