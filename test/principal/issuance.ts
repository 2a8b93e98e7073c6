/** Tokens for these tests: an issuer with keys of its own, a good token's parts, and ways to spoil them. */
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { maskOf, type Purpose } from '../../src/policy/index.js';
import {
  createVerifier,
  type Admits,
  type Principal,
  type Verifier,
  type VerifierOptions,
} from '../../src/principal/index.js';

export const issuerName = 'https://issuer.example';
export const audience = 'ringfence';
export const nowS = 1_800_000_000;
export const now = () => new Date(nowS * 1000);

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function newKey(kid: string, alg = 'EdDSA'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg as 'EdDSA', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const key = await newKey('key-1');

export const claims = {
  iss: issuerName,
  aud: audience,
  iat: nowS - 10,
  exp: nowS + 600,
  auth_time: nowS - 60,
  client_id: 'messenger',
  purpose: 'ACCOUNT_SERVICING',
  sub: 'customer-1',
  scope: 'data:balance data:receipt',
};

export const header = { alg: 'EdDSA', kid: 'key-1', typ: 'JWT' };

/** A token that is as good as can be, but for what is given; `undefined` takes a claim or header away. */
export async function sign(
  changed: Record<string, unknown> = {},
  changedHeader: Record<string, unknown> = {},
  by: SigningKey = key,
): Promise<string> {
  return await new SignJWT(defined({ ...claims, ...changed }))
    .setProtectedHeader(defined({ ...header, ...changedHeader }) as { alg: string })
    .sign(by.privateKey, { crit: { crit: true, exotic: false } });
}

function defined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** Two rows, so that what a purpose admits is seen to come from here. */
export const admits: Admits = (purpose) => {
  if (purpose === 'ACCOUNT_SERVICING') return maskOf(['RELATIONSHIP', 'BALANCE', 'RECEIPT', 'AD_PROFILE']);
  return maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'CONSENT_RECORD', 'RECEIPT']);
};

const clients = new Map<string, ReadonlySet<Purpose>>([
  ['messenger', new Set<Purpose>(['ACCOUNT_SERVICING', 'CONSENT_MANAGEMENT'])],
  ['ads-engine', new Set<Purpose>(['AD_TARGETING', 'AD_MEASUREMENT'])],
  ['partner-app', new Set<Purpose>(['THIRD_PARTY_SHARING'])],
  ['insights', new Set<Purpose>(['ANALYTICS'])],
  ['auditor', new Set<Purpose>(['COMPLIANCE_AUDIT'])],
]);

export const options: VerifierOptions = {
  issuers: [{ issuer: issuerName, jwks: { keys: [key.jwk] }, algorithms: ['EdDSA', 'ES256'] }],
  audience,
  clients,
  admits,
  now,
  clockToleranceS: 5,
  onKeyFailure: () => undefined,
};

export function verifier(changed: Partial<VerifierOptions> = {}): Verifier {
  return createVerifier({ ...options, ...changed });
}

export function verify(by: Verifier, token: string): Promise<Principal> {
  const authorization = `Bearer ${token}`;
  return by.verify({ authorization, rawHeaders: ['Host', 'x', 'Authorization', authorization] });
}

/** All that a client could see of a refusal, as one string, and the reason that only the log sees. */
export async function refusal(attempt: Promise<unknown>): Promise<{ seen: string; reason: unknown }> {
  try {
    await attempt;
  } catch (error) {
    const { name, code, message, status, cause } = error as Record<string, unknown>;
    return {
      seen: JSON.stringify({ name, code, message, status }),
      reason: (cause as Record<string, unknown>)['reason'],
    };
  }
  throw new Error('accepted');
}

export const theOneRefusal = JSON.stringify({
  name: 'ClientFault',
  code: 'UNAUTHENTICATED',
  message: 'the token is missing, invalid or not acceptable',
  status: 401,
});
