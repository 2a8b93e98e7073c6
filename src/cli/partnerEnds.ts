/** Both ends of the keys between the gateway and one partner that this program runs itself. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { InternalFault } from '../fault/index.js';
import type { AudienceKeys } from '../partition/index.js';

/** The partner's end: what it verifies grants and bodies with. Sent to its process, so that it holds plain data only. */
export type PartnerEnd = {
  grantKeys: { kty: string; crv: string; x: string; kid: string }[];
  macKeys: { kid: string; key: string }[];
};

/** The two ends. */
export interface PartnerEnds {
  readonly gateway: AudienceKeys;
  readonly partner: PartnerEnd;
}

/** A fresh key pair for grants and a fresh key for MACs. Never written down, gone with the run. */
export function partnerEnds(audience: string): PartnerEnds {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  if (kty === undefined || crv === undefined || x === undefined) throw new InternalFault('a key has no public part');
  // Another one in each run: a key that was revoked in a store never comes back under its name.
  const kid = `${audience}-${randomBytes(4).toString('hex')}`;
  const macKey = randomBytes(32);
  return {
    gateway: { grantKey: { kid, key: privateKey }, macKey },
    partner: { grantKeys: [{ kty, crv, x, kid }], macKeys: [{ kid: `${kid}-mac`, key: macKey.toString('base64') }] },
  };
}
