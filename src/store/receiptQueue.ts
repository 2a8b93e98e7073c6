/** Group commit: what is handed in while a write is under way goes into the next one, all of it at once. */
import { StoreFault } from './storeFault.js';

/**
 * `strict`: a promise resolves when what it stands for is durable, and rejects when it is not within `patienceMs`. `async`:
 * it resolves at once, and rejects only while more is waiting than may; what is waiting is lost with the process.
 */
export type ReceiptMode = 'strict' | 'async';

/** How a queue behaves. */
export interface QueueOptions {
  readonly mode: ReceiptMode;
  /** Most items that wait. */
  readonly capacity: number;
  readonly patienceMs: number;
  /** Told of each write that failed. */
  readonly onFailure: (error: unknown) => void;
}

interface Group<Item> {
  readonly items: readonly Item[];
  readonly settle: (error?: unknown) => void;
  /** True once nobody waits for it any more. */
  readonly isOver: () => boolean;
}

const mostAtOnce = 1000;
const retryMs = 250;

/** Hands groups of items to `write`, one write at a time. */
export class GroupCommit<Item> {
  private waiting: Group<Item>[] = [];
  private waitingItems = 0;
  private running: Promise<void> | undefined;
  private isClosed = false;

  constructor(
    private readonly write: (items: readonly Item[]) => Promise<void>,
    private readonly options: QueueOptions,
  ) {}

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
    while (this.waiting.length > 0) await this.writeNext(this.take());
    this.running = undefined;
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
