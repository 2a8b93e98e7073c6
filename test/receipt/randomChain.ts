/** Random chains of receipts, and what somebody may do to them. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  type ChainedEntry,
  type ChainLink,
  chainStart,
  ChainVerifier,
  linkHash,
  type ReceiptFinding,
  signCheckpoint,
  type SignedCheckpoint,
} from '../../src/receipt/index.js';
import { openReceipt, sealReceipt } from '../../src/store/receiptContent.js';
import { storeKeysOf } from '../../src/store/index.js';
import { makeEntry } from './makeEntry.js';

const keys = storeKeysOf(randomBytes(32));
const signing = generateKeyPairSync('ed25519');

/** A chain as a database holds it. */
export interface StoredChain {
  readonly entries: readonly ChainedEntry[];
  readonly head: ChainLink;
  readonly checkpoints: readonly SignedCheckpoint[];
}

/** Somebody's work on a chain: what it looks like afterwards, and the places that a verifier has to name. */
export interface Tampered {
  readonly chain: StoredChain;
  readonly places: readonly number[];
}

/** A chain of so many entries with a checkpoint after every `each`, and at its end. */
export function chainOf(length: number, each: number): StoredChain {
  const entries = linked(Array.from({ length }, (_, index) => sealed(index + 1, `request-${index}`)));
  const head = entries.at(-1) ?? chainStart;
  const signed = entries.filter(({ seq }) => seq % each === 0 || seq === length);
  const checkpoints = signed.map(({ seq, hash, at }) =>
    signCheckpoint(signing.privateKey, { chain: 1, seq, hash, at }),
  );
  return { entries, head: { seq: head.seq, hash: head.hash }, checkpoints };
}

/** What is found wrong with a chain; without the store's key where `withKey` is false. */
export function findingsOf({ entries, head, checkpoints }: StoredChain, withKey = true): readonly ReceiptFinding[] {
  const verifier = new ChainVerifier({
    chain: 1,
    start: chainStart,
    head,
    signers: [signing.publicKey],
    ...(withKey && { open: statedPlace }),
  });
  return [
    ...checkpoints.flatMap((checkpoint) => verifier.vouch(checkpoint)),
    ...verifier.begin(),
    ...entries.flatMap((entry) => verifier.next(entry)),
    ...verifier.end(),
  ];
}

/** What can be done to a chain of `length` entries, at random. */
export function tampering(length: number): fc.Arbitrary<(chain: StoredChain) => Tampered> {
  const place = fc.integer({ min: 1, max: length });
  const relinks = fc.boolean();
  return fc.oneof(
    fc.tuple(place, fc.constantFrom('content', 'at', 'customer', 'hash'), relinks).map(changed),
    fc.tuple(place, relinks).map(([seq, relink]) => removed(seq, relink && seq < length)),
    fc
      .tuple(fc.uniqueArray(place, { minLength: 2, maxLength: 2 }), relinks)
      .map(([pair, relink]) => swapped(pair, relink)),
    place.map(invented),
    place.map(rewritten),
  );
}

/** What a change can begin with. */
export type Field = 'content' | 'at' | 'customer' | 'hash';

/** An entry that says something else in one field, and is what it was in all others. */
export function changedIn(chain: StoredChain, seq: number, field: Field): StoredChain {
  return { ...chain, entries: chain.entries.map((entry) => (entry.seq === seq ? withOther(entry, field) : entry)) };
}

function changed([seq, field, relink]: [number, Field, boolean]): (chain: StoredChain) => Tampered {
  return (chain) => {
    const { entries } = changedIn(chain, seq, field);
    // Whoever moves a hash and computes the chain anew has changed nothing.
    const isRelinked = relink && field !== 'hash';
    return { chain: isRelinked ? relinked(chain, entries) : { ...chain, entries }, places: [seq] };
  };
}

function removed(seq: number, relink: boolean): (chain: StoredChain) => Tampered {
  return (chain) => {
    const rest = chain.entries.filter((entry) => entry.seq !== seq);
    return { chain: relink ? relinked(chain, renumbered(rest)) : { ...chain, entries: rest }, places: [seq] };
  };
}

function swapped(pair: readonly number[], relink: boolean): (chain: StoredChain) => Tampered {
  const [one = 0, other = 0] = pair;
  return (chain) => {
    const from = (seq: number): number => (seq === one ? other : seq === other ? one : seq);
    const entries = chain.entries.flatMap((entry) => {
      const moved = chain.entries[from(entry.seq) - 1];
      return moved ? [{ ...moved, seq: entry.seq }] : [];
    });
    return { chain: relink ? relinked(chain, entries) : { ...chain, entries }, places: [one, other] };
  };
}

function invented(seq: number): (chain: StoredChain) => Tampered {
  return (chain) => {
    const [some] = chain.entries;
    if (!some) throw new RangeError('an empty chain');
    const false_ = { ...some, content: Buffer.concat([Buffer.of(1), randomBytes(80)]) };
    const entries = [...chain.entries.slice(0, seq - 1), false_, ...chain.entries.slice(seq - 1)];
    return { chain: relinked(chain, renumbered(entries)), places: [seq] };
  };
}

/** By somebody who has the store's key, and not the key of the checkpoints. */
function rewritten(seq: number): (chain: StoredChain) => Tampered {
  return (chain) => {
    const entries = chain.entries.map((entry) => (entry.seq === seq ? sealed(seq, 'another request') : entry));
    return { chain: relinked(chain, entries), places: [seq] };
  };
}

function withOther(entry: ChainedEntry, field: Field): ChainedEntry {
  switch (field) {
    case 'content':
      return { ...entry, content: entry.content.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) };
    case 'at':
      return { ...entry, at: entry.at + 1 };
    case 'customer':
      return { ...entry, customer: randomBytes(16) };
    case 'hash':
      return { ...entry, hash: randomBytes(32) };
  }
}

function sealed(seq: number, requestId: string): ChainedEntry {
  const entry = makeEntry({ requestId, at: seq * 1000 });
  const pseudonym = Buffer.alloc(16, seq % 3);
  const content = sealReceipt(keys, { chain: 1, seq }, { entry, name: { pseudonym, consentsKey: Buffer.alloc(32) } });
  return { chain: 1, seq, at: entry.at, customer: pseudonym, content, hash: Buffer.alloc(32) };
}

function linked(entries: readonly ChainedEntry[]): ChainedEntry[] {
  let before = chainStart.hash;
  return entries.map((entry) => {
    before = linkHash(before, entry);
    return { ...entry, hash: before };
  });
}

function relinked(chain: StoredChain, entries: readonly ChainedEntry[]): StoredChain {
  const anew = linked(entries);
  const { seq, hash } = anew.at(-1) ?? chainStart;
  return { ...chain, entries: anew, head: { seq, hash } };
}

function renumbered(entries: readonly ChainedEntry[]): ChainedEntry[] {
  return entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
}

function statedPlace(entry: ChainedEntry) {
  try {
    return openReceipt(keys, entry).place;
  } catch {
    return undefined;
  }
}
