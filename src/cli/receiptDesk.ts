/** Carries out what `ringfence receipts` orders: in the running gateway, or beside a server. */
import { StartFault } from '../fault/index.js';
import { createAgreementRegistry, isDisclosed, type RegisteredAgreement } from '../consent/index.js';
import {
  attest,
  type Attestation,
  AttestationCount,
  type DamagedReceipt,
  type ReceiptFinding,
} from '../receipt/index.js';
import {
  checkpointKeysOf,
  createRegistryStore,
  type Database,
  eraseCustomer,
  keyedName,
  type ReceiptCut,
  receiptId,
  readReceipts,
  retainReceipts,
  storeKeysOf,
  type StoreKeys,
  type Verification,
  verifyReceipts,
} from '../store/index.js';
import { type ExportPart, exportReceipts, type ExportSource } from './receiptExport.js';
import type { ReceiptOrder, ReceiptOrderOf } from './receiptOrder.js';

/** What orders are carried out with. */
export interface ReceiptDesk {
  readonly database: Database;
  /** The store's secret. */
  readonly secret: Buffer;
  readonly now: () => Date;
  /** The agreements as configured: an auditor hears of disclosed banks alone. */
  readonly configured: readonly RegisteredAgreement[];
}

/** A finding, with the id of the receipt that it begins at. */
export type NamedFinding = ReceiptFinding & { readonly id: string };

/** What an order came to. */
export type ReceiptAnswer =
  | {
      readonly kind: 'verified';
      readonly chains: number;
      readonly entries: number;
      readonly checkpoints: number;
      /** Receipts up to here were cut off. Absent: none were. */
      readonly cutAt?: string;
      readonly findings: readonly NamedFinding[];
    }
  | {
      readonly kind: 'exported';
      readonly lines: number;
      /** How many receipts could not be read; none of them is among the lines. */
      readonly unreadable: number;
      /** The first 1,000 of them. */
      readonly damaged: readonly DamagedReceipt[];
    }
  | { readonly kind: 'attested'; readonly attestation: Attestation }
  | { readonly kind: 'erased'; readonly erased: boolean }
  | { readonly kind: 'retained'; readonly cuts: readonly ReceiptCut[] };

const dayMs = 86_400_000;
/** How long receipts are kept. */
const keptDays = 3 * 365 + 1;

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
      return verified(keys, await verifyReceipts(desk.database, { ...signersOf(desk), keys, witness: order.witness }));
    case 'receipts-export':
      return handOut(exportReceipts(await sourceOf(desk, keys), order), take);
    case 'receipts-attest':
      return { kind: 'attested', attestation: await attested(desk, keys, order) };
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
  const latest = desk.now().getTime() - keptDays * dayMs;
  const { before = latest } = order;
  if (before > latest) {
    const words = `receipts are kept for three years: \`--before\` must not be later than ${instantText(latest)}`;
    throw new StartFault('CONFIG_INVALID', words);
  }
  await note(desk, order, keyedName(keys.names, 'receipts before', String(before)));
  return retainReceipts(desk.database, before, { ...signersOf(desk), keys });
}

function verified(keys: StoreKeys, found: Verification): ReceiptAnswer {
  const { chains, entries, checkpoints, cutAt, findings } = found;
  const named = findings.map((finding) => {
    const { chain, from: seq } = finding;
    return { ...finding, id: receiptId(keys, { chain, seq }) };
  });
  const cut = cutAt !== undefined && { cutAt: instantText(cutAt) };
  return { kind: 'verified', chains, entries, checkpoints, ...cut, findings: named };
}

async function attested(
  desk: ReceiptDesk,
  keys: StoreKeys,
  order: ReceiptOrderOf<'receipts-attest'>,
): Promise<Attestation> {
  const { bank, from, log } = order;
  // What is to come cannot be attested.
  const to = Math.min(order.to, desk.now().getTime());
  if (from >= to) {
    const words = `nothing can be attested of a period without an instant that has passed: from ${instantText(from)} to ${instantText(to)}`;
    throw new StartFault('CONFIG_INVALID', words);
  }
  const count = new AttestationCount({ bank, from, to });
  const found = await verifyReceipts(desk.database, {
    ...signersOf(desk),
    keys,
    each: (receipt) => count.add(receipt),
  });
  const problems = problemsOf(found, from);
  const differences = log && count.differences(log);
  const { requested } = count.counts;
  const facts = {
    bank,
    from: instantText(from),
    to: instantText(to),
    madeAt: desk.now().toISOString(),
    nothingHappened: requested === 0 && problems.length === 0 && (differences ?? []).length === 0,
    counts: count.counts,
    receiptsInPeriod: count.inPeriod,
    problems,
    ...(log && differences && { log: { calls: log.length, differences } }),
    heads: found.spans.map(({ chain, last, hash }) => ({ chain, seq: last, hash: Buffer.from(hash).toString('hex') })),
  };
  return attest(facts, checkpointKeysOf(desk.secret).privateKey);
}

function problemsOf({ findings, cutAt }: Verification, from: number): readonly string[] {
  const broken = findings.map(({ kind, chain, from: first, to, words }) => {
    const place = first === to ? `entry ${first}` : `entries ${first} to ${to}`;
    return `${kind}: ${place} of chain ${chain}: ${words}`;
  });
  if (cutAt === undefined || cutAt <= from) return broken;
  return [...broken, `receipts up to ${instantText(cutAt)} are no longer kept`];
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
