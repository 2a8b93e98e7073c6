/** The way to one destination: its own connections, its own bound on calls, its own breaker. */
import { setTimeout } from 'node:timers/promises';
import { BrokenCircuitError, CircuitState, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { Pool } from 'undici';
import { attempt } from './attempt.js';
import type { Answer, Call, Destination } from './call.js';
import { isOutage, mayRetry, TransportFault } from './transportFault.js';

/** One destination's calls. */
export interface Lane {
  post(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

const failuresToOpen = 5;
const halfOpenAfterMs = 5_000;
const pauseBeforeRetryMs = 20;
const connectTimeoutMs = 3_000;

/**
 * Opens the way to one destination; connects on first use. Five outages in a row close it for 5 s, after which one
 * call may try; the calls meanwhile fail at once and do not wait for that one.
 */
export function openLane({ url, maxConnections = 64, maxQueue = 256 }: Destination): Lane {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: maxConnections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: connectTimeoutMs },
    // Each call has its own deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(failuresToOpen),
  });
  const once: Send = (call) => {
    // The breaker would let this call wait, without a deadline, for the one that tries.
    if (breaker.state === CircuitState.HalfOpen) throw new TransportFault('open');
    return breaker.execute(() => attempt(pool, pathname + search, call));
  };
  return { post: bounded(once, maxConnections + maxQueue), close: () => pool.close() };
}

type Send = (call: Call) => Promise<Answer>;

/**
 * Bulkhead: a slow destination may hold up this many calls and no more. Reads are sent once more, after a pause, where
 * another attempt may do better.
 */
function bounded(send: Send, limit: number): Send {
  let underWay = 0;
  return async (call) => {
    if (underWay >= limit) throw new TransportFault('full');
    underWay += 1;
    try {
      return await send(call);
    } catch (error) {
      if (call.idempotent && mayRetry(error)) return await again(send, call);
      throw refusalOf(error);
    } finally {
      underWay -= 1;
    }
  };
}

async function again(send: Send, call: Call): Promise<Answer> {
  await setTimeout(pauseBeforeRetryMs);
  try {
    return await send(call);
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  return error instanceof BrokenCircuitError ? new TransportFault('open', { cause: error }) : error;
}
