/** Keys for one run of the demo: made at the start, never written down, gone at the end. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { AudienceKeys } from '../partition/index.js';
import type { PartnerKeys } from '../partner/index.js';

/** Both ends of the keys between the gateway and one partner. */
export interface DemoKeys {
  readonly gateway: AudienceKeys;
  readonly partner: PartnerKeys;
}

/** A key pair for grants and a key for MACs, of each audience its own. */
export function demoKeys(audiences: readonly string[]): ReadonlyMap<string, DemoKeys> {
  return new Map(audiences.map((audience) => [audience, keysFor(audience)]));
}

function keysFor(audience: string): DemoKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const kid = `${audience}-1`;
  const macKey = randomBytes(32);
  const published = { ...publicKey.export({ format: 'jwk' }), kid } as JWK;
  return {
    gateway: { grantKey: { kid, key: privateKey }, macKey },
    partner: { grantKeys: [published], macKeys: [{ kid, key: macKey.toString('base64') }] },
  };
}
