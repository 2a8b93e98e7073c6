/** A chain's entries and checkpoints in their order → what is wrong with them, each named. Streams: memory does not grow with the chain. */
import type { KeyObject } from 'node:crypto';
import { type ChainedEntry, type ChainLink, linkHash } from './chain.js';
import { isSigned, type SignedCheckpoint } from './checkpoint.js';
import type { ReceiptFinding, ReceiptFindingKind } from './finding.js';

/** The place that an entry's sealed content states. */
export interface StatedPlace {
  readonly chain: number;
  readonly seq: number;
}

/** What a chain is held against, beside its checkpoints. */
export interface ChainClaims {
  readonly chain: number;
  /** Where it begins: `chainStart`, or the checkpoint up to which retention cut it. */
  readonly start: ChainLink;
  /** Where its head row says that it ends. */
  readonly head: ChainLink;
  /** Public halves of the keys that may have signed checkpoints. */
  readonly signers: readonly KeyObject[];
  /** A checkpoint that was kept outside the database: whoever owns that cannot take it away. */
  readonly marked?: SignedCheckpoint;
  /** The place that an entry's content states; undefined where it does not open. Absent: the verifier has no key. */
  readonly open?: (entry: ChainedEntry) => StatedPlace | undefined;
}

/**
 * What an entry was found to be. `sound`; `named` in a finding; `doubtful`: its content is sound, and its hash does not follow from what
 * stands before it, where something is false already: what comes next tells whose hash is the false one.
 */
type Judgement = 'sound' | 'named' | 'doubtful';

/** What is known of the entry before the next one. */
interface Before {
  readonly seq: number;
  /** What its true hash may be: as stored first, then as computed. */
  readonly hashes: readonly Uint8Array[];
  readonly judgement: Judgement;
  /** Its true hash may be none of these: its content is not what was written, or nothing is known of what came before it. */
  readonly isLost: boolean;
}

/** From so many hashes an entry may follow where those before it are false. */
const mostHashes = 8;
const otherHash = 'its hash is another';

/**
 * Checks one chain: checkpoints and entries go in one by one, findings come out. A checkpoint goes in before its entry. About 5 µs an
 * entry, 10 with a key, and 100 µs a checkpoint.
 */
export class ChainVerifier {
  private before: Before;
  /** Checkpoints whose entries are to come, ascending. */
  private pending: SignedCheckpoint[] = [];
  /** The last place that a checkpoint vouches for. */
  private vouched: number;
  private isCutExplained: boolean;
  private readonly marked: SignedCheckpoint | undefined;

  constructor(private readonly claims: ChainClaims) {
    const { start, marked, signers } = claims;
    const { seq, hash } = start;
    this.marked = marked && isSigned(signers, marked) ? marked : undefined;
    this.before = { seq, hashes: [hash], judgement: 'sound', isLost: false };
    this.vouched = seq;
    this.isCutExplained = seq === 0;
  }

  /** Takes the next checkpoint by seq. One that nobody signed says nothing else. */
  vouch(checkpoint: SignedCheckpoint): readonly ReceiptFinding[] {
    const { start, signers } = this.claims;
    const { seq } = checkpoint;
    if (!isSigned(signers, checkpoint))
      return [this.finding('invented', [seq, seq], 'a checkpoint has no valid signature')];
    if (seq > start.seq) this.pending.push(checkpoint);
    else if (isSameLink(checkpoint, start)) this.isCutExplained = true;
    return [];
  }

  /** After the checkpoints up to where the chain begins: a cut that none of them explains, a mark that says otherwise. */
  begin(): readonly ReceiptFinding[] {
    const { start, marked } = this.claims;
    const { seq = 0 } = marked ?? {};
    return [
      ...(this.isCutExplained
        ? []
        : [this.finding('missing', [1, start.seq], 'cut off, and no signed checkpoint says so')]),
      ...(marked && !this.marked
        ? [this.finding('invented', [seq, seq], 'the mark on this machine has no valid signature')]
        : []),
      ...this.heldAgainstMark(start),
    ];
  }

  /** Takes the next entry. */
  next(entry: ChainedEntry): readonly ReceiptFinding[] {
    const { seq } = entry;
    if (seq <= this.before.seq) return [this.finding('reordered', [seq, seq], 'stands behind a later entry')];
    const isBehindGap = seq > this.before.seq + 1;
    const missing = isBehindGap ? [this.finding('missing', [this.before.seq + 1, seq - 1], 'gone')] : [];
    const computed = isBehindGap ? [] : this.before.hashes.map((hash) => linkHash(hash, entry));
    const match = computed.findIndex((hash) => isSame(hash, entry.hash));
    const settled = this.settled(match);
    const { findings, judgement, isLost } = this.judge(entry, isBehindGap || match >= 0);
    const hashes = possibleHashes(entry.hash, computed, match);
    this.before = { seq, hashes, judgement, isLost: isLost || isBehindGap };
    return [...missing, ...settled, ...findings, ...this.passed(seq, entry.hash), ...this.heldAgainstMark(entry)];
  }

