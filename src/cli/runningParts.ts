/** What a command has started: stopped together, the last first. */
export class RunningParts {
  private readonly stops: (() => Promise<void>)[] = [];

  /** Notes how to stop a part, and gives the part back. */
  add<P>(part: P, stop: (part: P) => Promise<void>): P {
    this.stops.push(() => stop(part));
    return part;
  }

  /** Stops all parts, also those after one that does not stop; rejects with the first failure. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
