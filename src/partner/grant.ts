/** A bearer header in, the claims of a grant that this subgraph may act on out. */
import { importJWK, jwtVerify, type CryptoKey, type JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { GrantClaims } from '../partition/index.js';
import { dataCategories, purposes } from '../policy/index.js';
import { sameWhile } from './sameWhile.js';

/** The longest that a grant may live, in seconds. */
const longestLifeS = 60;

const category = z.enum(dataCategories);

const grantedAccount = z.strictObject({
  reference: z.string().min(1),
  categories: z.array(category),
  anchored: z.array(z.strictObject({ edge: z.string(), categories: z.array(category) })),
  notBefore: z.iso.datetime({ offset: true }).exactOptional(),
});

const grantClaims = z.strictObject({
  iss: z.literal('ringfence'),
  aud: z.string(),
  jti: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
  sub: z.string().min(1).exactOptional(),
  client: z.string().min(1).exactOptional(),
  purpose: z.enum(purposes),
  authTime: z.int().exactOptional(),
  scope: z.array(category),
  accounts: z.union([z.literal('all'), z.array(grantedAccount)]),
  consents: z.array(z.strictObject({ id: z.string(), version: z.int() })),
  policy: z.string(),
});

/** What decides whether a grant counts here. */
export interface GrantRules {
  /** The `aud` that grants for this subgraph carry. */
  readonly audience: string;
  /** Public Ed25519 keys with `kid`; several while keys rotate. Asked at each call. */
  readonly grantKeys: () => readonly JWK[];
  /** The only policy that this partner answers under; undefined: any. */
  readonly policyHash?: string;
  readonly now: () => Date;
}

/** Claims of a valid grant; throws for everything else. Verified grants are remembered while they live. */
export type GrantVerifier = (authorization: string | undefined) => Promise<GrantClaims>;

/** A verifier for one subgraph's grants. A key without `kid` or of another type is a mistake and throws. */
export function createGrantVerifier(rules: GrantRules): GrantVerifier {
  // What was verified under other keys may have been signed with one that was revoked since.
  const under = sameWhile((keys: readonly JWK[]) => {
    return { keys: grantKeysByKid(keys), verified: new LRUCache<string, GrantClaims>({ max: 1000 }) };
  });
  under(rules.grantKeys());
  return async (authorization) => {
    const token = bearer(authorization);
    const { keys, verified } = under(rules.grantKeys());
    const claims = verified.get(token) ?? (await verifySignature(token, keys, rules));
    assertCurrent(claims, rules);
    verified.set(token, claims);
    return claims;
  };
}

/** The keys by name. Throws a `TypeError` for one without a name, or of another type. */
export function grantKeysByKid(jwks: readonly JWK[]): ReadonlyMap<string, Promise<CryptoKey | Uint8Array>> {
  const keys = new Map<string, Promise<CryptoKey | Uint8Array>>();
  for (const jwk of jwks) {
    if (!jwk.kid || jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') {
      throw new TypeError('a grant key must be an Ed25519 public key with a `kid`');
    }
    keys.set(jwk.kid, importJWK(publicPart(jwk), 'EdDSA'));
  }
  return keys;
}

function publicPart({ kty, crv, x, kid }: JWK): JWK {
  return { kty, crv, x, kid } as JWK;
}

function bearer(authorization: string | undefined): string {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Error('no grant');
  return token;
}

async function verifySignature(
  token: string,
  keys: ReadonlyMap<string, Promise<CryptoKey | Uint8Array>>,
  rules: GrantRules,
): Promise<GrantClaims> {
  const { payload } = await jwtVerify(
    token,
    async ({ kid }) => {
      const key = kid === undefined ? undefined : keys.get(kid);
      if (key === undefined) throw new Error('unknown grant key');
      return key;
    },
    {
      algorithms: ['EdDSA'],
      typ: 'ringfence-grant+jwt',
      issuer: 'ringfence',
      audience: rules.audience,
      currentDate: rules.now(),
      requiredClaims: ['exp', 'iat', 'jti'],
    },
  );
  return grantClaims.parse(payload);
}

function assertCurrent(claims: GrantClaims, { audience, policyHash, now }: GrantRules): void {
  const nowS = now().getTime() / 1000;
  const lifeS = claims.exp - claims.iat;
  if (claims.aud !== audience) throw new Error('a grant for somebody else');
  if (lifeS <= 0 || lifeS > longestLifeS) throw new Error('a grant that lives too long');
  if (claims.exp <= nowS || claims.iat > nowS + 5) throw new Error('a grant out of its time');
  if (policyHash !== undefined && claims.policy !== policyHash) throw new Error('a grant under another policy');
}
