/**
 * AES-SIV (RFC 5297) over many short texts at once. The blocks of all texts go through the cipher together: calling it
 * costs ten times what a block does, and an answer of a bank holds an id in every row.
 */
import { createCipheriv, timingSafeEqual } from 'node:crypto';

/** Texts one after the other: each ends where the number of its index says. */
export interface Packed {
  readonly bytes: Buffer;
  readonly ends: readonly number[];
}

/** Deterministic authenticated encryption under one key. */
export interface Siv {
  /** The state of the MAC after the associated data; costs some calls of the cipher, and texts that share it reuse it. */
  header(associated: readonly Uint8Array[]): Header;
  /** Each text sealed: 16 bytes more than it has. */
  seal(header: Header, texts: Packed): Packed;
  /** The text; undefined for anything that was not sealed under this header. */
  open(header: Header, sealed: Uint8Array): Buffer | undefined;
}

/** What binds a text to its associated data. */
export type Header = Uint8Array & { readonly __brand: 'SivHeader' };

const size = 16;

/** SIV under a key of 32 or 64 bytes: its first half for the MAC, its second for the cipher (RFC 5297, 2.6). */
export function createSiv(key: Uint8Array): Siv {
  const half = key.byteLength / 2;
  const mac = createMac(blockCipher(key.subarray(0, half)));
  const encrypt = blockCipher(key.subarray(half));
  const whole = { bytes: Buffer.alloc(size), ends: [size] };
  return {
    header: (associated) =>
      associated.reduce<Buffer>(
        (state, data) => xored(doubled(state), mac({ bytes: Buffer.from(data), ends: [data.byteLength] })),
        mac(whole),
      ) as Uint8Array as Header,
    seal(header, texts) {
      const ivs = mac(texts, header);
      return joined(ivs, texts, encrypt(counters(ivs, texts)));
    },
    open(header, sealed) {
      if (sealed.byteLength < size) return undefined;
      const iv = Buffer.from(sealed.subarray(0, size));
      const hidden = Buffer.from(sealed.subarray(size));
      const ends = [hidden.byteLength];
      const bytes = xored(hidden, encrypt(counters(iv, { bytes: hidden, ends })));
      return timingSafeEqual(mac({ bytes, ends }, header), iv) ? bytes : undefined;
    },
  };
}

/** Encrypts whole blocks, each by itself. */
type BlockCipher = (blocks: Uint8Array) => Buffer;

/** One cipher for all calls: it keeps nothing from block to block. */
function blockCipher(key: Uint8Array): BlockCipher {
  const cipher = createCipheriv(`aes-${key.byteLength * 8}-ecb`, key, null);
  cipher.setAutoPadding(false);
  return (blocks) => cipher.update(blocks);
}

/** CMAC (NIST SP 800-38B) of each text, bound to a header if there is one; the MACs one after the other. */
type Mac = (texts: Packed, header?: Uint8Array) => Buffer;

function createMac(encrypt: BlockCipher): Mac {
  const whole = doubled(encrypt(Buffer.alloc(size)));
  const masks = { whole, padded: doubled(whole) };
  return (texts, header) => {
    const chains = prepared(texts, header, masks);
    const states = Buffer.alloc(texts.ends.length * size);
    for (let level = 0; chain(states, chains, { level, encrypt }); level += 1);
    return states;
  };
}

/** The blocks of each text, one after the other, each text ending where `ends` says. */
type Blocks = Packed;

/** Takes the next block of each text that has one into its state; false when none has. */
function chain(
  states: Buffer,
  { bytes, ends }: Blocks,
  { level, encrypt }: { readonly level: number; readonly encrypt: BlockCipher },
): boolean {
  const input = Buffer.allocUnsafe(states.byteLength);
  const active: number[] = [];
  ends.forEach((end, index) => {
    const from = (ends[index - 1] ?? 0) + level * size;
    if (from >= end) return;
    const to = active.push(index) * size - size;
    for (let byte = 0; byte < size; byte += 1) {
      input[to + byte] = (states[index * size + byte] ?? 0) ^ (bytes[from + byte] ?? 0);
    }
  });
  if (active.length === 0) return false;
  const output = encrypt(input.subarray(0, active.length * size));
  active.forEach((index, position) => copyBlock(output, position * size, [states, index * size]));
  return true;
}

