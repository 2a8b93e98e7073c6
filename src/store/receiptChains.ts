/** Prepared entries → rows of one chain, whose only writer this is. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type ChainLink, chainStart, linkHash } from '../receipt/index.js';
import type { Database } from './database.js';
import { type PreparedEntry, sealReceipt } from './receiptContent.js';
import type { ReceiptMarks } from './receiptMarks.js';
import type { StoreKeys } from './sealing.js';
import { StoreFault, storeFaultOf } from './storeFault.js';

/** The end of the chain that a writer appends to. */
export interface ChainHead extends ChainLink {
  readonly chain: number;
}

/** Told of a chain whose last entry is not what its head says; it is left as it stands, and another one is begun. */
export type OnDamage = (chain: number) => void;

/** Who looks after chains when they change hands. */
export interface ChainWatch {
  readonly onDamage: OnDamage;
  /** Left as they stand too: chains that are not what this machine has marked. Absent: nothing is marked. */
  readonly marks?: Pick<ReceiptMarks, 'isWhole' | 'lastChain'>;
}

const leaseS = 10;
const attempts = 3;

/**
 * Appends to a chain that nobody else appends to: the head moves in the same statement, from the very end that this writer
 * knows. Whoever finds it moved takes another chain. One statement an append, however many entries.
 */
export class ChainWriter {
  private readonly writer = randomUUID();
  private head: ChainHead | undefined;

  constructor(
    private readonly database: Database,
    private readonly keys: StoreKeys,
    private readonly watch: ChainWatch,
  ) {}

  /** Resolves with the chain's new end once the entries are durable; rejects where none of them is known to be. */
  async append(entries: readonly PreparedEntry[]): Promise<ChainHead> {
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const end = await this.appendOnce(entries).catch((error: unknown) => void (cause = error));
      if (end) return end;
    }
    throw storeFaultOf(cause ?? new StoreFault('STORE_SLOW', 'no chain of receipts could be kept: too many writers'));
  }

  /** Undefined where the chain had another writer meanwhile; the next attempt finds another one. */
  private async appendOnce(entries: readonly PreparedEntry[]): Promise<ChainHead | undefined> {
    const head = this.head ?? (await this.take());
    this.head = undefined;
    const rows = this.rowsOf(head, entries);
    const end = endOf(head, rows);
    const isKept = await this.insert(head, rows).catch(async (error: unknown) => {
      // A connection that broke in mid-commit leaves open what became of it.
      if (await this.holds(end)) return true;
      throw error;
    });
    if (isKept) this.head = end;
    return this.head;
  }

  private rowsOf(head: ChainHead, entries: readonly PreparedEntry[]): readonly Row[] {
    const { chain } = head;
    let { seq, hash } = head;
    return entries.map((prepared) => {
      seq += 1;
      const { entry, name } = prepared;
      const content = sealReceipt(this.keys, { chain, seq }, prepared);
      const link = { chain, seq, at: entry.at, ...(name && { customer: name.pseudonym }), content };
      hash = linkHash(hash, link);
      return { ...link, hash };
    });
  }

  /** False where the chain does not end as this writer knows it, and nothing was written. */
  private async insert(head: ChainHead, rows: readonly Row[]): Promise<boolean> {
    const end = endOf(head, rows);
    const { rows: answer } = await sql<{ kept: number | string }>`
      select ringfence_append_receipts(
        ${head.chain}, ${this.writer}, ${head.seq}, ${head.hash}, ${end.hash}, make_interval(secs => ${leaseS}),
        ${rows.map(({ at }) => at)}, ${rows.map(({ customer }) => hexOf(customer))},
        ${rows.map(({ content }) => hexOf(content))}, ${rows.map(({ hash }) => hexOf(hash))}
      ) as kept`.execute(this.database.query);
    return Number(answer[0]?.kept ?? 0) === rows.length;
  }

  private async holds({ chain, seq, hash }: ChainHead): Promise<boolean> {
    const row = await this.database.query
      .selectFrom('ringfence_receipts')
      .select('hash')
      .where('chain', '=', chain)
      .where('seq', '=', seq)
      .executeTakeFirst();
    return row !== undefined && isSame(row.hash, hash);
  }

  /** A chain that this writer had, or that nobody has any more, or a new one. */
  private async take(): Promise<ChainHead> {
    for (;;) {
      const found = await this.takeOver();
      if (!found) break;
      if (await this.isSound(found)) return found;
      await this.leave(found.chain);
    }
    return this.begin();
  }

  private async isSound(found: ChainHead & { readonly cut: number }): Promise<boolean> {
    const { marks, onDamage } = this.watch;
    if (found.seq !== found.cut && !(await this.holds(found))) {
      onDamage(found.chain);
      return false;
    }
    return !marks || marks.isWhole(found.chain);
  }

  private async takeOver(): Promise<(ChainHead & { readonly cut: number }) | undefined> {
    const { rows } = await sql<{ chain: number; seq: number | string; hash: Uint8Array; cut_seq: number | string }>`
      update ringfence_receipt_chains
      set writer = ${this.writer}, leased_until = now() + make_interval(secs => ${leaseS})
      where chain = (
        select chain from ringfence_receipt_chains
        where (leased_until < now() or writer = ${this.writer}) and leased_until < 'infinity'
        order by chain limit 1 for update skip locked
      ) returning chain, seq, hash, cut_seq`.execute(this.database.query);
    const [row] = rows;
    return row && { chain: row.chain, seq: Number(row.seq), hash: row.hash, cut: Number(row.cut_seq) };
  }

  /** Nobody appends to it any more. */
  private async leave(chain: number): Promise<void> {
    await sql`update ringfence_receipt_chains set leased_until = 'infinity' where chain = ${chain}`.execute(
      this.database.query,
    );
  }

  /** Chains are numbered without a gap, so that one that is gone leaves one; nor does another one take its number. */
  private async begin(): Promise<ChainHead> {
    await this.keepNumbers(this.watch.marks?.lastChain() ?? 0);
    for (;;) {
      const { rows } = await sql<{ chain: number }>`
        insert into ringfence_receipt_chains (chain, seq, hash, writer, leased_until)
        select coalesce(max(chain), 0) + 1, 0, ${chainStart.hash}::bytea, ${this.writer}::uuid,
          now() + make_interval(secs => ${leaseS})
        from ringfence_receipt_chains on conflict (chain) do nothing returning chain`.execute(this.database.query);
      const [row] = rows;
      if (row) return { chain: row.chain, ...chainStart };
    }
  }

  /**
   * Chains up to `last` that are gone from the end, as empty ones that nobody appends to: the mark names each for as long as it is
   * held against the store, and no number stays missing once an operator has confirmed the loss.
   */
  private async keepNumbers(last: number): Promise<void> {
    await sql`
      insert into ringfence_receipt_chains (chain, seq, hash, writer, leased_until)
      select gone, 0, ${chainStart.hash}::bytea, ${this.writer}::uuid, 'infinity'
      from generate_series((select coalesce(max(chain), 0) + 1 from ringfence_receipt_chains), ${last}::integer) gone
      on conflict (chain) do nothing`.execute(this.database.query);
  }
}

interface Row extends ChainLink {
  readonly chain: number;
  readonly at: number;
  readonly customer?: Uint8Array;
  readonly content: Uint8Array;
}

function endOf({ chain, ...before }: ChainHead, rows: readonly Row[]): ChainHead {
  const { seq, hash } = rows.at(-1) ?? before;
  return { chain, seq, hash };
}

function hexOf(bytes: Uint8Array | undefined): string | null {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') : null;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