  /** After the last entry and all checkpoints: what the head and the checkpoints say beyond it. */
  end(): readonly ReceiptFinding[] {
    const { head } = this.claims;
    const { seq, hashes, judgement } = this.before;
    const due = this.pending.reduce((most, checkpoint) => Math.max(most, checkpoint.seq), head.seq);
    if (this.marked && this.marked.seq > Math.max(due, seq)) return [...this.settled(-1), this.goneSince(this.marked)];
    if (due > seq) return [...this.settled(-1), this.finding('missing', [seq + 1, due], 'gone from the end')];
    if (seq > head.seq) return [this.finding('invented', [head.seq + 1, seq], 'stands behind the end of the chain')];
    const match = hashes.findIndex((hash) => isSame(hash, head.hash));
    if (judgement === 'doubtful') return this.settled(match);
    if (judgement === 'named' || match === 0) return [];
    return [this.finding('changed', [seq, seq], 'is not the entry that the chain ends with')];
  }

  /** What comes next follows from an entry's hash as stored (0), from another one that it may have had, or from none of them (-1). */
  private settled(match: number): readonly ReceiptFinding[] {
    const { seq, judgement } = this.before;
    if (judgement === 'named') return [];
    if (match > 0) return [this.finding('changed', [seq, seq], otherHash)];
    return judgement === 'doubtful' && match < 0 ? [this.unlinked(seq)] : [];
  }

  private judge(entry: ChainedEntry, holds: boolean): Judged {
    const { seq, chain } = entry;
    const { open } = this.claims;
    if (!open) return holds ? sound : named(this.unlinked(seq));
    const stated = open(entry);
    if (!stated) {
      const words = 'its content was not sealed with the store’s key for this entry';
      return { ...named(this.finding(holds ? 'invented' : 'changed', [seq, seq], words)), isLost: true };
    }
    if (stated.chain !== chain || stated.seq !== seq) {
      const words = `was written as entry ${stated.seq} of chain ${stated.chain}`;
      return { ...named(this.finding('reordered', [seq, seq], words)), isLost: true };
    }
    if (holds) return sound;
    if (!this.before.isLost) return named(this.finding('changed', [seq, seq], otherHash));
    return this.before.judgement === 'sound' ? named(this.unlinked(seq)) : doubtful;
  }

  /** Nobody can say which of two neighbours is the false one. */
  private unlinked(seq: number): ReceiptFinding {
    const from = Math.max(seq - 1, this.claims.start.seq + 1);
    return this.finding('changed', [from, seq], 'does not follow from the entry before it');
  }

  private passed(seq: number, hash: Uint8Array): readonly ReceiptFinding[] {
    if ((this.pending[0]?.seq ?? Number.POSITIVE_INFINITY) > seq) return [];
    const passed = this.pending.filter((checkpoint) => checkpoint.seq <= seq);
    this.pending = this.pending.slice(passed.length);
    const here = passed.filter((checkpoint) => checkpoint.seq === seq);
    if (here.length === 0) return [];
    const from = this.vouched + 1;
    this.vouched = seq;
    const signed = here.find((checkpoint) => !isSame(checkpoint.hash, hash));
    if (!signed) return [];
    const words = `rewritten after the checkpoint of ${new Date(signed.at).toISOString()} was signed`;
    return [this.finding('rewritten', [from, seq], words)];
  }

  private heldAgainstMark({ seq, hash }: ChainLink): readonly ReceiptFinding[] {
    const { marked } = this;
    if (marked?.seq !== seq || isSame(marked.hash, hash)) return [];
    const words = `rewritten since this machine marked the checkpoint of ${new Date(marked.at).toISOString()}`;
    return [this.finding('rewritten', [this.claims.start.seq + 1, seq], words)];
  }

  private goneSince({ seq, at }: SignedCheckpoint): ReceiptFinding {
    const words = `gone from the end since this machine marked the checkpoint of ${new Date(at).toISOString()}`;
    return this.finding('missing', [this.before.seq + 1, seq], words);
  }

  private finding(kind: ReceiptFindingKind, [from, to]: readonly [number, number], words: string): ReceiptFinding {
    return { kind, chain: this.claims.chain, from, to, words };
  }
}

/** A judgement, and what it says. */
interface Judged extends Pick<Before, 'judgement' | 'isLost'> {
  readonly findings: readonly ReceiptFinding[];
}

const sound: Judged = { findings: [], judgement: 'sound', isLost: false };
const doubtful: Judged = { findings: [], judgement: 'doubtful', isLost: true };

function named(finding: ReceiptFinding): Judged {
  return { findings: [finding], judgement: 'named', isLost: false };
}

/** As stored, and as computed; the last one goes on from where the chain was whole. What follows from another hash than the one stored is true. */
function possibleHashes(stored: Uint8Array, computed: readonly Uint8Array[], match: number): readonly Uint8Array[] {
  if (match > 0) return [stored];
  const others = computed.filter((hash) => !isSame(hash, stored));
  const room = match === 0 ? 1 : mostHashes - 1;
  return [stored, ...others.slice(0, room - 1), ...others.slice(room - 1).slice(-1)];
}

function isSameLink(one: ChainLink, other: ChainLink): boolean {
  return one.seq === other.seq && isSame(one.hash, other.hash);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
