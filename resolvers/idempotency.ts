import { createHmac, randomBytes } from 'node:crypto';
import { keyReused, requireKey } from './idempotencyKey.js';

/** Who wants what done once. */
export interface OnceOrder {
  readonly holder: string;
  readonly client: string;
  readonly purpose: string;
  readonly key: string;
  /** Everything that makes the order what it is, the mutation's name included. */
  readonly body: readonly unknown[];
}

/** Runs an order once: a retry with the same key and body gives what the first one gave. */
export type Once = <Result>(order: OnceOrder, run: () => Result) => Result;

/** How long a key is remembered. */
const keyLifeMs = 24 * 60 * 60_000;

interface Answered {
  readonly digest: string;
  readonly at: number;
  readonly result: unknown;
}

/**
 * A memory of orders in this process. Bodies are kept as keyed hashes only, because they hold credentials. Throws
 * BAD_USER_INPUT for a key of another shape than 1 to 40 characters, and for one that was used with another body.
 * Keys belong to one holder, client and purpose: they tell nobody else anything.
 */
export function createOnce(now: () => Date): Once {
  const secret = randomBytes(32);
  const answered = new Map<string, Answered>();
  return <Result>({ holder, client, purpose, key, body }: OnceOrder, run: () => Result): Result => {
    const at = now().getTime();
    forget(answered, at - keyLifeMs);
    const name = JSON.stringify([holder, client, purpose, requireKey(key)]);
    const digest = createHmac('sha256', secret).update(JSON.stringify(body)).digest('base64');
    const earlier = answered.get(name);
    if (earlier === undefined) {
      const result = run();
      answered.set(name, { digest, at, result });
      return result;
    }
    if (earlier.digest === digest) return earlier.result as Result;
    throw keyReused();
  };
}

/** Entries stand in the order in which they were made, so the old ones come first. */
function forget(answered: Map<string, Answered>, before: number): void {
  for (const [name, { at }] of answered) {
    if (at > before) return;
    answered.delete(name);
  }
}
