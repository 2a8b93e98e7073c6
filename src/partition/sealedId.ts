/**
 * Opaque ids: what a partner issued, sealed for one customer. The gateway finds the partner from them, nobody else can.
 */
import { hkdfSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { createSiv, type Header, type Packed } from './siv.js';

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
  /** As {@link Sealer.seal} of each reference, at a tenth of the cost for many. */
  sealAll(subject: IdSubject, bank: string, references: readonly string[]): string[];
  /** Undefined for anything that {@link Sealer.seal} did not make for this kind and customer. */
  open(subject: IdSubject, id: string): PartnerReference | undefined;
}

/** Characters of the longest partner's reference that is sealed: such an id, escapes and all, can be opened again. */
export const longestReference = 512;

/** Each character takes 6 bytes as JSON at most, and base64 a third more. */
const longestId = longestReference * 8 + 512;

/**
 * A sealer under `key` (at least 32 random bytes): AES-SIV (RFC 5297) of partner and reference, with kind and customer
 * as associated data. About 10 µs an id, and 1 µs for each of many.
 */
export function createSealer(key: Uint8Array): Sealer {
  if (key.byteLength < 32) throw new RangeError('the id key needs at least 32 bytes');
  const siv = createSiv(Buffer.from(hkdfSync('sha256', key, '', 'ringfence id siv', 64)));
  const headers = new LRUCache<string, Header>({ max: 1_000 });
  const headerOf = ({ kind, customer }: IdSubject): Header => {
    const subject = JSON.stringify([kind, customer]);
    const header = headers.get(subject) ?? siv.header([Buffer.from(kind), Buffer.from(customer)]);
    headers.set(subject, header);
    return header;
  };
  const sealAll: Sealer['sealAll'] = (subject, bank, references) => {
    const start = `[${JSON.stringify(bank)},`;
    const { bytes, ends } = siv.seal(
      headerOf(subject),
      packed(references.map((one) => `${start}${JSON.stringify(one)}]`)),
    );
    return ends.map((end, index) => bytes.toString('base64url', ends[index - 1] ?? 0, end));
  };
  return {
    sealAll,
    seal: (subject, { bank, reference }) => sealAll(subject, bank, [reference]).join(''),
    open(subject, id) {
      if (id.length > longestId || !/^[\w-]+$/.test(id)) return undefined;
      const bytes = Buffer.from(id, 'base64url');
      if (bytes.toString('base64url') !== id) return undefined;
      const text = siv.open(headerOf(subject), bytes);
      return text && parseReference(text.toString('utf8'));
    },
  };
}

function packed(texts: readonly string[]): Packed {
  let end = 0;
  const bytes = Buffer.from(texts.join(''));
  return { bytes, ends: texts.map((text) => (end += Buffer.byteLength(text))) };
}

/** INVARIANT: the text was authenticated, so it has the shape that `seal` gave it. */
function parseReference(plain: string): PartnerReference {
  const [bank, reference] = JSON.parse(plain) as [string, string];
  return { bank, reference };
}
