/** A roll → its pages in an order that is one auditor's own, each cut from a span of names: how long the roll is does not matter. */
import { createCipheriv } from 'node:crypto';
import type { Roll, RollSpan } from '../../src/consent/index.js';

/** What is paged through. */
export interface AuditedRoll<Entry extends object> {
  readonly roll: Roll<Entry>;
  /** 16 bytes, for this auditor and this list alone: what stands where follows from it. */
  readonly orderKey: Buffer;
  /** Least entries of a block, where there are as many: what two auditors who put their lists side by side cannot tell apart. */
  readonly leastInBlock?: number;
}

/** Which part of it. */
export interface AuditedRange {
  readonly first: number;
  /** Where the part before ended, as {@link AuditedPage} says it. */
  readonly after: string | undefined;
}

/** A part, in its order. */
export interface AuditedPage<Entry extends object> {
  readonly items: readonly { readonly id: string; readonly entry: Entry | 'damaged' }[];
  readonly hasMore: boolean;
}

const usualLeast = 2048;
const mostBits = 16;
const firstName = '0'.repeat(32);

/**
 * The part after a place, in the auditor's order: names are cut into blocks of equal spans, and blocks, and entries within each,
 * stand in the order of their names enciphered. It says nothing of who, when or where, and is the same for as long as somebody pages,
 * whatever comes or goes meanwhile. Undefined where `after` is no place of such an order. Reads the names of one block or two (2,048 to
 * 4,096 each) and the entries shown.
 */
export async function auditedPage<Entry extends object>(
  audited: AuditedRoll<Entry>,
  { first, after }: AuditedRange,
): Promise<AuditedPage<Entry> | undefined> {
  const { roll } = audited;
  const place = after === undefined ? { bits: await bitsOf(audited), block: 0, key: '' } : placeOf(after);
  if (!place) return undefined;
  const found = await behind(audited, place, first + 1);
  const shown = found.slice(0, first);
  const entries = await roll.entries(shown.map(({ name }) => name));
  const items = shown.flatMap(({ name, id }) => {
    const entry = entries.get(name);
    return entry === undefined ? [] : [{ id, entry }];
  });
  const last = shown.at(-1);
  // All of them went meanwhile: a part without an end could not be followed.
  if (last && items.length === 0) return auditedPage(audited, { first, after: last.id });
  return { items, hasMore: found.length > first };
}

/** Where an entry stands: how many bits number the blocks, which block in their order, and the entry's name enciphered. */
interface Place {
  readonly bits: number;
  readonly block: number;
  readonly key: string;
}

/** Undefined for what an entry of this order never had as its id: lists were ordered otherwise before. */
function placeOf(id: string): Place | undefined {
  const [, bits, block, key] = /^(\d{1,2})\.(\d{1,5})\.([0-9a-f]{32})$/.exec(id) ?? [];
  const place = { bits: Number(bits), block: Number(block) };
  return key !== undefined && place.bits <= mostBits && place.block < 2 ** place.bits ? { ...place, key } : undefined;
}

/** Names are evenly spread: how far the first ones reach tells how many there are. */
async function bitsOf({ roll, leastInBlock = usualLeast }: AuditedRoll<object>): Promise<number> {
  const names = await roll.names({ from: firstName, most: leastInBlock });
  const last = names.at(-1);
  if (last === undefined || names.length < leastInBlock) return 0;
  const share = (Number.parseInt(last.slice(0, 12), 16) + 1) / 2 ** 48;
  return Math.min(mostBits, Math.floor(-Math.log2(share)));
}

interface Found {
  readonly name: string;
  readonly id: string;
}

async function behind(
  { roll, orderKey }: AuditedRoll<object>,
  place: Place,
  wanted: number,
): Promise<readonly Found[]> {
  const blocks = blocksOf(orderKey, place.bits);
  const found: Found[] = [];
  for (let block = place.block; block < blocks.length && found.length < wanted; block += 1) {
    const number = blocks[block] ?? 0;
    const names = await roll.names(spanOf(number, place.bits));
    const ordered = enciphered(orderKey, names);
    const rest = block === place.block ? ordered.filter(({ key }) => key > place.key) : ordered;
    found.push(...rest.map(({ name, key }) => ({ name, id: `${place.bits}.${block}.${key}` })));
  }
  return found.slice(0, wanted);
}

/** The numbers of all blocks, in the auditor's order. */
function blocksOf(orderKey: Buffer, bits: number): readonly number[] {
  const numbers = Array.from({ length: 2 ** bits }, (_, number) => number.toString(16).padStart(32, '0'));
  return enciphered(orderKey, numbers).map(({ name }) => Number.parseInt(name, 16));
}

function spanOf(number: number, bits: number): RollSpan {
  const bound = (of: number): string => (BigInt(of) << BigInt(128 - bits)).toString(16).padStart(32, '0');
  const from = bound(number);
  return number + 1 === 2 ** bits ? { from } : { from, below: bound(number + 1) };
}

/** Names (32 hex digits) in the order of what they are enciphered to (AES-128, a block each): nobody foretells it without the key. */
function enciphered(orderKey: Buffer, names: readonly string[]): readonly { name: string; key: string }[] {
  const cipher = createCipheriv('aes-128-ecb', orderKey, null).setAutoPadding(false);
  const keys = cipher.update(names.join(''), 'hex', 'hex');
  const keyed = names.map((name, index) => ({ name, key: keys.slice(index * 32, index * 32 + 32) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
}
