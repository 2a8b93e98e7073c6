/** A chain's checkpoints, read a few at a time in step with its entries: however many there are, no more are held. */
import type { Kysely } from 'kysely';
import type { SignedCheckpoint } from '../receipt/index.js';
import { signedCheckpoint } from './receiptCheckpoints.js';
import type { Tables } from './tables.js';

/** So many are checked without a pause: 20 ms. */
const partSize = 200;

/** Which checkpoints are read. */
export interface CheckpointRange {
  readonly chain: number;
  /** The last one that is looked at; later ones may sign what was not read. */
  readonly last: number;
}

/** Reads forward only. */
export class CheckpointPages {
  private page: readonly SignedCheckpoint[] = [];
  private behind = -1;
  private isOver = false;

  constructor(
    private readonly query: Kysely<Tables>,
    private readonly range: CheckpointRange,
  ) {}

  /** Those that were not given yet, up to entry `seq`, in parts and by seq. One statement by key for each 200. */
  async *upTo(seq: number): AsyncIterable<readonly SignedCheckpoint[]> {
    for (;;) {
      if (this.page.length === 0 && !this.isOver) await this.read();
      const due = this.page.filter((checkpoint) => checkpoint.seq <= seq);
      this.page = this.page.slice(due.length);
      if (due.length > 0) yield due;
      if (this.page.length > 0 || this.isOver) return;
    }
  }

  private async read(): Promise<void> {
    const { chain, last } = this.range;
    const rows = await this.query
      .selectFrom('ringfence_receipt_checkpoints')
      .selectAll()
      .where('chain', '=', chain)
      .where('seq', '>', this.behind)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(partSize)
      .execute();
    this.page = rows.map(signedCheckpoint);
    this.behind = this.page.at(-1)?.seq ?? this.behind;
    this.isOver = rows.length < partSize;
  }
}

/** Each chain's last checkpoint. Reads the index of checkpoints once. */
export async function lastCheckpoints(query: Kysely<Tables>): Promise<ReadonlyMap<number, number>> {
  const rows = await query
    .selectFrom('ringfence_receipt_checkpoints')
    .select(({ fn }) => ['chain', fn.max('seq').as('seq')])
    .groupBy('chain')
    .execute();
  return new Map(rows.map(({ chain, seq }) => [chain, Number(seq)]));
}
