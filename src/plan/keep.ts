/** What was made under a key → the same thing the next time. */

/** Where things are kept by key: an `LRUCache`, or what a `CaseCache` hands out. May forget at any time. */
export interface Keep<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): unknown;
  delete(key: string): unknown;
}

/** What is kept under a key, else what `make` returns; nothing is kept when it throws. */
export function kept<T>(keep: Keep<T>, key: string, make: () => T): T {
  const known = keep.get(key);
  if (known !== undefined) return known;
  const made = make();
  keep.set(key, made);
  return made;
}

/** As {@link kept}, of promises: asked for at once by many it is made once, and nothing of a failure is kept. */
export function keptPromise<T>(keep: Keep<Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  return kept(keep, key, () => {
    const made = make();
    made.catch(() => keep.delete(key));
    return made;
  });
}
