/** Every chain of the database → what is wrong with it. */
import type { KeyObject } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import {
  type ChainedEntry,
  type ChainLink,
  ChainVerifier,
  coordinatesHashOf,
  isWitnessed,
  type Receipt,
  type ReceiptFinding,
  type SignedCheckpoint,
  type StatedPlace,
  witnessDigest,
  type WitnessStatement,
} from '../receipt/index.js';
import type { Database } from './database.js';
import { chainedEntry, openReceipt } from './receiptContent.js';
import { signedCheckpoint } from './receiptCheckpoints.js';
import { ownerOf, type ReceiptCustomerRow } from './receiptCustomers.js';
import type { StoreKeys } from './sealing.js';
import type { Tables } from './tables.js';

/** What receipts are held against. */
export interface VerificationOptions {
  /** Public halves of the keys that may have signed checkpoints. */
  readonly signers: readonly KeyObject[];
  /** Absent: chains and signatures are checked, contents are not opened. */
  readonly keys?: StoreKeys;
  /** What banks were handed. */
  readonly witness?: readonly WitnessStatement[];
  /** Sees each receipt that opens; needs `keys`. */
  readonly each?: (receipt: Omit<Receipt, 'customer' | 'consents'>, entry: ChainedEntry) => void;
}

/** What was found. */
export interface Verification {
  readonly chains: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** The ends of the chains, as they were read. */
  readonly heads: readonly (ChainLink & { readonly chain: number })[];
  /** Milliseconds since the epoch: what is older may have been cut off. Absent: nothing was. */
  readonly cutAt?: number;
  /** The first 1,000; none: nothing is wrong. */
  readonly findings: readonly ReceiptFinding[];
}

const mostFindings = 1000;
const partSize = 1000;

/**
 * Checks all chains as they stand at one instant, while gateways go on writing. Reads every receipt: 50,000 a second
 * with the key, on two cores.
 */
export function verifyReceipts(database: Database, options: VerificationOptions): Promise<Verification> {
  // The embedded database has one connection, and receipts must be written meanwhile: what comes later is not looked at.
  if (database.kind === 'embedded') return new WholeVerification(database.query, options).run();
  return database.transaction(async (transaction) => {
    await sql`set transaction isolation level repeatable read`.execute(transaction);
    return new WholeVerification(transaction, options).run();
  });
}

interface Chain {
  readonly chain: number;
  readonly start: ChainLink;
  readonly head: ChainLink;
}

class WholeVerification {
  private readonly findings: ReceiptFinding[] = [];
  private entries = 0;
  private sets: ReadonlySet<string> = new Set();

  constructor(
    private readonly query: Kysely<Tables>,
    private readonly options: VerificationOptions,
  ) {}

  async run(): Promise<Verification> {
    // In this order: an embedded store is written meanwhile, a checkpoint after what it signs, and a set before what names it.
    const checkpoints = await this.checkpoints();
    const chains = await this.chains();
    this.sets = await this.coordinateSets();
    this.nameGoneChains(chains, checkpoints);
    for (const chain of chains) {
      await this.verify(
        chain,
        checkpoints.filter((checkpoint) => checkpoint.chain === chain.chain),
      );
    }
    await this.nameEntriesBehindTheEnd();
    if (this.options.keys) await this.nameFalseCustomers(this.options.keys);
    this.holdAgainstWitness(chains, checkpoints);
    const cutAt = checkpoints
      .filter(({ chain, seq }) => chains.some((known) => known.chain === chain && known.start.seq === seq))
      .reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
    return {
      chains: chains.length,
      entries: this.entries,
      checkpoints: checkpoints.length,
      heads: chains.map(({ chain, head }) => ({ chain, ...head })),
      ...(Number.isFinite(cutAt) && { cutAt }),
      findings: this.findings,
    };
  }

  private async verify({ chain, start, head }: Chain, checkpoints: readonly SignedCheckpoint[]): Promise<void> {
    const { signers, keys } = this.options;
    const open = keys && ((entry: ChainedEntry) => this.opened(keys, entry));
    const verifier = new ChainVerifier({ chain, start, head, checkpoints, signers, ...(open && { open }) });
    this.note(verifier.begin());
    for await (const part of this.parts(chain, head.seq)) {
      for (const entry of part) this.note(verifier.next(entry));
      this.entries += part.length;
    }
    this.note(verifier.end());
  }

  private opened(keys: StoreKeys, entry: ChainedEntry): StatedPlace | undefined {
    try {
      const { place, receipt } = openReceipt(keys, entry);
      this.options.each?.(receipt, entry);
      if (!this.sets.has(receipt.coordinatesHash)) {
        const { chain, seq } = entry;
        this.note([{ kind: 'missing', chain, from: seq, to: seq, words: 'its set of coordinates is gone' }]);
      }
      return place;
    } catch {
      return undefined;
    }
  }

  private async *parts(chain: number, last: number): AsyncIterable<readonly ChainedEntry[]> {
    let behind = 0;
    for (;;) {
      const rows = await this.query
        .selectFrom('ringfence_receipts')
        .selectAll()
        .where('chain', '=', chain)
        .where('seq', '>', behind)
        .where('seq', '<=', last)
        .orderBy('seq')
        .limit(partSize)
        .execute();
      if (rows.length === 0) return;
      behind = Number(rows.at(-1)?.seq);
      yield rows.map(chainedEntry);
    }
  }

