/** Remembers nonces for a while, so that no call counts twice. Bounded: full, it admits nothing more. */
export class NonceWindow {
  /** Nonce to the instant it may be forgotten; in insertion order, which is that instant's order. */
  readonly #seen = new Map<string, number>();

  constructor(
    private readonly keepMs: number,
    private readonly capacity = 500_000,
  ) {}

  /** True exactly once for a nonce within the window. */
  admit(nonce: string, nowMs: number): boolean {
    this.#forget(nowMs);
    if (this.#seen.has(nonce) || this.#seen.size >= this.capacity) return false;
    this.#seen.set(nonce, nowMs + this.keepMs);
    return true;
  }

  #forget(nowMs: number): void {
    for (const [nonce, until] of this.#seen) {
      if (until > nowMs) return;
      this.#seen.delete(nonce);
    }
  }
}
