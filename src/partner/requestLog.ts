/** One GraphQL request as it came in, whether it was answered or refused. */
export interface LoggedRequest {
  /** Null when the body held no document. */
  readonly query: string | null;
  readonly variables: unknown;
  /** The HTTP status of the answer; 0 when none was given. */
  readonly status: number;
}

/** What a subgraph was asked since it started. In memory only. */
export interface RequestLog {
  /** All requests since start, including those that `entries` no longer holds. */
  readonly count: number;
  /** The latest requests, oldest first. */
  readonly entries: readonly LoggedRequest[];
  add(request: LoggedRequest): void;
}

/** A log that keeps the latest requests and counts them all. Equal documents are kept once. */
export class BoundedRequestLog implements RequestLog {
  #count = 0;
  #entries: LoggedRequest[] = [];
  readonly #texts = new Map<string, string>();

  constructor(private readonly capacity = 50_000) {}

  get count(): number {
    return this.#count;
  }

  get entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-this.capacity);
  }

  add({ query, variables, status }: LoggedRequest): void {
    this.#count += 1;
    this.#entries.push({ query: this.#interned(query), variables, status });
    if (this.#entries.length > 2 * this.capacity) this.#entries = this.#entries.slice(-this.capacity);
  }

  #interned(query: string | null): string | null {
    if (query === null) return null;
    const known = this.#texts.get(query);
    if (known !== undefined) return known;
    if (this.#texts.size >= 1000) this.#texts.clear();
    this.#texts.set(query, query);
    return query;
  }
}
