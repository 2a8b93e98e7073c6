/** Answers that are worked out once and remembered by the exact bytes that asked for them; the oldest are forgotten. */
export class Memory {
  #answers = new Map();
  #bytes = 0;

  constructor(maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The answer to `key`, from memory or from `work()`. */
  recall(key, work) {
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const made = work();
    this.#answers.set(key, made);
    this.#bytes += key.length + made.length;
    for (const [oldest, answer] of this.#answers) {
      if (this.#bytes <= this.maxBytes) break;
      this.#answers.delete(oldest);
      this.#bytes -= oldest.length + answer.length;
    }
    return made;
  }

  /** The answer to `key` where it is remembered. */
  get(key) {
    return this.#answers.get(key);
  }

  /** How many answers are held. */
  get size() {
    return this.#answers.size;
  }
}
