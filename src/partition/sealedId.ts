/**
 * Opaque ids: what a partner issued, sealed for one customer. The gateway finds the partner from them, nobody else can.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

/** What an id names, and for whom. The kind and the customer are authenticated, the rest is encrypted too. */
export interface IdSubject {
  /** A `SealedKind` of `schema/policy.graphql`. */
  readonly kind: string;
  readonly customer: string;
}

/** A partner's own identifier. */
export interface PartnerReference {
  readonly bank: string;
  readonly reference: string;
}

/** Seals and opens ids. Deterministic: the same reference gives the same id, so that clients can cache by it. */
export interface Sealer {
  seal(subject: IdSubject, target: PartnerReference): string;
  /** Undefined for anything that {@link Sealer.seal} did not make for this kind and customer. */
  open(subject: IdSubject, id: string): PartnerReference | undefined;
}

/** Characters of the longest partner's reference that is sealed: such an id, escapes and all, can be opened again. */
export const longestReference = 512;

/** Each character takes 6 bytes as JSON at most, and base64 a third more. */
const longestId = longestReference * 8 + 512;

const ivBytes = 16;

/**
 * A sealer under `key` (at least 32 random bytes). A synthetic IV, as RFC 5297 has it, from primitives of OpenSSL: the IV
 * is an HMAC-SHA-256 over kind, customer and text, cut to 128 bits; the text is under AES-256-CTR; opening computes the IV
 * again. About 12 µs an id.
 */
export function createSealer(key: Uint8Array): Sealer {
  if (key.byteLength < 32) throw new RangeError('the id key needs at least 32 bytes');
  const macKey = derivedKey(key, 'ringfence id mac');
  const cipherKey = derivedKey(key, 'ringfence id cipher');
  const ivOf = ({ kind, customer }: IdSubject, plain: Uint8Array): Buffer =>
    createHmac('sha256', macKey)
      .update(JSON.stringify([kind, customer]))
      .update(plain)
      .digest()
      .subarray(0, ivBytes);
  return {
    seal(subject, { bank, reference }) {
      const plain = Buffer.from(JSON.stringify([bank, reference]));
      const iv = ivOf(subject, plain);
      return Buffer.concat([iv, createCipheriv('aes-256-ctr', cipherKey, iv).update(plain)]).toString('base64url');
    },
    open(subject, id) {
      if (id.length > longestId || !/^[\w-]+$/.test(id)) return undefined;
      const bytes = Buffer.from(id, 'base64url');
      if (bytes.byteLength <= ivBytes || bytes.toString('base64url') !== id) return undefined;
      const iv = bytes.subarray(0, ivBytes);
      const plain = createDecipheriv('aes-256-ctr', cipherKey, iv).update(bytes.subarray(ivBytes));
      return timingSafeEqual(ivOf(subject, plain), iv) ? parseReference(plain.toString('utf8')) : undefined;
    },
  };
}

function derivedKey(key: Uint8Array, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', use, 32)));
}

/** INVARIANT: the text was authenticated, so it has the shape that `seal` gave it. */
function parseReference(plain: string): PartnerReference {
  const [bank, reference] = JSON.parse(plain) as [string, string];
  return { bank, reference };
}
