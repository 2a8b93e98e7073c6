/** Group commit: what is handed in while a write is under way goes into the next one, all of it at once. */
import { setTimeout as wait } from 'node:timers/promises';
import { StoreFault } from './storeFault.js';

/**
 * `strict`: a promise resolves when what it stands for is durable, and rejects when it is not within `patienceMs`. `async`:
 * it resolves at once, and rejects only while more is waiting than may; what is waiting is lost with the process.
 */
export type ReceiptMode = 'strict' | 'async';

/** What a queue goes by between two writes. */
export interface QueueClock {
  /** Milliseconds that only ever grow. */
  readonly monotonicMs: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** How a queue behaves. */
export interface QueueOptions {
  readonly mode: ReceiptMode;
  /** Most items that wait. */
  readonly capacity: number;
  readonly patienceMs: number;
  /** Told of each write that failed. */
  readonly onFailure: (error: unknown) => void;
  /** The machine's where absent. */
  readonly clock?: QueueClock;
}

interface Group<Item> {
  readonly items: readonly Item[];
  readonly settle: (error?: unknown) => void;
  /** True once nobody waits for it any more. */
  readonly isOver: () => boolean;
}

const mostAtOnce = 1000;
const retryMs = 250;
/** A write costs much by itself and little for each entry: at rest between two, more of them gather for the next one. */
const restByWrite = 4;
/** In `async` nobody waits for it. */
const mostRestMs = { strict: 10, async: 50 } as const;
const ofMachine: QueueClock = { monotonicMs: () => performance.now(), wait: (ms) => wait(ms) };

/**
 * Hands groups of items to `write`, one write at a time, which take a fifth of the time under load: after one that took 2 ms the next begins
 * no sooner than 8 ms later, and never more than 10 ms (`async`: 50 ms) later. What comes after a longer silence is written at once.
 */
export class GroupCommit<Item> {
  private waiting: Group<Item>[] = [];
  private waitingItems = 0;
  private running: Promise<void> | undefined;
  private restUntil = Number.NEGATIVE_INFINITY;
  private readonly clock: QueueClock;
  private isClosed = false;

  constructor(
    private readonly write: (items: readonly Item[]) => Promise<void>,
    private readonly options: QueueOptions,
  ) {
    this.clock = options.clock ?? ofMachine;
  }

  /** Takes items; they are written together. */
  async add(items: readonly Item[]): Promise<void> {
    if (this.isClosed || this.waitingItems + items.length > this.options.capacity) {
      throw new StoreFault('STORE_SLOW', 'receipts wait to be written, and no more may: the store is too slow');
    }
    const done = new Promise<void>((resolve, reject) => {
      this.waiting.push(this.group(items, (error) => (error === undefined ? resolve() : reject(error))));
    });
    this.waitingItems += items.length;
    this.running ??= this.run();
    if (this.options.mode === 'async') done.catch(() => undefined);
    else await done;
  }

  /** Writes what waits, once more if it must, and takes nothing else. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // What is handed in within the same turn of the loop goes together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      await this.rest();
      const began = this.clock.monotonicMs();
      await this.writeNext(this.take());
      const ended = this.clock.monotonicMs();
      this.restUntil = ended + Math.min(restByWrite * (ended - began), mostRestMs[this.options.mode]);
    }
    this.running = undefined;
  }

  private async rest(): Promise<void> {
    const leftMs = this.restUntil - this.clock.monotonicMs();
    if (leftMs > 0 && !this.isClosed && this.waitingItems < mostAtOnce) await this.clock.wait(leftMs);
  }

  private async writeNext(groups: readonly Group<Item>[]): Promise<void> {
    if (groups.length === 0) return;
    try {
      await this.write(groups.flatMap(({ items }) => items));
      for (const group of groups) group.settle();
    } catch (error) {
      this.options.onFailure(error);
      await this.failed(groups, error);
    }
  }

  private take(): Group<Item>[] {
    const groups: Group<Item>[] = [];
    let items = 0;
    while (this.waiting[0] && (items === 0 || items + this.waiting[0].items.length <= mostAtOnce)) {
      const group = this.waiting.shift();
      if (!group) break;
      this.waitingItems -= group.items.length;
      if (group.isOver()) continue;
      items += group.items.length;
      groups.push(group);
    }
    return groups;
  }

  private async failed(groups: readonly Group<Item>[], error: unknown): Promise<void> {
    if (this.options.mode === 'strict' || this.isClosed) {
      for (const group of groups) group.settle(error);
      return;
    }
    this.waiting.unshift(...groups);
    this.waitingItems += groups.reduce((sum, { items }) => sum + items.length, 0);
    await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
  }

  private group(items: readonly Item[], done: (error?: unknown) => void): Group<Item> {
    let isOver = false;
    const settle = (error?: unknown): void => {
      isOver = true;
      clearTimeout(timer);
      done(error);
    };
    const { mode, patienceMs } = this.options;
    const late = (): void =>
      settle(new StoreFault('STORE_SLOW', `no receipt was kept within ${patienceMs} ms: the store is too slow`));
    const timer = mode === 'strict' ? setTimeout(late, patienceMs) : undefined;
    return { items, settle, isOver: () => isOver };
  }
}
