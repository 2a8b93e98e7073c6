/** A store that may not answer yet: tried again until it does, and refusing with STALE until then. */
import { ClientFault } from '../fault/index.js';
import { StoreFault, storeFaultOf, type StoreFaultReason } from '../store/index.js';
import { openKeptStores, type KeptStores, type KeptStoresOptions } from './keptStores.js';

const retryMs = 1000;

/** The stores behind it, once they are there. */
export class LateStores {
  #stores: KeptStores | undefined;
  #again: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;

  constructor(private readonly options: KeptStoresOptions) {}

  /** Resolves when the store is open, or cannot be used now for a reason that may pass. Rejects for all that no waiting mends. */
  async open(): Promise<void> {
    try {
      this.#stores = await openKeptStores(this.options);
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.options.logger.error(
        { err: error },
        'the store cannot be used yet: financial fields are refused until it can',
      );
      this.#retryLater();
    }
  }

  /** Works with the stores. Rejects with STALE while they are not there, or do not answer. */
  async use<Result>(work: (stores: KeptStores) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.there());
    } catch (error) {
      throw this.#staleFor(error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await this.#opening;
    await this.#stores?.close();
  }

  /** The stores. Throws STALE while they are not there. */
  there(): KeptStores {
    if (this.#stores) return this.#stores;
    throw new ClientFault('STALE');
  }

  #staleFor(error: unknown): unknown {
    const fault = storeFaultOf(error);
    if (!(fault instanceof StoreFault)) return error;
    this.options.logger.error({ err: fault }, 'the store cannot be used: financial fields are refused');
    return new ClientFault('STALE', undefined, { cause: fault });
  }

  #retryLater(): void {
    if (this.#closed) return;
    this.#again = setTimeout(() => {
      this.#opening = this.#tryAgain();
    }, retryMs);
  }

  async #tryAgain(): Promise<void> {
    const { logger } = this.options;
    try {
      this.#stores = await openKeptStores(this.options);
      logger.info('the store answers');
    } catch (error) {
      // What no waiting mends is tried too: an operator may mend it while the open graph serves.
      if (!isPassing(error)) logger.error({ err: error }, 'the store cannot be used: financial fields are refused');
      this.#retryLater();
    }
  }
}

/** What may mend by itself. */
const passing: ReadonlySet<StoreFaultReason> = new Set([
  'STORE_UNREACHABLE',
  'STORE_SLOW',
  'STORE_FULL',
  'STORE_CLOCK',
]);

function isPassing(error: unknown): boolean {
  return error instanceof StoreFault && passing.has(error.reason);
}
