/** Carries out what `ringfence receipts` orders: in the running gateway, or beside a server. */
import { attest, type Attestation, AttestationCount, type ReceiptFinding } from '../receipt/index.js';
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
import { exportReceipts } from './receiptExport.js';
import type { ReceiptOrder, ReceiptOrderOf } from './receiptOrder.js';

/** What orders are carried out with. */
export interface ReceiptDesk {
  readonly database: Database;
  /** The store's secret. */
  readonly secret: Buffer;
  readonly now: () => Date;
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
      readonly findings: readonly NamedFinding[];
    }
  | { readonly kind: 'exported'; readonly lines: number }
  | { readonly kind: 'attested'; readonly attestation: Attestation }
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
      return verified(keys, await verifyReceipts(desk.database, { ...signersOf(desk), keys, witness: order.witness }));
    case 'receipts-export':
      return {
        kind: 'exported',
        lines: await handOut(exportReceipts(readReceipts(desk.database, keys), keys, order), take),
      };
    case 'receipts-attest':
      return { kind: 'attested', attestation: await attested(desk, keys, order) };
    case 'receipts-erase':
      await note(desk, order, keyedName(keys.names, 'customer', order.customer));
      return { kind: 'erased', erased: await eraseCustomer(desk.database, keys, order.customer) };
    case 'receipts-retain':
      await note(desk, order, keyedName(keys.names, 'receipts before', String(order.before)));
      return { kind: 'retained', cuts: await retainReceipts(desk.database, order.before, signersOf(desk).signers) };
  }
}

async function handOut(parts: AsyncIterable<readonly string[]>, take: TakeLines): Promise<number> {
  let count = 0;
  for await (const lines of parts) {
    count += lines.length;
    await take(lines);
  }
  return count;
}

function signersOf({ secret }: ReceiptDesk) {
  return { signers: [checkpointKeysOf(secret).publicKey] };
}

function verified(keys: StoreKeys, { chains, entries, checkpoints, findings }: Verification): ReceiptAnswer {
  const named = findings.map((finding) => {
    const { chain, from: seq } = finding;
    return { ...finding, id: receiptId(keys, { chain, seq }) };
  });
  return { kind: 'verified', chains, entries, checkpoints, findings: named };
}

async function attested(
  desk: ReceiptDesk,
  keys: StoreKeys,
  order: ReceiptOrderOf<'receipts-attest'>,
): Promise<Attestation> {
  const { bank, from, log } = order;
  // What is to come cannot be attested.
  const to = Math.min(order.to, desk.now().getTime());
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
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    madeAt: desk.now().toISOString(),
    nothingHappened: requested === 0 && problems.length === 0 && (differences ?? []).length === 0,
    counts: count.counts,
    receiptsInPeriod: count.inPeriod,
    problems,
    ...(log && differences && { log: { calls: log.length, differences } }),
    heads: found.heads.map(({ chain, seq, hash }) => ({ chain, seq, hash: Buffer.from(hash).toString('hex') })),
  };
  return attest(facts, checkpointKeysOf(desk.secret).privateKey);
}

function problemsOf({ findings, cutAt }: Verification, from: number): readonly string[] {
  const broken = findings.map(({ kind, chain, from: first, to, words }) => {
    const place = first === to ? `entry ${first}` : `entries ${first} to ${to}`;
    return `${kind}: ${place} of chain ${chain}: ${words}`;
  });
  if (cutAt === undefined || cutAt <= from) return broken;
  return [...broken, `receipts up to ${new Date(cutAt).toISOString()} are no longer kept`];
}

/** Written before the act, so that nothing is done without an entry. */
function note(
  { database, now }: ReceiptDesk,
  { kind, by, reason }: ReceiptOrderOf<'receipts-erase' | 'receipts-retain'>,
  subject: Buffer,
): Promise<void> {
  const act = { command: kind.replace('-', ' '), bank: 'all banks', by, reason, at: now().getTime() };
  return createRegistryStore(database).note(act, subject);
}
