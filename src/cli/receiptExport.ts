/** Receipts → JSON Lines for one reader: what each may know of them, and no more. */
import { createHmac } from 'node:crypto';
import { categoriesOf } from '../policy/index.js';
import type { Receipt } from '../receipt/index.js';
import type { ReceiptReading, StoreKeys } from '../store/index.js';
import type { ReceiptOrderOf } from './receiptOrder.js';

type Export = ReceiptOrderOf<'receipts-export'>;

const partSize = 1000;

/**
 * The lines, in parts. Reads every receipt for a bank or an auditor, and a customer's own alone for a customer. Memory grows with
 * an auditor's lines, which are counted to the end, and for the others not at all.
 */
export async function* exportReceipts(
  reading: ReceiptReading,
  keys: Pick<StoreKeys, 'names'>,
  wanted: Export,
): AsyncIterable<readonly string[]> {
  const isWithin = ({ at }: Receipt): boolean => wanted.from <= at && at < wanted.to;
  const { reader } = wanted;
  if (reader.kind === 'auditor') {
    yield* auditorLines(reading.all(), isWithin, (...parts) => nameOf(keys, reader, parts));
    return;
  }
  const isTheirs = (receipt: Receipt): boolean => reader.kind === 'customer' || receipt.bank === reader.bank;
  const sets = await reading.coordinateSets();
  const line = (receipt: Receipt): string => {
    const { customer = '' } = receipt;
    const who = reader.kind === 'bank' ? nameOf(keys, reader, [reader.bank, customer]) : customer;
    return JSON.stringify({ customer: who, ...shown(receipt, sets) });
  };
  const parts = reader.kind === 'customer' ? ofCustomer(reading, reader.customer) : reading.all();
  for await (const part of parts) {
    yield part.filter((receipt) => isWithin(receipt) && isTheirs(receipt)).map(line);
  }
}

async function* ofCustomer(reading: ReceiptReading, customer: string): AsyncIterable<readonly Receipt[]> {
  let after: string | undefined;
  do {
    const range = { first: partSize, ...(after !== undefined && { after }) };
    const page = await reading.ofCustomer(customer, {}, range);
    yield page?.receipts ?? [];
    after = page?.hasMore ? page.receipts.at(-1)?.id : undefined;
  } while (after !== undefined);
}

/** The whole receipt, for those whose record it is. */
function shown(receipt: Receipt, sets: ReadonlyMap<string, readonly string[]>) {
  const { id, at, bank = null, client, purpose, categories, coordinatesHash, decision } = receipt;
  const { objectCount, count = 1, consents, interactions = [], policyHash } = receipt;
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

/** As the audit view shows them: pseudonyms new per bank and quarter, equal receipts counted in buckets, no ids. */
async function* auditorLines(
  all: AsyncIterable<readonly Receipt[]>,
  isWithin: (receipt: Receipt) => boolean,
  name: (...parts: readonly string[]) => string,
): AsyncIterable<readonly string[]> {
  const counts = new Map<string, number>();
  for await (const part of all) {
    for (const receipt of part.filter(isWithin)) {
      const { customer = '', bank = '', client, purpose, decision, categories } = receipt;
      const quarter = quarterOf(receipt.at);
      const pseudonym = name(bank, quarter, customer);
      const row = { pseudonym, bank, client, purpose, decision, categories: categoriesOf(categories), quarter };
      const key = JSON.stringify(row);
      counts.set(key, (counts.get(key) ?? 0) + (receipt.count ?? 1));
    }
  }
  // Sorted, so that the order of the lines says nothing of the order of the receipts.
  const rows = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  for (let at = 0; at < rows.length; at += partSize) yield rows.slice(at, at + partSize).map(counted);
}

function counted([key, count]: readonly [string, number]): string {
  return JSON.stringify({ ...(JSON.parse(key) as object), count: bucketOf(count) });
}

function nameOf({ names }: Pick<StoreKeys, 'names'>, reader: Export['reader'], parts: readonly string[]): string {
  const whose = reader.kind === 'auditor' ? reader.auditor : reader.kind;
  const mac = createHmac('sha256', names).update(JSON.stringify(['export of receipts', reader.kind, whose, ...parts]));
  return mac.digest().subarray(0, 16).toString('base64url');
}

function quarterOf(instant: number): string {
  const date = new Date(instant);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

function bucketOf(count: number): string {
  if (count < 10) return 'ONE_TO_NINE';
  return count < 100 ? 'TEN_TO_NINETY_NINE' : 'HUNDRED_OR_MORE';
}
