/** A chain's ends → signed checkpoints, after so many entries and at regular instants. */
import type { KeyObject } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { signCheckpoint, type SignedCheckpoint, type WitnessStatement, witnessOf } from '../receipt/index.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';
import type { ChainHead } from './receiptChains.js';
import type { ReceiptMarks } from './receiptMarks.js';

/** When checkpoints are made, and who hears of them. */
export interface CheckpointOptions {
  /** An Ed25519 private key; used for nothing else. */
  readonly key: KeyObject;
  readonly now: () => Date;
  readonly everyEntries: number;
  readonly everyMs: number;
  /** What banks are handed. Only at regular instants, so that a bank does not learn how busy the platform is. */
  readonly onWitness: (statement: WitnessStatement) => void;
  /** Remembers them on this machine; absent: nobody does. */
  readonly marks?: Pick<ReceiptMarks, 'keep' | 'look' | 'isWhole'>;
  readonly onFailure: (error: unknown) => void;
}

/** Watches one writer's chain. A checkpoint never delays a receipt. */
export class Checkpoints {
  private head: ChainHead | undefined;
  private signedSeq = new Map<number, number>();
  private writing: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly options: CheckpointOptions,
  ) {
    this.timer = setInterval(() => void this.sign(true), options.everyMs).unref();
  }

  /** The chain ends here now. */
  reached(head: ChainHead): void {
    if (this.head && this.head.chain !== head.chain) void this.sign(true);
    this.head = head;
    const signed = this.signedSeq.get(head.chain);
    if (signed === undefined) this.signedSeq.set(head.chain, head.seq);
    else if (head.seq - signed >= this.options.everyEntries) void this.sign(false);
  }

  /** Signs the last end, where anything was written. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    if (this.head) await this.sign(true);
  }

  private sign(isRegular: boolean): Promise<void> {
    const { head } = this;
    this.writing = this.writing.then(() => this.signEnds(head, isRegular)).catch(this.options.onFailure);
    return this.writing;
  }

  private async signEnds(head: ChainHead | undefined, isRegular: boolean): Promise<void> {
    if (head) await this.keep(head, isRegular);
    if (!isRegular) return;
    const { marks } = this.options;
    for (const end of await leftEnds(this.database.query)) {
      // A signature behind a cut would make a new end of it, for this machine's mark too.
      if (!marks || (await marks.isWhole(end.chain))) await this.keep(end, true);
    }
    await marks?.look();
  }

  private async keep(head: ChainHead, isRegular: boolean): Promise<void> {
    const { key, now, onWitness, marks } = this.options;
    const checkpoint = signCheckpoint(key, { ...head, at: now().getTime() });
    const { numInsertedOrUpdatedRows = 0n } = await this.database.query
      .insertInto('ringfence_receipt_checkpoints')
      .values(checkpointRow(checkpoint))
      .onConflict((conflict) => conflict.columns(['chain', 'seq']).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return;
    this.signedSeq.set(head.chain, head.seq);
    if (isRegular) onWitness(witnessOf(key, checkpoint));
    marks?.keep(checkpoint);
  }
}

/** Ends that nobody signed and nobody appends to: a writer that was killed left them. One statement, two looks by key for each chain. */
async function leftEnds(query: Kysely<Tables>): Promise<readonly ChainHead[]> {
  const { rows } = await sql<{ chain: number; seq: number | string; hash: Uint8Array }>`
    select head.chain, head.seq, head.hash from ringfence_receipt_chains head
    join ringfence_receipts entry on entry.chain = head.chain and entry.seq = head.seq and entry.hash = head.hash
    where head.leased_until < now() and not exists (
      select from ringfence_receipt_checkpoints signed where signed.chain = head.chain and signed.seq = head.seq
    )`.execute(query);
  return rows.map(({ chain, seq, hash }) => ({ chain, seq: Number(seq), hash }));
}

/** A checkpoint as its row. */
export function checkpointRow(checkpoint: SignedCheckpoint): Tables['ringfence_receipt_checkpoints'] {
  const { chain, seq, hash, at, key, signature } = checkpoint;
  return { chain, seq, hash, at, key, signature };
}

/** A row as the checkpoint that it holds. */
export function signedCheckpoint(row: Tables['ringfence_receipt_checkpoints']): SignedCheckpoint {
  return { ...row, seq: Number(row.seq), at: Number(row.at) };
}
