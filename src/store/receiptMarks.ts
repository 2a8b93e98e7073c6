/** What this machine has seen of the chains of receipts ↔ what the database shows of them now. */
import { type Kysely, sql } from 'kysely';
import type { KeyObject } from 'node:crypto';
import { type ChainLink, isSigned, type SignedCheckpoint } from '../receipt/index.js';
import type { Database } from './database.js';
import { signedCheckpoint } from './receiptCheckpoints.js';
import type { ReceiptMarkFile } from './receiptMarkFile.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

/** A chain that is not what this machine saw: its end is gone, or another one stands there. */
export interface GoneChain {
  readonly marked: SignedCheckpoint;
  /** Where it ends now; absent: the whole chain is gone. */
  readonly end?: number;
}

/** What a mark is kept with. */
export interface ReceiptMarkOptions {
  readonly file: ReceiptMarkFile;
  /** Public halves of the keys that may have signed checkpoints. */
  readonly signers: readonly KeyObject[];
  /** Told once of each chain. */
  readonly onGone: (gone: GoneChain) => void;
  /** Told that a mark of another generation was put aside, and under which name. */
  readonly onOther: (aside: string) => void;
}

/** The mark of one gateway. Nothing of it is touched where a request is answered. */
export interface ReceiptMarks {
  /** Remembers a checkpoint that is durable; of a chain that was named, nothing: what it was found by stays. */
  keep(checkpoint: SignedCheckpoint): void;
  /** Names chains that are not what the mark says, and marks the newest checkpoints of all others, whoever wrote them. Two statements. */
  look(): Promise<void>;
  /** False where the chain is not what the mark says: nobody appends to it then, or signs it, so that nothing covers what is gone. */
  isWhole(chain: number): Promise<boolean>;
  /** The greatest number of a chain that was ever seen; 0 before the first. */
  lastChain(): number;
}

/** Opens the mark as it lies there; where there is none, it begins with the newest checkpoints that the database has. */
export async function openReceiptMarks(database: Database, options: ReceiptMarkOptions): Promise<ReceiptMarks> {
  const generation = await generationOf(database.query);
  const mark = options.file.read();
  const aside = mark && mark.generation !== generation ? options.file.putAside() : undefined;
  if (aside !== undefined) options.onOther(aside);
  const marks = new Marks(database.query, generation, options);
  await marks.look();
  return marks;
}

/** What verification holds chains against. `other`: the mark is of another generation of the store. */
export type FoundMark =
  { readonly kind: 'none' } | { readonly kind: 'held' | 'other'; readonly checkpoints: readonly SignedCheckpoint[] };

/** The mark that lies on this machine, by who changes nothing. One statement. */
export async function findReceiptMark({ query }: Database, file: ReceiptMarkFile): Promise<FoundMark> {
  const mark = file.read();
  if (!mark) return { kind: 'none' };
  const isOfStore = mark.generation === (await generationOf(query));
  return { kind: isOfStore ? 'held' : 'other', checkpoints: mark.checkpoints };
}

class Marks implements ReceiptMarks {
  private readonly named = new Set<number>();
  private known: ReadonlyMap<number, SignedCheckpoint> = new Map();

  constructor(
    private readonly query: Kysely<Tables>,
    private readonly generation: string,
    private readonly options: ReceiptMarkOptions,
  ) {
    this.mark([]);
  }

  keep(checkpoint: SignedCheckpoint): void {
    this.mark([checkpoint]);
  }

  async look(): Promise<void> {
    this.learn([]);
    // Read before the chains are held against the mark, so that it is replaced by nothing that came after.
    const newest = await newestCheckpoints(this.query);
    const gone = await goneChains(this.query, [...this.known.values()]);
    for (const chain of gone) this.name(chain);
    const { signers } = this.options;
    const isNew = ({ chain, seq }: SignedCheckpoint): boolean => seq > (this.known.get(chain)?.seq ?? -1);
    this.mark(newest.filter((checkpoint) => isNew(checkpoint) && isSigned(signers, checkpoint)));
  }