  private async chains(): Promise<readonly Chain[]> {
    const rows = await this.query
      .selectFrom('ringfence_receipt_chains')
      .select(['chain', 'seq', 'hash', 'cut_seq', 'cut_hash'])
      .orderBy('chain')
      .execute();
    return rows.map(({ chain, seq, hash, cut_seq, cut_hash }) => ({
      chain,
      start: { seq: Number(cut_seq), hash: cut_hash },
      head: { seq: Number(seq), hash },
    }));
  }

  private async checkpoints(): Promise<readonly SignedCheckpoint[]> {
    const rows = await this.query
      .selectFrom('ringfence_receipt_checkpoints')
      .selectAll()
      .orderBy('chain')
      .orderBy('seq')
      .execute();
    return rows.map(signedCheckpoint);
  }

  /** Known sets by their hashes. A set that is not what its hash says is none. */
  private async coordinateSets(): Promise<ReadonlySet<string>> {
    const rows = await this.query.selectFrom('ringfence_receipt_coordinates').selectAll().execute();
    const sound = rows.filter(
      ({ hash, coordinates }) => coordinatesHashOf(coordinates as readonly string[]) === hexOf(hash),
    );
    return new Set(sound.map(({ hash }) => hexOf(hash)));
  }

  /** Chains are numbered without a gap. */
  private nameGoneChains(chains: readonly Chain[], checkpoints: readonly SignedCheckpoint[]): void {
    const known = new Set(chains.map(({ chain }) => chain));
    const witnessed = (this.options.witness ?? []).map(({ chain }) => chain);
    const last = [...known, ...witnessed].reduce((most, chain) => Math.max(most, chain), 0);
    for (let chain = 1; chain <= last; chain += 1) {
      if (known.has(chain)) continue;
      const signed = checkpoints.filter((checkpoint) => checkpoint.chain === chain);
      const to = signed.reduce((most, { seq }) => Math.max(most, seq), 1);
      this.note([{ kind: 'missing', chain, from: 1, to, words: 'the whole chain is gone' }]);
    }
  }

  /** In one statement, as the ends move while gateways write. By index, however many receipts there are: joined, the tables would be read whole. */
  private async nameEntriesBehindTheEnd(): Promise<void> {
    const { rows } = await sql<{ chain: number; from: number | string; to: number | string }>`
      select head.chain, behind."from", behind."to"
      from ringfence_receipt_chains as head cross join lateral (
        select min(seq) as "from", max(seq) as "to" from ringfence_receipts where chain = head.chain and seq > head.seq
      ) as behind
      where behind."from" is not null`.execute(this.query);
    for (const { chain, from, to } of rows) {
      const words = 'stands behind the end of the chain';
      this.note([{ kind: 'invented', chain, from: Number(from), to: Number(to), words }]);
    }
  }

  /** Pseudonyms that are not their customer's: reading would show one customer's receipts to another. */
  private async nameFalseCustomers(keys: StoreKeys): Promise<void> {
    let behind: Uint8Array = Buffer.alloc(0);
    for (;;) {
      const rows = await this.query
        .selectFrom('ringfence_receipt_customers')
        .select(['name', 'pseudonym', 'sealed'])
        .where('name', '>', behind)
        .orderBy('name')
        .limit(partSize)
        .execute();
      const last = rows.at(-1);
      if (!last) return;
      behind = last.name;
      for (const row of rows.filter((row) => !isTheirs(keys, row))) await this.nameFalseCustomer(row);
    }
  }

  /** At the first receipt under the pseudonym, or before all where there is none. */
  private async nameFalseCustomer({ name, pseudonym }: ReceiptCustomerRow): Promise<void> {
    const first = await this.query
      .selectFrom('ringfence_receipts')
      .select(['chain', 'seq'])
      .where('customer', '=', pseudonym)
      .orderBy('at')
      .limit(1)
      .executeTakeFirst();
    const seq = Number(first?.seq ?? 1);
    const words = `the pseudonym under the customer's name ${hexOf(name)} is not theirs`;
    this.note([{ kind: 'changed', chain: first?.chain ?? 1, from: seq, to: seq, words }]);
  }

  private holdAgainstWitness(chains: readonly Chain[], checkpoints: readonly SignedCheckpoint[]): void {
    const digests = new Map(checkpoints.map((checkpoint) => [witnessDigest(checkpoint), checkpoint.chain]));
    for (const statement of this.options.witness ?? []) {
      const { chain, at, digest } = statement;
      const to = chains.find((known) => known.chain === chain)?.head.seq ?? 1;
      const place = { chain, from: 1, to: Math.max(1, to) };
      if (!isWitnessed(this.options.signers, statement)) {
        this.note([{ kind: 'invented', ...place, words: 'a witness shows a statement that was not signed' }]);
      } else if (digests.get(digest) !== chain) {
        const words = `rewritten after the checkpoint that a bank witnessed at ${new Date(at).toISOString()}`;
        this.note([{ kind: 'rewritten', ...place, words }]);
      }
    }
  }

  private note(findings: readonly ReceiptFinding[]): void {
    for (const finding of findings) if (this.findings.length < mostFindings) this.findings.push(finding);
  }
}

function isTheirs(keys: StoreKeys, row: ReceiptCustomerRow): boolean {
  try {
    ownerOf(keys, row);
    return true;
  } catch {
    return false;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
