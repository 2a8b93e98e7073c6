/** What a transport is told, and what it brings back. */

import type { Leave } from '../partition/index.js';
import type { Cancelled } from '../plan/index.js';

/** A registered address, with how much of the gateway it may take up. */
export interface Destination {
  /** `http://127.0.0.1:4101/graphql`. No credentials, no fragment. */
  readonly url: string;
  /** Connections at most; 64 unless stated. */
  readonly maxConnections?: number;
  /** Calls that may wait for a connection; 256 unless stated. */
  readonly maxQueue?: number;
}

/** One POST of JSON. */
export interface Call {
  /** Equal to a registered destination's `url`. */
  readonly url: string;
  readonly body: string;
  /** All headers that travel, beside those of HTTP itself. A function is asked before each attempt: nonces are fresh. */
  readonly headers: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /**
   * Asked of each attempt, with its headers, once it has a connection and right before its first byte. What does not go costs the
   * destination nothing, and says nothing of it. Never throws. Absent: every attempt goes.
   */
  readonly leave?: (headers: Readonly<Record<string, string>>) => Leave;
  /** Milliseconds since the epoch, by the system's clock. */
  readonly deadlineAt: number;
  readonly signal: Cancelled;
  /** An answer with more bytes is given up. */
  readonly maxBytes: number;
  /** Reads only: sent once more when the connection fails or a gateway on the way says 502, 503 or 504. */
  readonly idempotent: boolean;
}

/** What came back: a status of 2xx and a body that calls itself JSON and is UTF-8. It is not parsed here. */
export interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
}
