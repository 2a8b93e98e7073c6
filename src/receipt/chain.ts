/** The chain: each entry's hash covers the hash before it, so that none can change, go or come without the next one showing it. */
import { createHash } from 'node:crypto';

/** A place in a chain, and the hash of the entry there. */
export interface ChainLink {
  /** 0 stands before the first entry. */
  readonly seq: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** An entry in the form that is chained: names keyed, content sealed. Whoever checks the chain needs no key. */
export interface ChainedEntry extends ChainLink {
  readonly chain: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The customer's pseudonym; absent for principals without a customer. */
  readonly customer?: Uint8Array;
  readonly content: Uint8Array;
}

/** What stands before the first entry of every chain. */
export const chainStart: ChainLink = Object.freeze({ seq: 0, hash: Buffer.alloc(32) });

const format = Buffer.from('ringfence receipt 1\n');
const fixedBytes = 4 + 8 + 8 + 1;

/**
 * SHA-256 of: format, previous hash, chain (4 bytes), seq (8), at (8), length (1) and bytes of the customer's pseudonym,
 * sealed content. Numbers are big-endian; what ends the input has no length of its own.
 */
export function linkHash(previous: Uint8Array, entry: Omit<ChainedEntry, 'hash'>): Buffer {
  const { chain, seq, at, customer, content } = entry;
  const fixed = Buffer.alloc(fixedBytes);
  fixed.writeUInt32BE(chain, 0);
  fixed.writeBigInt64BE(BigInt(seq), 4);
  fixed.writeBigInt64BE(BigInt(at), 12);
  fixed.writeUInt8(customer?.length ?? 0, 20);
  const hash = createHash('sha256').update(format).update(previous).update(fixed);
  if (customer) hash.update(customer);
  return hash.update(content).digest();
}
