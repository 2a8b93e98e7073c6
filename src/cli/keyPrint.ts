/** A key → its print, which tells it from every other and says nothing else of it. */
import { createHash, createHmac, createPublicKey, type KeyObject } from 'node:crypto';
import { InternalFault } from '../fault/index.js';

/** Of an Ed25519 key, either half: the thumbprint of its public JWK (RFC 7638, SHA-256, base64url). */
export function grantKeyPrint(key: KeyObject): string {
  const { crv, kty, x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  if (crv !== 'Ed25519') throw new InternalFault('a grant key must be Ed25519');
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

/** Of a key that is shared: an HMAC under it, from which nobody gets back to it. */
export function macKeyPrint(key: Uint8Array): string {
  return createHmac('sha256', key).update('ringfence mac key').digest('base64url');
}
