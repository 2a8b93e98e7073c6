/** Every chain of the database → what is wrong with it. */
import type { KeyObject } from 'node:crypto';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import {
  type ChainedEntry,
  type ChainLink,
  ChainVerifier,
  coordinatesHashOf,
  HeldWitness,
  type Receipt,
  type ReceiptFinding,
  type SignedCheckpoint,
  type StatedPlace,
  unsignedStatements,
  type WitnessStatement,
} from '../receipt/index.js';
import type { Database } from './database.js';
import { CheckpointPages, lastCheckpoints } from './checkpointPages.js';
import { falseCustomers } from './falseCustomers.js';
import { chainedEntry, openReceipt } from './receiptContent.js';
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
  /** What this machine has marked: a checkpoint of each chain. Read before the call, as gateways go on writing. */
  readonly marked?: readonly SignedCheckpoint[];
  /** What was written after this instant must be there; milliseconds since the epoch. Absent: any signed cut will do. */
  readonly keptSince?: number;
  /** Sees each receipt that opens; needs `keys`. */
  readonly each?: (receipt: Omit<Receipt, 'customer' | 'consents'>, entry: ChainedEntry) => void;
}

/** What was found. */
export interface Verification {
  readonly chains: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** What was read of each chain. */
  readonly spans: readonly CheckedSpan[];
  /** Milliseconds since the epoch: what is older may have been cut off. Absent: nothing was. */
  readonly cutAt?: number;
  /** The first 1,000; none: nothing is wrong. */
  readonly findings: readonly ReceiptFinding[];
}

/** The entries of a chain that were read: none where `first` is greater than `last`, as all were cut off. */
export interface CheckedSpan {
  readonly chain: number;
  readonly first: number;
  readonly last: number;
  /** Of the last one. */
  readonly hash: Uint8Array;
}

const mostFindings = 1000;
const partSize = 1000;

/**
 * Checks all chains as they stand at one instant, while gateways go on writing. Reads every receipt: 50,000 a second
 * with the key, on two cores.
 */
export async function verifyReceipts(database: Database, options: VerificationOptions): Promise<Verification> {
  const { witness = [], signers } = options;
  const held = new HeldWitness(witness, await unsignedStatements(witness, signers));
  // The embedded database has one connection, and receipts must be written meanwhile: what comes later is not looked at.
  if (database.kind === 'embedded') return new WholeVerification(database.query, options, held).run();
  return database.transaction(async (transaction) => {
    await sql`set transaction isolation level repeatable read`.execute(transaction);
    return new WholeVerification(transaction, options, held).run();
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
  private checkpoints = 0;
  private cutAt: number | undefined;
  private sets: ReadonlySet<string> = new Set();

  constructor(
    private readonly query: Kysely<Tables>,
    private readonly options: VerificationOptions,
    private readonly witness: HeldWitness,
  ) {}

  async run(): Promise<Verification> {
    // In this order: an embedded store is written meanwhile, a checkpoint after what it signs, and a set before what names it.
    const last = await lastCheckpoints(this.query);
    const chains = await this.chains();
    this.sets = await this.coordinateSets();
    this.nameGoneChains(chains, last);
    for (const chain of chains) await this.verify(chain, last.get(chain.chain) ?? 0);
    await this.nameEntriesBehindTheEnd();
    const { keys } = this.options;
    if (keys) for await (const finding of falseCustomers(this.query, keys)) this.note([finding]);
    this.note(this.witness.findings(new Map(chains.map(({ chain, head }) => [chain, head.seq]))));
    return {
      chains: chains.length,
      entries: this.entries,
      checkpoints: this.checkpoints,
      spans: chains.map(({ chain, start, head }) => ({ chain, first: start.seq + 1, last: head.seq, hash: head.hash })),
      ...(this.cutAt !== undefined && { cutAt: this.cutAt }),
      findings: this.findings,
    };
  }

  private async verify({ chain, start, head }: Chain, last: number): Promise<void> {
    const { signers, keys, marked: marks = [] } = this.options;
    const open = keys && ((entry: ChainedEntry) => this.opened(keys, entry));
    const marked = marks.find((mark) => mark.chain === chain);
    const verifier = new ChainVerifier({
      chain,
      start,
      head,
      signers,
      ...(open && { open }),
      ...(marked && { marked }),
    });
    const checkpoints = new CheckpointPages(this.query, { chain, last });
    const vouch = (seq: number): Promise<void> => this.vouch(verifier, checkpoints.upTo(seq), start);
    await vouch(start.seq);
    this.note(verifier.begin());
    for await (const part of this.parts(chain, head.seq)) {
      await vouch(part.at(-1)?.seq ?? 0);
      for (const entry of part) this.note(verifier.next(entry));
      this.entries += part.length;
    }
    await vouch(Number.POSITIVE_INFINITY);
    this.note(verifier.end());
  }

  private async vouch(
    verifier: ChainVerifier,
    parts: AsyncIterable<readonly SignedCheckpoint[]>,
    start: ChainLink,
  ): Promise<void> {
    for await (const part of parts) {
      for (const checkpoint of part) {
        this.note(verifier.vouch(checkpoint));
        this.noteCut(checkpoint, start);
        this.witness.saw(checkpoint);
      }
      this.checkpoints += part.length;
      // Requests wait for the loop where the database is in this process, and a server ends a transaction that is idle for long.
      await turnOfTheLoop();
    }
  }

  private noteCut({ chain, seq, at }: SignedCheckpoint, start: ChainLink): void {
    if (seq !== start.seq) return;
    const { keptSince = Number.POSITIVE_INFINITY } = this.options;
    this.cutAt = Math.max(at, this.cutAt ?? at);
    if (at <= keptSince) return;
    const words = `cut off, though signed on ${new Date(at).toISOString()}, and receipts are kept for three years`;
    this.note([{ kind: 'missing', chain, from: 1, to: seq, words }]);
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

  /** Known sets by their hashes. A set that is not what its hash says is none. */
  private async coordinateSets(): Promise<ReadonlySet<string>> {
    const rows = await this.query.selectFrom('ringfence_receipt_coordinates').selectAll().execute();
    const sound = rows.filter(
      ({ hash, coordinates }) => coordinatesHashOf(coordinates as readonly string[]) === hexOf(hash),
    );
    return new Set(sound.map(({ hash }) => hexOf(hash)));
  }

  /** Chains are numbered without a gap. */
  private nameGoneChains(chains: readonly Chain[], signed: ReadonlyMap<number, number>): void {
    const { witness = [], marked = [] } = this.options;
    const known = new Set(chains.map(({ chain }) => chain));
    const marks = new Map(marked.map(({ chain, seq }) => [chain, seq]));
    const numbers = [...known, ...marks.keys(), ...witness.map(({ chain }) => chain)];
    const last = numbers.reduce((most, chain) => Math.max(most, chain), 0);
    for (let chain = 1; chain <= last; chain += 1) {
      if (known.has(chain)) continue;
      const to = Math.max(signed.get(chain) ?? 1, marks.get(chain) ?? 1);
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

  private note(findings: readonly ReceiptFinding[]): void {
    for (const finding of findings) if (this.findings.length < mostFindings) this.findings.push(finding);
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
