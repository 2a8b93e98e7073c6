/** The key that signs checkpoints of receipts: it follows from the store's secret, apart from every other key. */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

/** An Ed25519 pair. Whoever checks receipts elsewhere needs the public half alone. */
export interface CheckpointKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, 7). */
const header = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The pair that follows from the store's secret (HKDF-SHA-256). */
export function checkpointKeysOf(secret: Buffer): CheckpointKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'ringfence store checkpoints', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
