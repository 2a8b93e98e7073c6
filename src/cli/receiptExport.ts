/** Receipts → JSON Lines for one reader: what each may know of them, and no more. */
import { createHmac } from 'node:crypto';
import { categoriesOf } from '../policy/index.js';
import {
  bucketOf,
  type DamagedReceipt,
  isDamaged,
  type Receipt,
  type ReceiptGroup,
  ReceiptTally,
} from '../receipt/index.js';
import type { ReceiptReading, StoreKeys } from '../store/index.js';
import type { ReceiptOrderOf } from './receiptOrder.js';

type Export = ReceiptOrderOf<'receipts-export'>;

const partSize = 1000;

/** What an export is made from. */
export interface ExportSource {
  readonly reading: ReceiptReading;
  readonly keys: Pick<StoreKeys, 'names'>;
  /** True for banks that an auditor may hear of. */
  readonly isDisclosed: (bank: string) => boolean;
}

/** A part of an export. */
export interface ExportPart {
  readonly lines: readonly string[];
  /** What could not be read, whenever it was written and whosever it was: neither can be told. */
  readonly damaged: readonly DamagedReceipt[];
}

/**
 * The lines, in parts. Reads every receipt for a bank or an auditor, and a customer's own alone for a customer. Memory grows with
 * an auditor's lines, which are counted to the end, and for the others not at all.
 */
export async function* exportReceipts(source: ExportSource, wanted: Export): AsyncIterable<ExportPart> {
  if (wanted.reader.kind === 'auditor') yield* auditorLines(source, wanted);
  else yield* ownLines(source, wanted);
}

async function* ownLines({ reading, keys }: ExportSource, wanted: Export): AsyncIterable<ExportPart> {
  const { reader } = wanted;
  const isTheirs = (receipt: Receipt): boolean => reader.kind !== 'bank' || receipt.bank === reader.bank;
  const sets = await reading.coordinateSets();
  const line = (receipt: Receipt): string => {
    const { customer = '' } = receipt;
    const who = reader.kind === 'bank' ? nameOf(keys, reader, [reader.bank, customer]) : customer;
    return JSON.stringify({ customer: who, ...shown(receipt, sets) });
  };
  const parts = reader.kind === 'customer' ? ofCustomer(reading, reader.customer) : reading.all();
  for await (const part of parts) {
    const { receipts, damaged } = within(part, wanted);
    yield { lines: receipts.filter(isTheirs).map(line), damaged };
  }
}

async function* ofCustomer(
  reading: ReceiptReading,
  customer: string,
): AsyncIterable<readonly (Receipt | DamagedReceipt)[]> {
  let after: string | undefined;
  do {
    const range = { first: partSize, ...(after !== undefined && { after }) };
    const page = await reading.ofCustomer(customer, {}, range);
    yield page?.receipts ?? [];
    after = page?.hasMore ? page.receipts.at(-1)?.id : undefined;
  } while (after !== undefined);
}

/** The receipts of the period, and everything that cannot be read: it may be of the period. */
function within(part: readonly (Receipt | DamagedReceipt)[], { from, to }: Export) {
  const damaged = part.filter(isDamaged);
  const receipts = part.flatMap((kept) => (isDamaged(kept) || kept.at < from || kept.at >= to ? [] : kept));
  return { receipts, damaged };
}

/** The whole receipt, for those whose record it is. */
function shown(receipt: Receipt, sets: ReadonlyMap<string, readonly string[]>) {
  const { id, at, bank = null, client, purpose, categories, coordinatesHash, decision } = receipt;
  // Null: the customer was erased, and nobody can read them any more.
  const { objectCount, count = 1, consents = null, interactions = [], policyHash } = receipt;
  return {
    id,
    at: new Date(at).toISOString(),
    bank,
    client,
    purpose,
    decision,
    categories: categoriesOf(categories),
    coordinates: sets.get(coordinatesHash) ?? [],
    objectCount,
    count,
    consents,
    interactions,
    policyHash,
  };
}

/** As the audit view shows them: pseudonyms new per bank and quarter, disclosed banks alone, counts in buckets, no ids. */
async function* auditorLines(source: ExportSource, wanted: Export): AsyncIterable<ExportPart> {
  const tally = new ReceiptTally();
  for await (const part of source.reading.all()) {
    const { receipts, damaged } = within(part, wanted);
    receipts.forEach((receipt) => tally.add(receipt));
    yield { lines: [], damaged };
  }
  // Sorted, so that the order of the lines says nothing of the order of the receipts.
  const lines = tally.groups().map(([, group]) => reduced(source, wanted.reader, group));
  lines.sort();
  for (let at = 0; at < lines.length; at += partSize) yield { lines: lines.slice(at, at + partSize), damaged: [] };
}

function reduced({ keys, isDisclosed }: ExportSource, reader: Export['reader'], group: ReceiptGroup): string {
  const { customer = '', bank = '', client, purpose, decision, quarter } = group;
  const pseudonym = nameOf(keys, reader, [bank, quarter, customer]);
  const categories = categoriesOf(group.categories);
  const shownBank = isDisclosed(bank) ? bank : null;
  return JSON.stringify({
    ...{ pseudonym, bank: shownBank, client, purpose, decision, categories, quarter },
    count: bucketOf(group.count),
  });
}

function nameOf({ names }: Pick<StoreKeys, 'names'>, reader: Export['reader'], parts: readonly string[]): string {
  const whose = reader.kind === 'auditor' ? reader.auditor : reader.kind;
  const mac = createHmac('sha256', names).update(JSON.stringify(['export of receipts', reader.kind, whose, ...parts]));
  return mac.digest().subarray(0, 16).toString('base64url');
}
