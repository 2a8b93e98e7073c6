/** Work that is done again and again, one round at a time. */

/** Rounds under way. */
export interface Rounds {
  /** Begins no further round; resolves when the last one has ended. */
  close(): Promise<void>;
}

/** Does `round` every `everyMs`; while one takes longer no other begins. `round` must not reject. Keeps no process alive. */
export function startRounds(round: () => Promise<void>, everyMs: number): Rounds {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= round().finally(() => (underWay = undefined));
  }, everyMs).unref();
  return {
    close: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}
