/** `ringfence receipts verify`: what the chains are held against, and what was found. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { StartFault } from '../fault/index.js';
import type { ReceiptFinding } from '../receipt/index.js';
import {
  checkpointKeysOf,
  type Database,
  findReceiptMark,
  type FoundMark,
  receiptId,
  type ReceiptMarkFile,
  storeKeysOf,
  type StoreKeys,
  type Verification,
  type VerificationOptions,
  verifyReceipts,
} from '../store/index.js';
import type { ReceiptOrderOf } from './receiptOrder.js';

/** What chains are checked with. */
export interface CheckingDesk {
  readonly database: Database;
  /** The store's secret; absent: a public key comes with the order, and contents are not opened. */
  readonly secret?: Buffer;
  readonly now: () => Date;
  /** What this machine has seen of the chains; absent: it keeps no such file. */
  readonly mark?: ReceiptMarkFile;
}

/** A finding, with the id of the receipt that it begins at; without one where the store's secret is not there. */
export type NamedFinding = ReceiptFinding & { readonly id?: string };

/** `held`: chains were held against this machine's mark. `other`: the mark is of another generation of the store. */
export interface CheckedMark {
  readonly kind: FoundMark['kind'];
  /** How many chains it speaks of, and when it was last written. */
  readonly chains: number;
  readonly at?: string;
}

/** What was checked. */
export interface CheckedReceipts {
  readonly chains: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** How many statements of witnesses. */
  readonly witness: number;
  readonly mark: CheckedMark;
  /** The entries of each chain: none where `first` is greater than `last`. The hash is the last one's, in hex. */
  readonly spans: readonly {
    readonly chain: number;
    readonly first: number;
    readonly last: number;
    readonly hash: string;
  }[];
  /** Receipts up to here were cut off. Absent: none were. */
  readonly cutAt?: string;
  readonly findings: readonly NamedFinding[];
}

const dayMs = 86_400_000;
/** How long receipts are kept. */
const keptDays = 3 * 365 + 1;
/** A cut may have been made by a machine whose clock was ahead. */
const leewayMs = 60_000;

/** What is older need not be kept; milliseconds since the epoch. */
export function keptSince(now: Date): number {
  return now.getTime() - keptDays * dayMs;
}

/** Checks all chains. `each` sees every receipt that opens. Cost grows with the receipts. */
export async function checkReceipts(
  desk: CheckingDesk,
  { witness, publicKey }: Pick<ReceiptOrderOf<'receipts-verify'>, 'witness' | 'publicKey'>,
  each?: VerificationOptions['each'],
): Promise<CheckedReceipts> {
  const { secret, database, now } = desk;
  const keys = secret && publicKey === undefined ? storeKeysOf(secret) : undefined;
  // Before anything of the database is read: gateways write it meanwhile.
  const mark: FoundMark = desk.mark ? await findReceiptMark(database, desk.mark) : { kind: 'none' };
  const found = await verifyReceipts(database, {
    signers: [signerOf(secret, publicKey)],
    witness,
    keptSince: keptSince(now()) + leewayMs,
    ...(mark.kind === 'held' && { marked: mark.checkpoints }),
    ...(keys && { keys }),
    ...(each && { each }),
  });
  return { ...checkedOf(found, keys), witness: witness.length, mark: markOf(mark) };
}

function signerOf(secret: Buffer | undefined, publicKey: string | undefined): KeyObject {
  if (publicKey !== undefined) return publicKeyOf(publicKey);
  if (secret) return checkpointKeysOf(secret).publicKey;
  throw new StartFault(
    'CONFIG_INVALID',
    'checkpoints are checked by the store’s key or by `--public-key`: there is neither',
  );
}

/** The Ed25519 key in a PEM, as `ringfence receipts key` prints it. Throws CONFIG_INVALID for anything else. */
export function publicKeyOf(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519' && !pem.includes('PRIVATE')) return key;
  } catch {
    // Said below.
  }
  throw new StartFault('CONFIG_INVALID', 'the public key must be PEM, as `ringfence receipts key` prints it');
}

function checkedOf(found: Verification, keys: StoreKeys | undefined): Omit<CheckedReceipts, 'witness' | 'mark'> {
  const { chains, entries, checkpoints, cutAt } = found;
  const findings = found.findings.map((finding) => {
    const { chain, from: seq } = finding;
    return { ...finding, ...(keys && { id: receiptId(keys, { chain, seq }) }) };
  });
  const spans = found.spans.map(({ hash, ...span }) => ({ ...span, hash: Buffer.from(hash).toString('hex') }));
  const cut = cutAt !== undefined && { cutAt: new Date(cutAt).toISOString() };
  return { chains, entries, checkpoints, spans, ...cut, findings };
}

function markOf(mark: FoundMark): CheckedMark {
  if (mark.kind === 'none') return { kind: 'none', chains: 0 };
  const { kind, checkpoints } = mark;
  const newest = checkpoints.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  return { kind, chains: checkpoints.length, ...(checkpoints.length > 0 && { at: new Date(newest).toISOString() }) };
}
