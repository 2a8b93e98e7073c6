/** A chain's state at one moment, signed: what was written up to it cannot be rewritten by whoever has the database alone. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { ChainLink } from './chain.js';

/** The entry that a chain ended with at one moment. */
export interface Checkpoint extends ChainLink {
  readonly chain: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A checkpoint with its signature. */
export interface SignedCheckpoint extends Checkpoint {
  /** {@link signingKeyId} of the key that made the signature. */
  readonly key: string;
  /** Ed25519 over {@link checkpointBytes}. */
  readonly signature: Uint8Array;
}

const format = Buffer.from('ringfence checkpoint 1\n');

/** What is signed: format, chain (4 bytes), seq (8), at (8), hash; numbers are big-endian. */
export function checkpointBytes({ chain, seq, at, hash }: Checkpoint): Buffer {
  const fixed = Buffer.alloc(20);
  fixed.writeUInt32BE(chain, 0);
  fixed.writeBigInt64BE(BigInt(seq), 4);
  fixed.writeBigInt64BE(BigInt(at), 12);
  return Buffer.concat([format, fixed, hash]);
}

/** Signs with an Ed25519 private key. */
export function signCheckpoint(key: KeyObject, checkpoint: Checkpoint): SignedCheckpoint {
  return { ...checkpoint, key: signingKeyId(key), signature: sign(null, checkpointBytes(checkpoint), key) };
}

/** True when one of the public keys made the signature. */
export function isSigned(keys: readonly KeyObject[], checkpoint: SignedCheckpoint): boolean {
  return keys.some((key) => verify(null, checkpointBytes(checkpoint), key, checkpoint.signature));
}

/** Names an Ed25519 key, private or public, by its public half: 16 hex digits. */
export function signingKeyId(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}
