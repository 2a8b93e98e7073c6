/** Keys for the demo: between the gateway and each partner new in every run, for ids the same as long as the checkout. */
import { generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { InternalFault } from '../fault/index.js';
import type { AudienceKeys } from '../partition/index.js';
import { loadDevIssuerKey } from './devIssuerKey.js';

/** The partner's end: what it verifies grants and bodies with. */
export type DemoPartnerKeys = {
  grantKeys: { kty: string; crv: string; x: string; kid: string }[];
  macKeys: { kid: string; key: string }[];
};

/** Both ends of the keys between the gateway and one partner. */
export interface DemoKeys {
  readonly gateway: AudienceKeys;
  readonly partner: DemoPartnerKeys;
}

/** A key pair for grants and a key for MACs, of each audience its own. Never written down, gone with the run. */
export function demoKeys(audiences: readonly string[]): ReadonlyMap<string, DemoKeys> {
  return new Map(audiences.map((audience) => [audience, keysFor(audience)]));
}

function keysFor(audience: string): DemoKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  if (kty === undefined || crv === undefined || x === undefined) throw new InternalFault('a key has no public part');
  const kid = `${audience}-1`;
  const macKey = randomBytes(32);
  return {
    gateway: { grantKey: { kid, key: privateKey }, macKey },
    partner: { grantKeys: [{ kty, crv, x, kid }], macKeys: [{ kid, key: macKey.toString('base64') }] },
  };
}

/** Keys that ids are made with; the same in every run, so that an id that someone noted down goes on working. */
export interface DemoIdKeys {
  /** Keeps a customer's ids at two clients apart. */
  readonly pairwiseKey: string;
  /** Seals account ids; 32 bytes. */
  readonly sealingKey: Uint8Array;
  /** Keeps ids of connections and cursors over records opaque. */
  readonly recordKey: string;
  /** Makes auditors' pseudonyms. */
  readonly auditKey: string;
}

/** Derived from the secret of the dev issuer below `root`, which no two checkouts share. */
export async function demoIdKeys(root: string): Promise<DemoIdKeys> {
  const { d } = await loadDevIssuerKey(root);
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', d, '', `ringfence demo ${use}`, 32));
  return {
    pairwiseKey: derive('pairwise ids').toString('base64'),
    sealingKey: derive('sealed ids'),
    recordKey: derive('record ids').toString('base64'),
    auditKey: derive('pseudonyms').toString('base64'),
  };
}
