/** Answers between their last check and their socket: a revocation is acknowledged only once they are there. */

/** Counts them. An answer is under way for as long as serializing takes, and what HTTP adds: nothing waits on a network. */
export class Departures {
  private readonly underWay = new Set<Promise<void>>();

  /** To be called right before the last check; `handed` resolves when the bytes are on the socket, or will never be. */
  begin(handed: Promise<void>): void {
    const departure = handed.finally(() => this.underWay.delete(departure));
    this.underWay.add(departure);
  }

  /** Resolves when every answer that is under way now is on its socket. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