interface Masks {
  readonly whole: Buffer;
  readonly padded: Buffer;
}

/** The blocks to chain: padded, the header in (the last step of S2V, RFC 5297, 2.4), the last block of each masked. */
function prepared({ bytes, ends }: Packed, header: Uint8Array | undefined, { whole, padded }: Masks): Blocks {
  const short = header && doubled(header);
  const blocks = Buffer.alloc(ends.reduce((sum, end, index) => sum + spaceOf(end - (ends[index - 1] ?? 0)), 0));
  let at = 0;
  const stops = ends.map((end, index) => {
    const from = ends[index - 1] ?? 0;
    const length = end - from;
    for (let byte = 0; byte < length; byte += 1) blocks[at + byte] = bytes[from + byte] ?? 0;
    const stop = at + spaceOf(length);
    const isShort = short !== undefined && length < size;
    if (at + length < stop) blocks[at + length] = 0x80;
    if (isShort) mix(blocks, stop - size, short);
    else if (header) mix(blocks, at + length - size, header);
    mix(blocks, stop - size, isShort || at + length === stop ? whole : padded);
    at = stop;
    return stop;
  });
  return { bytes: blocks, ends: stops };
}

function spaceOf(length: number): number {
  return Math.max(1, Math.ceil(length / size)) * size;
}

function mix(target: Buffer, at: number, block: Uint8Array): void {
  for (let byte = 0; byte < size; byte += 1) target[at + byte] = (target[at + byte] ?? 0) ^ (block[byte] ?? 0);
}

function copyBlock(from: Uint8Array, at: number, [to, offset]: readonly [Buffer, number]): void {
  for (let byte = 0; byte < size; byte += 1) to[offset + byte] = from[at + byte] ?? 0;
}

/** The counter blocks of each text, from its IV with two bits cleared (RFC 5297, 2.5). */
function counters(ivs: Buffer, { ends }: Packed): Buffer {
  const blocks = Buffer.allocUnsafe(ends.reduce((sum, end, index) => sum + spaceOf(end - (ends[index - 1] ?? 0)), 0));
  let at = 0;
  ends.forEach((end, index) => {
    const stop = at + spaceOf(end - (ends[index - 1] ?? 0));
    for (let block = 0; at < stop; block += 1, at += size) {
      copyBlock(ivs, index * size, [blocks, at]);
      blocks[at + 8] = (blocks[at + 8] ?? 0) & 0x7f;
      blocks.writeUInt32BE((blocks.readUInt32BE(at + 12) & 0x7fffffff) + block, at + 12);
    }
  });
  return blocks;
}

/** Each text's IV, then the text under its key stream. */
function joined(ivs: Buffer, { bytes, ends }: Packed, stream: Buffer): Packed {
  const sealed = Buffer.allocUnsafe(bytes.byteLength + ivs.byteLength);
  let at = 0;
  let key = 0;
  const stops = ends.map((end, index) => {
    const from = ends[index - 1] ?? 0;
    copyBlock(ivs, index * size, [sealed, at]);
    at += size;
    for (let byte = 0; byte < end - from; byte += 1) {
      sealed[at + byte] = (bytes[from + byte] ?? 0) ^ (stream[key + byte] ?? 0);
    }
    key += spaceOf(end - from);
    at += end - from;
    return at;
  });
  return { bytes: sealed, ends: stops };
}

/** Multiplication by x in GF(2^128) (RFC 5297, 2.3). */
function doubled(block: Uint8Array): Buffer {
  const result = Buffer.allocUnsafe(size);
  for (let byte = 0; byte < size; byte += 1) {
    result[byte] = ((block[byte] ?? 0) << 1) | ((block[byte + 1] ?? 0) >> 7);
  }
  if (((block[0] ?? 0) & 0x80) !== 0) result[size - 1] = (result[size - 1] ?? 0) ^ 0x87;
  return result;
}

/** `one`, changed in place. */
function xored(one: Buffer, other: Uint8Array): Buffer {
  for (let byte = 0; byte < one.byteLength; byte += 1) one[byte] = (one[byte] ?? 0) ^ (other[byte] ?? 0);
  return one;
}
