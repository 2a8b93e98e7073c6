/** Carries out what `ringfence receipts` orders: in the running gateway, or beside a server. */
import { StartFault } from '../fault/index.js';
import { createAgreementRegistry, isDisclosed } from '../consent/index.js';
import type { DamagedReceipt } from '../receipt/index.js';
import {
  checkpointKeysOf,
  createRegistryStore,
  eraseCustomer,
  keyedName,
  type ReceiptCut,
  readReceipts,
  retainReceipts,
  storeKeysOf,
  type StoreKeys,
} from '../store/index.js';
import { type AttestingAnswer, type AttestingDesk, attestReceipts } from './receiptAttesting.js';
import { type CheckedReceipts, checkReceipts, keptSince } from './receiptChecking.js';
import { type ExportPart, exportReceipts, type ExportSource } from './receiptExport.js';
import type { ReceiptOrder, ReceiptOrderOf } from './receiptOrder.js';

/** What orders are carried out with. */
export type ReceiptDesk = AttestingDesk;

/** What an order came to. */
export type ReceiptAnswer =
  | ({ readonly kind: 'verified' } & CheckedReceipts)
  | {
      readonly kind: 'exported';
      readonly lines: number;
      /** How many receipts could not be read; none of them is among the lines. */
      readonly unreadable: number;
      /** The first 1,000 of them. */
      readonly damaged: readonly DamagedReceipt[];
    }
  | AttestingAnswer
  | { readonly kind: 'erased'; readonly erased: boolean }
  | { readonly kind: 'retained'; readonly cuts: readonly ReceiptCut[] };

/** Takes lines of an export, in their order; resolves when it can take more. */
export type TakeLines = (lines: readonly string[]) => Promise<void>;

/** Carries out one order. What is exported goes to `take` as it is read: its size does not matter. */
export async function carryOutReceipts(
  desk: ReceiptDesk,
  order: ReceiptOrder,
  take: TakeLines,
): Promise<ReceiptAnswer> {
  const keys = storeKeysOf(desk.secret);
  switch (order.kind) {
    case 'receipts-verify':
      return { kind: 'verified', ...(await checkReceipts(desk, order)) };
    case 'receipts-export':
      return handOut(exportReceipts(await sourceOf(desk, keys), order), take);
    case 'receipts-attest':
      return attestReceipts(desk, order);
    case 'receipts-erase':
      // Who it was would lead to the receipts that lost their owner then.
      await note(desk, order, null);
      return { kind: 'erased', erased: await eraseCustomer(desk.database, keys, order.customer) };
    case 'receipts-retain':
      return { kind: 'retained', cuts: await retained(desk, keys, order) };
  }
}

const mostNamed = 1000;

/** The last line says what is not among them, so that nobody who is handed the lines takes them for all. */
async function handOut(parts: AsyncIterable<ExportPart>, take: TakeLines): Promise<ReceiptAnswer> {
  let [count, unreadable] = [0, 0];
  const named: DamagedReceipt[] = [];
  for await (const { lines, damaged } of parts) {
    count += lines.length;
    unreadable += damaged.length;
    named.push(...damaged.slice(0, mostNamed - named.length));
    if (lines.length > 0) await take(lines);
  }
  if (unreadable > 0) await take([JSON.stringify({ unreadable })]);
  return { kind: 'exported', lines: count, unreadable, damaged: named };
}

async function sourceOf({ database, configured, now }: ReceiptDesk, keys: StoreKeys): Promise<ExportSource> {
  const registry = createAgreementRegistry(configured, { now, monotonicMs: () => 0 });
  registry.apply(await createRegistryStore(database).versionsAfter(0), 0);
  return { reading: readReceipts(database, keys), keys, isDisclosed: (bank) => isDisclosed(registry.agreement(bank)) };
}

function signersOf({ secret }: ReceiptDesk) {
  return { signers: [checkpointKeysOf(secret).publicKey] };
}

/** Refuses to cut off what is younger than receipts are kept, whoever asks for it. */
async function retained(
  desk: ReceiptDesk,
  keys: StoreKeys,
  order: ReceiptOrderOf<'receipts-retain'>,
): Promise<readonly ReceiptCut[]> {
  const latest = keptSince(desk.now());
  const { before = latest } = order;
  if (before > latest) {
    const words = `receipts are kept for three years: \`--before\` must not be later than ${instantText(latest)}`;
    throw new StartFault('CONFIG_INVALID', words);
  }
  await note(desk, order, keyedName(keys.names, 'receipts before', String(before)));
  return retainReceipts(desk.database, before, { ...signersOf(desk), keys });
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}

/** Written before the act, so that nothing is done without an entry. */
function note(
  { database, now }: ReceiptDesk,
  { kind, by, reason }: ReceiptOrderOf<'receipts-erase' | 'receipts-retain'>,
  subject: Buffer | null,
): Promise<void> {
  const act = { command: kind.replace('-', ' '), bank: 'all banks', by, reason, at: now().getTime() };
  return createRegistryStore(database).note(act, subject);
}
