/** An operation that is ready for one principal is ready for all. Stands for `src/gateway/operationCache.ts`. */
import * as wall from '../../../src/gateway/operationCache.js';

export * from '../../../src/gateway/operationCache.js';

export class OperationCache extends wall.OperationCache {
  readonly #byText = new Map<string, ReturnType<wall.OperationCache['find']>>();

  override find(...asked: Parameters<wall.OperationCache['find']>): ReturnType<wall.OperationCache['find']> {
    const [{ source }] = asked;
    const ready = this.#byText.get(source) ?? super.find(...asked);
    this.#byText.set(source, ready);
    return ready;
  }
}
