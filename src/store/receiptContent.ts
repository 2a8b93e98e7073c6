/** A receipt ↔ the sealed content of its row, and the id that tells its place to nobody without the key. */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Purpose } from '../policy/index.js';
import type { ChainedEntry, Receipt, ReceiptDecision, ReceiptEntry, StatedPlace } from '../receipt/index.js';
import { openContent, sealContent, type StoreKeys } from './sealing.js';

/** A row of a chain as the database gives it. */
export interface ReceiptRow {
  readonly chain: number;
  readonly seq: number | string;
  readonly at: number | string;
  readonly customer: Uint8Array | null;
  readonly content: Uint8Array;
  readonly hash: Uint8Array;
}

/** What a row holds, without the customer's name. */
export interface OpenedReceipt {
  readonly place: StatedPlace;
  readonly receipt: Omit<Receipt, 'customer'>;
}

/** The row as a link of its chain. */
export function chainedEntry({ chain, seq, at, customer, content, hash }: ReceiptRow): ChainedEntry {
  return { chain, seq: Number(seq), at: Number(at), ...(customer && { customer }), content, hash };
}

/** Seals an entry for one place. INVARIANT: neither the customer's name nor a value is in it. */
export function sealReceipt(
  keys: StoreKeys,
  { chain, seq }: StatedPlace,
  { entry, pseudonym }: { readonly entry: ReceiptEntry; readonly pseudonym: Uint8Array | undefined },
): Buffer {
  const { consents, interactions, count } = entry;
  const content = [
    chain,
    seq,
    entry.requestId,
    entry.client,
    entry.purpose,
    entry.bank ?? null,
    entry.categories,
    entry.coordinatesHash,
    entry.objectCount,
    entry.decision,
    entry.policyHash,
    consents.map(({ id, version }) => [id, version]),
    interactions ?? [],
    count ?? 1,
  ] satisfies Content;
  return sealContent(keys.receipts, contextOf(entry.at, pseudonym), JSON.stringify(content));
}

/** What the row holds. Throws a `StoreFault` where it was sealed by another key, for another instant or another customer. */
export function openReceipt(keys: StoreKeys, entry: ChainedEntry): OpenedReceipt {
  const text = openContent(keys.receipts, contextOf(entry.at, entry.customer), entry.content);
  const [chain, seq, requestId, client, purpose, bank, categories, coordinatesHash, ...rest] = JSON.parse(
    text,
  ) as Content;
  const [objectCount, decision, policyHash, consents, interactions, count] = rest;
  const receipt = {
    id: receiptId(keys, entry),
    at: entry.at,
    requestId,
    client,
    purpose,
    ...(bank !== null && { bank }),
    categories,
    coordinatesHash,
    objectCount,
    decision,
    ...(count !== 1 && { count }),
    consents: consents.map(([id, version]) => ({ id, version })),
    ...(interactions.length > 0 && { interactions }),
    policyHash,
  };
  return { place: { chain, seq }, receipt };
}

/** An id of 128 bits, as a UUID is written: the place, enciphered. */
export function receiptId(keys: StoreKeys, { chain, seq }: StatedPlace): string {
  const block = Buffer.alloc(16);
  block.writeUInt32BE(chain, 0);
  block.writeBigUInt64BE(BigInt(seq), 4);
  const cipher = createCipheriv('aes-256-ecb', idKey(keys), null).setAutoPadding(false);
  const hex = Buffer.concat([cipher.update(block), cipher.final()]).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The place that an id names; undefined for an id that was never given. */
export function placeOfReceipt(keys: StoreKeys, id: string): StatedPlace | undefined {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-256-ecb', idKey(keys), null).setAutoPadding(false);
  const block = Buffer.concat([decipher.update(bytes), decipher.final()]);
  if (block.readUInt32BE(12) !== 0) return undefined;
  return { chain: block.readUInt32BE(0), seq: Number(block.readBigUInt64BE(4)) };
}

type Content = [
  chain: number,
  seq: number,
  requestId: string,
  client: string,
  purpose: Purpose,
  bank: string | null,
  categories: number,
  coordinatesHash: string,
  objectCount: number,
  decision: ReceiptDecision,
  policyHash: string,
  consents: (readonly [id: string, version: number])[],
  interactions: readonly string[],
  count: number,
];

/** Binds what stands beside the content in the clear. */
function contextOf(at: number, pseudonym: Uint8Array | undefined): string {
  return `receipt ${at} ${pseudonym ? Buffer.from(pseudonym).toString('hex') : ''}`;
}

const idKeys = new WeakMap<Buffer, Buffer>();

function idKey({ receipts }: StoreKeys): Buffer {
  const known = idKeys.get(receipts);
  if (known) return known;
  const made = createHmac('sha256', receipts).update('ids of receipts').digest();
  idKeys.set(receipts, made);
  return made;
}
