/** What is made once for each case of an operation, kept within one bound over all operations. */
import { LRUCache } from 'lru-cache';
import type { Keep } from './keep.js';

/** What {@link CaseCache.keep} hands out forgets its entry by this. */
type Forget = () => void;

/** Bounds what operations keep for their cases; the least recently used case of whichever operation goes first. */
export class CaseCache {
  private readonly used: LRUCache<object, Forget>;

  /** `max` is in cases; a plan and a writer of one case count as two. */
  constructor(max = 1_000) {
    this.used = new LRUCache<object, Forget>({ max, dispose: (forget) => forget() });
  }

  /** Keeps one kind of thing for the cases of one operation, in this cache's bound. */
  keep<T>(): Keep<T> {
    const cases = new Map<string, { readonly value: T }>();
    return {
      get: (key) => {
        const found = cases.get(key);
        if (found) this.used.get(found);
        return found?.value;
      },
      set: (key, value) => {
        const entry = { value };
        cases.set(key, entry);
        this.used.set(entry, () => void (cases.get(key) === entry && cases.delete(key)));
      },
      delete: (key) => {
        const found = cases.get(key);
        if (found) this.used.delete(found);
      },
    };
  }
}