  async isWhole(chain: number): Promise<boolean> {
    this.learn([]);
    const marked = this.known.get(chain);
    if (!marked) return true;
    const gone = await goneChains(this.query, [marked]);
    for (const found of gone) this.name(found);
    return gone.length === 0;
  }

  lastChain(): number {
    return [...this.known.keys()].reduce((most, chain) => Math.max(most, chain), 0);
  }

  private name(gone: GoneChain): void {
    const { chain } = gone.marked;
    if (this.named.has(chain)) return;
    this.named.add(chain);
    this.options.onGone(gone);
  }

  private mark(checkpoints: readonly SignedCheckpoint[]): void {
    const written = this.learn(checkpoints);
    const isWritten = [...this.known.values()].every(({ chain, seq }) => written?.get(chain) === seq);
    if (written && isWritten) return;
    this.options.file.write({ generation: this.generation, checkpoints: [...this.known.values()] });
  }

  /**
   * Beside what the file has, as another gateway of this machine may have written it: the newest of each chain, but for those that
   * were named. Gives what is written.
   */
  private learn(checkpoints: readonly SignedCheckpoint[]): ReadonlyMap<number, number> | undefined {
    const written = this.options.file.read();
    if (written && written.generation !== this.generation) {
      throw new StoreFault('STORE_RESTORED', 'the mark of receipts is of another generation of the store');
    }
    const newest = new Map(this.known);
    for (const checkpoint of [...(written?.checkpoints ?? []), ...checkpoints]) {
      const { chain, seq } = checkpoint;
      if (!this.named.has(chain) && seq > (newest.get(chain)?.seq ?? -1)) newest.set(chain, checkpoint);
    }
    this.known = newest;
    return written && new Map(written.checkpoints.map(({ chain, seq }) => [chain, seq]));
  }
}

async function generationOf(query: Kysely<Tables>): Promise<string> {
  const { generation } = await query.selectFrom('ringfence_store').select('generation').executeTakeFirstOrThrow();
  return generation;
}

/** The chains that are not what the checkpoints say. One statement, two looks by key for each. */
async function goneChains(query: Kysely<Tables>, marked: readonly SignedCheckpoint[]): Promise<readonly GoneChain[]> {
  if (marked.length === 0) return [];
  const { rows } = await sql<MarkedPlace>`
    select marked.chain, head.seq as "end", head.cut_seq as cut, head.cut_hash, entry.hash
    from unnest(${marked.map(({ chain }) => chain)}::integer[], ${marked.map(({ seq }) => seq)}::bigint[])
      as marked (chain, seq)
    left join ringfence_receipt_chains head on head.chain = marked.chain
    left join ringfence_receipts entry on entry.chain = marked.chain and entry.seq = marked.seq`.execute(query);
  const places = new Map(rows.map((row) => [row.chain, row]));
  return marked.flatMap((link): GoneChain[] => {
    const place = places.get(link.chain);
    if (place && isThere(place, link)) return [];
    return [{ marked: link, ...(place?.end != null && { end: Number(place.end) }) }];
  });
}

interface MarkedPlace {
  readonly chain: number;
  readonly end: number | string | null;
  readonly cut: number | string | null;
  readonly cut_hash: Uint8Array | null;
  readonly hash: Uint8Array | null;
}

/** What retention cut off is for verification to judge, by the checkpoint that it stopped at. */
function isThere({ end, cut, cut_hash, hash }: MarkedPlace, marked: ChainLink): boolean {
  if (end === null || Number(end) < marked.seq) return false;
  if (Number(cut) > marked.seq) return true;
  const found = Number(cut) === marked.seq ? cut_hash : hash;
  return found !== null && Buffer.compare(found, marked.hash) === 0;
}

/** By index: one look for each chain. */
async function newestCheckpoints(query: Kysely<Tables>): Promise<readonly SignedCheckpoint[]> {
  const { rows } = await sql<Tables['ringfence_receipt_checkpoints']>`
    select newest.* from ringfence_receipt_chains head cross join lateral (
      select * from ringfence_receipt_checkpoints where chain = head.chain order by seq desc limit 1
    ) as newest`.execute(query);
  return rows.map(signedCheckpoint);
}
