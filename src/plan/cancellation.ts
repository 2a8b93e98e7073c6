/** Says to all that work for a request that nobody waits for its answer any more. */

/** What is read of a cancellation; an `AbortSignal` is one. */
export interface Cancelled {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The source of one cancellation: as an `AbortController`, which costs a request several times as much. */
export class Cancellation implements Cancelled {
  private readonly listeners = new Set<() => void>();
  private isCancelled = false;

  get aborted(): boolean {
    return this.isCancelled;
  }

  addEventListener(_: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** Tells each listener once; nothing happens the second time. */
  cancel(): void {
    this.isCancelled = true;
    for (const listener of [...this.listeners]) listener();
    this.listeners.clear();
  }
}
