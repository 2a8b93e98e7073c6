/** Readings of what may have changed: one at a time, as few as will do for all who ask. */

/** Reads for whoever asks. */
export interface Looker {
  /** Resolves when a reading has ended that began after this call, and rejects as that one does. Who asks meanwhile shares it. */
  look(): Promise<void>;
  /** Resolves when none that was asked for before is under way or to come. Never rejects. */
  rest(): Promise<void>;
}

/** However often it is asked while a reading is under way, one follows. */
export function createLooker(read: () => Promise<void>): Looker {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    last = read();
    return last;
  };
  const look = (): Promise<void> => {
    next ??= last.then(begin, begin);
    return next;
  };
  const rest = async (): Promise<void> => {
    while (next) await next.catch(() => undefined);
    await last.catch(() => undefined);
  };
  return { look, rest };
}
