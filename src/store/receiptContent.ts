/** A receipt ↔ the sealed content of its row, and the id that tells its place to nobody without the key. */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { InternalFault } from '../fault/index.js';
import type { Purpose } from '../policy/index.js';
import type { ChainedEntry, Receipt, ReceiptDecision, ReceiptEntry, StatedPlace } from '../receipt/index.js';
import type { ReceiptName } from './receiptCustomers.js';
import { StoreFault } from './storeFault.js';
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

/** What a row holds, without the customer's name and what only the customer's own key opens. */
export interface OpenedReceipt {
  readonly place: StatedPlace;
  readonly receipt: Omit<Receipt, 'customer' | 'consents'>;
  readonly consents: KeptConsents;
}

/**
 * The consents as a row holds them: sealed under the customer's own key, in base64, or null where there are none. Receipts of the
 * first format hold them as they are.
 */
export type KeptConsents = string | null | ListedConsents;

type ListedConsents = readonly (readonly [id: string, version: number])[];

/** An entry, and how receipts name its customer. */
export interface PreparedEntry {
  readonly entry: ReceiptEntry;
  /** Absent for principals without a customer. */
  readonly name: ReceiptName | undefined;
}

/** The row as a link of its chain. */
export function chainedEntry({ chain, seq, at, customer, content, hash }: ReceiptRow): ChainedEntry {
  return { chain, seq: Number(seq), at: Number(at), ...(customer && { customer }), content, hash };
}

/**
 * Seals an entry for one place. Throws where it has a customer and no name for them. INVARIANT: neither the customer's name nor a value
 * is in it, and no consent for the store's key alone.
 */
export function sealReceipt(keys: StoreKeys, place: StatedPlace, { entry, name }: PreparedEntry): Buffer {
  if (entry.customer !== undefined && !name) throw new InternalFault('a receipt has a customer, and no name for them');
  const { interactions, count } = entry;
  const content = [
    place.chain,
    place.seq,
    entry.requestId,
    entry.client,
    entry.purpose,
    entry.bank ?? null,
    entry.categories,
    entry.coordinatesHash,
    entry.objectCount,
    entry.decision,
    entry.policyHash,
    sealConsents(entry, place, name),
    interactions ?? [],
    count ?? 1,
    currentFormat,
  ] satisfies Content;
  return sealContent(keys.receipts, contextOf(entry.at, name?.pseudonym), JSON.stringify(content));
}

/** What the row holds. Throws a `StoreFault` where it was sealed by another key, for another instant or another customer. */
export function openReceipt(keys: StoreKeys, entry: ChainedEntry): OpenedReceipt {
  const text = openContent(keys.receipts, contextOf(entry.at, entry.customer), entry.content);
  const [chain, seq, requestId, client, purpose, bank, categories, coordinatesHash, ...rest] = JSON.parse(
    text,
  ) as Content;
  const [objectCount, decision, policyHash, consents, interactions, count, format = 1] = rest;
  if (format > currentFormat) {
    throw new StoreFault('STORE_VERSION', `a receipt has format ${format}, and this program reads ${currentFormat}`);
  }
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
    ...(interactions.length > 0 && { interactions }),
    policyHash,
  };
  return { place: { chain, seq }, receipt, consents };
}

/** As {@link openReceipt}, and throws too where the row was written for another place of the chains than it stands at. */
export function openReceiptAt(keys: StoreKeys, entry: ChainedEntry): OpenedReceipt {
  const opened = openReceipt(keys, entry);
  const { chain, seq } = opened.place;
  if (chain === entry.chain && seq === entry.seq) return opened;
  throw new StoreFault('STORE_DAMAGED', `entry ${entry.seq} of chain ${entry.chain} was written for another place`);
}

/**
 * The consents of a receipt, for whoever has its customer's key. Undefined without one: the customer was erased. Throws a `StoreFault`
 * where they were sealed under another key or for another place.
 */
export function openConsents(
  kept: KeptConsents,
  place: StatedPlace,
  consentsKey: Buffer | undefined,
): Receipt['consents'] {
  if (kept === null || kept.length === 0) return [];
  if (!consentsKey) return undefined;
  const listed = typeof kept === 'string' ? unsealed(kept, place, consentsKey) : kept;
  return listed.map(([id, version]) => ({ id, version }));
}

function sealConsents({ consents }: ReceiptEntry, place: StatedPlace, name: ReceiptName | undefined): string | null {
  if (consents.length === 0) return null;
  if (!name) throw new InternalFault('a receipt rests on a consent, and has no customer who gave it');
  const listed: ListedConsents = consents.map(({ id, version }) => [id, version]);
  return sealContent(name.consentsKey, consentsContext(place), JSON.stringify(listed)).toString('base64');
}

function unsealed(kept: string, place: StatedPlace, consentsKey: Buffer): ListedConsents {
  const text = openContent(consentsKey, consentsContext(place), Buffer.from(kept, 'base64'));
  return JSON.parse(text) as ListedConsents;
}

function consentsContext({ chain, seq }: StatedPlace): string {
  return `consents of entry ${seq} of chain ${chain}`;
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

/** 2: consents are sealed under the customer's own key. */
const currentFormat = 2;

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
  consents: KeptConsents,
  interactions: readonly string[],
  count: number,
  /** Absent in the first one. */
  format?: number,
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
