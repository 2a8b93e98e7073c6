/** Answers that were written a moment ago → the same text again, where every subgraph still answers the same bytes. */
import { LRUCache } from 'lru-cache';
import { type Exchange, type Recording, Tape } from '../plan/index.js';
import type { ReadyOperation } from './operationCache.js';

interface KeptRun {
  readonly recording: Recording;
  readonly text: string;
  /** How many runs in a row, up to this one, were no repetition. */
  readonly misses: number;
  /** How many requests may pass before the next attempt. */
  rest: number;
}

/** Where this many runs in a row found other answers, repetition rests for a number of requests. */
const patience = 8;
const restRequests = 64;

const maxKeptBytes = 32 * 1024 * 1024;
const maxRunBytes = 2 * 1024 * 1024;
/** Values that long are nobody else's. */
const maxKeyCharacters = 16 * 1024;

/**
 * The last run of each operation under each set of variables, within 32 MiB over all. INVARIANT: a text follows from
 * the operation as it was judged for a class of principals, its variables and the bytes of its answers, all compared.
 */
export class Repeats {
  private readonly kept = new LRUCache<string, KeptRun>({
    maxSize: maxKeptBytes,
    maxEntrySize: maxRunBytes,
    sizeCalculation: bytesOf,
  });

  /** What may be tried for one request; undefined where a run of this plan cannot be repeated. */
  begin(ready: ReadyOperation, variables: Exchange['variables']): RepeatableRun | undefined {
    if (!ready.plan.repeat) return undefined;
    const key = ready.key + JSON.stringify(variables);
    return key.length > maxKeyCharacters ? undefined : new RepeatableRun(ready.plan.repeat, this.kept, key);
  }
}

/** One request whose run may be a repetition, and may be kept for the next. */
export class RepeatableRun {
  readonly tape = new Tape();
  private misses = 0;
  private isResting = false;

  constructor(
    private readonly repeat: NonNullable<ReadyOperation['plan']['repeat']>,
    private readonly kept: LRUCache<string, KeptRun>,
    private readonly key: string,
  ) {}

  /** Asks the subgraphs as the last time; the text of then when they all answer as then. */
  async text(exchange: Exchange): Promise<string | undefined> {
    const last = this.kept.get(this.key);
    if (!last) return undefined;
    this.isResting = last.rest > 0;
    if (this.isResting) {
      last.rest -= 1;
      return undefined;
    }
    const isSame = await this.repeat({ recording: last.recording, exchange, tape: this.tape });
    this.misses = last.misses + 1;
    return isSame ? last.text : undefined;
  }

  /** Keeps what was asked and answered, unless something failed, for the requests to come. */
  keep(text: string): void {
    if (this.tape.hasFailed || this.isResting) return;
    const rest = this.misses < patience ? 0 : restRequests;
    this.kept.set(this.key, { recording: this.tape.takes, text, misses: this.misses, rest });
  }
}

function bytesOf({ recording, text }: KeptRun, key: string): number {
  let bytes = key.length + text.length;
  for (const take of recording.values()) bytes += take.body.length + take.bytes.length;
  return bytes;
}
