/** Calls a subgraph the way the gateway does, or a little wrong. */
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT, type JWK } from 'jose';
import { grantHeaders, macInput, type GrantClaims, type GrantedAccount } from '../../src/partition/index.js';
import type { PartnerKeys } from '../../src/partner/index.js';
import {
  maskOf,
  purposes,
  dataCategories,
  type CategoryMask,
  type DataCategory,
  type Purpose,
} from '../../src/policy/index.js';

/** One gateway's keys and those who know their public parts. */
export interface Caller {
  readonly keys: PartnerKeys;
  /** Headers of a call that a partner accepts, but for what `wrong` says. */
  headers(grant: GrantClaims, body: string, wrong?: Wrong): Promise<Record<string, string>>;
}

export interface Wrong {
  readonly typ?: string;
  readonly kid?: string;
  readonly nonce?: string;
  readonly timeMs?: number;
  readonly macOver?: string;
  readonly macKey?: Buffer;
}

export function createCaller(now: () => Date): Caller {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const macKey = randomBytes(32);
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'grant-1' } as JWK;
  return {
    keys: { grantKeys: [jwk], macKeys: [{ kid: 'mac-1', key: macKey.toString('base64') }] },
    headers: async (grant, body, wrong = {}) => {
      const token = await new SignJWT({ ...grant })
        .setProtectedHeader({ alg: 'EdDSA', typ: wrong.typ ?? 'ringfence-grant+jwt', kid: wrong.kid ?? 'grant-1' })
        .sign(privateKey);
      const nonce = wrong.nonce ?? randomUUID();
      const time = String(wrong.timeMs ?? now().getTime());
      const input = macInput({ jti: grant.jti, nonce, time, body: wrong.macOver ?? body });
      return {
        'content-type': 'application/json',
        [grantHeaders.authorization]: `Bearer ${token}`,
        [grantHeaders.nonce]: nonce,
        [grantHeaders.time]: time,
        [grantHeaders.mac]: createHmac('sha256', wrong.macKey ?? macKey)
          .update(input)
          .digest('hex'),
      };
    },
  };
}

/** The hash that the partners under test pin. */
export const policyHash = 'sha256-of-the-policy';

/** A valid grant for a customer, with everything that the test does not say. */
export function grantFor(part: Partial<GrantClaims> & Pick<GrantClaims, 'aud' | 'purpose'>, now: Date): GrantClaims {
  const iat = Math.floor(now.getTime() / 1000);
  return {
    iss: 'ringfence',
    jti: randomUUID(),
    iat,
    exp: iat + 60,
    client: 'messenger',
    scope: [...dataCategories],
    accounts: [],
    consents: [{ id: 'consent-1', version: 1 }],
    policy: policyHash,
    ...part,
  };
}

/** An account that the grant covers for these categories. */
export function covering(
  reference: string,
  categories: readonly DataCategory[],
  edges: readonly string[] = [],
): GrantedAccount {
  const onItems: readonly DataCategory[] = [
    'TRANSACTION_CORE',
    'TRANSACTION_DETAIL',
    'PAYMENT_ACTIVITY',
    'FRAUD_SIGNAL',
  ];
  return { reference, categories, anchored: edges.map((edge) => ({ edge, categories: onItems })) };
}

/** An agreement that covers every category for every purpose. */
export function wholeAgreement(): ReadonlyMap<Purpose, CategoryMask> {
  return new Map(purposes.map((purpose) => [purpose, maskOf(dataCategories)]));
}
