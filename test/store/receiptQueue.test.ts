import { describe, expect, jest, test } from '@jest/globals';
import { GroupCommit, type QueueOptions } from '../../src/store/receiptQueue.js';

/** A write that is under way until the test ends it. */
class SlowWrite {
  readonly groups: (readonly string[])[] = [];
  private ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  readonly write = (items: readonly string[]): Promise<void> => {
    this.groups.push(items);
    return new Promise((resolve, reject) => this.ends.push({ resolve, reject }));
  };

  async end(error?: Error): Promise<void> {
    await turn();
    const next = this.ends.shift();
    if (error) next?.reject(error);
    else next?.resolve();
    await turn();
  }
}

/** No time passes: a write takes none, and nothing rests after it. */
const standing = { monotonicMs: () => 0, wait: async () => undefined };

/** A clock that a test moves; who waits goes on when the test says so. */
class SetClock {
  now = 0;
  readonly waits: number[] = [];
  goOn: () => void = () => undefined;

  readonly monotonicMs = (): number => this.now;

  readonly wait = (ms: number): Promise<void> => {
    this.waits.push(ms);
    return new Promise((resolve) => {
      this.goOn = () => {
        this.now += ms;
        resolve();
      };
    });
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const queueOf = (slow: SlowWrite, options: Partial<QueueOptions> = {}) =>
  new GroupCommit(slow.write, {
    mode: 'strict',
    capacity: 5,
    patienceMs: 60_000,
    onFailure: () => undefined,
    clock: standing,
    ...options,
  });

describe('a queue of receipts', () => {
  test('writes together what came while a write was under way, and one write at a time', async () => {
    const slow = new SlowWrite();
    const queue = queueOf(slow);
    const first = queue.add(['a']);
    await turn();
    const rest = Promise.all([queue.add(['b', 'c']), queue.add(['d'])]);
    await turn();
    expect(slow.groups).toEqual([['a']]);
    await slow.end();
    await first;
    expect(slow.groups).toEqual([['a'], ['b', 'c', 'd']]);
    await slow.end();
    await rest;
  });

  test.each([
    { mode: 'strict', tookMs: 2, restMs: 8 },
    { mode: 'strict', tookMs: 30, restMs: 10 },
    { mode: 'async', tookMs: 30, restMs: 50 },
  ] as const)('gathers for $restMs ms after a write of $tookMs ms, $mode', async ({ mode, tookMs, restMs }) => {
    const [slow, clock] = [new SlowWrite(), new SetClock()];
    const queue = queueOf(slow, { clock, mode });
    const first = queue.add(['a']);
    await turn();
    clock.now += tookMs;
    await slow.end();
    await first;
    const later = [queue.add(['b'])];
    await turn();
    later.push(queue.add(['c']));
    await turn();
    expect(slow.groups).toEqual([['a']]);
    clock.goOn();
    await turn();
    expect(clock.waits).toEqual([restMs]);
    expect(slow.groups).toEqual([['a'], ['b', 'c']]);
    await slow.end();
    await Promise.all(later);
  });

  test('writes at once what comes after a longer silence, and what is left when it closes', async () => {
    const [slow, clock] = [new SlowWrite(), new SetClock()];
    const queue = queueOf(slow, { clock });
    const first = queue.add(['a']);
    await turn();
    clock.now += 2;
    await slow.end();
    await first;
    clock.now += 8;
    const second = queue.add(['b']);
    await turn();
    clock.now += 2;
    const third = queue.add(['c']);
    const closed = queue.close();
    await slow.end();
    await second;
    await slow.end();
    await Promise.all([third, closed]);
    expect(slow.groups).toEqual([['a'], ['b'], ['c']]);
    expect(clock.waits).toEqual([]);
  });

  test('says no to all who wait for a write that fails, and goes on with the next', async () => {
    const slow = new SlowWrite();
    const failures: unknown[] = [];
    const queue = queueOf(slow, { onFailure: (error) => failures.push(error) });
    const lost = Promise.allSettled([queue.add(['a']), queue.add(['b'])]);
    await slow.end(new Error('down'));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(failures).toHaveLength(1);
    const kept = queue.add(['c']);
    await slow.end();
    await expect(kept).resolves.toBeUndefined();
  });

  test('takes no more than it may hold', async () => {
    const slow = new SlowWrite();
    const queue = queueOf(slow);
    const under = queue.add(['under way']);
    await turn();
    const waiting = queue.add(['1', '2', '3', '4', '5']);
    await expect(queue.add(['6'])).rejects.toMatchObject({ reason: 'STORE_SLOW' });
    await slow.end();
    await slow.end();
    await Promise.all([under, waiting]);
  });

  test('waits no longer than its patience, and then does not write what nobody waits for', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const slow = new SlowWrite();
      const queue = queueOf(slow, { patienceMs: 2000 });
      const both = Promise.allSettled([queue.add(['a']), turn().then(() => queue.add(['b']))]);
      await turn();
      await turn();
      jest.advanceTimersByTime(2001);
      expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await slow.end();
      expect(slow.groups).toEqual([['a']]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('in mode `async` resolves at once, tries again what failed, and says no only when it is full', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const slow = new SlowWrite();
      const queue = queueOf(slow, { mode: 'async' });
      await queue.add(['a']);
      await slow.end(new Error('down'));
      await queue.add(['1', '2', '3', '4']);
      await expect(queue.add(['5'])).rejects.toMatchObject({ reason: 'STORE_SLOW' });
      jest.advanceTimersByTime(300);
      await turn();
      expect(slow.groups).toEqual([['a'], ['a', '1', '2', '3', '4']]);
      const closed = queue.close();
      await slow.end();
      await closed;
      await expect(queue.add(['late'])).rejects.toMatchObject({ reason: 'STORE_SLOW' });
    } finally {
      jest.useRealTimers();
    }
  });
});
