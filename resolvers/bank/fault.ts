/** The ways in which a sandbox bank, or a subgraph of the platform, can be told to misbehave. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { PartnerAnswer } from '../../src/partner/index.js';

/** The body of `POST /__sandbox/fault`. */
export const faultOrder = z.strictObject({
  kind: z.enum(['latency', 'late', 'error', 'hang', 'garbage', 'types', 'throttle', 'down']),
  /** How long it waits before it misbehaves, in milliseconds; `late`: how long the answer waits once all is done. */
  ms: z.int().min(0).max(600_000).default(0),
});

/** A fault that is in force. */
export type Fault = z.infer<typeof faultOrder>;

/** What a fault makes of a call: an answer, or none at all. */
export type FaultyAnswer =
  | { readonly kind: 'answer'; readonly answer: PartnerAnswer; readonly logged: boolean; readonly retryAfterS?: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

/** Misbehaves as told. `answer` gives the honest answer, and logs the call itself. */
export async function misbehave({ kind, ms }: Fault, answer: () => Promise<PartnerAnswer>): Promise<FaultyAnswer> {
  if (kind === 'late') return finished(ms, await answer());
  if (ms > 0) await wait(ms, undefined, { ref: false });
  switch (kind) {
    case 'latency':
      return { kind: 'answer', answer: await answer(), logged: true };
    case 'types':
      return { kind: 'answer', answer: mistyped(await answer()), logged: true };
    case 'error':
      return { kind: 'answer', answer: indiscreet(), logged: false };
    case 'garbage':
      return { kind: 'answer', answer: { status: 200, body: '<html>{"data": "down for maintena' }, logged: false };
    case 'throttle':
      return {
        kind: 'answer',
        answer: { status: 429, body: '{"errors":[{"message":"slow down"}]}' },
        logged: false,
        retryAfterS: 1,
      };
    case 'hang':
      return { kind: 'silence' };
    case 'down':
      return { kind: 'reset' };
  }
}

/** What was asked is done and logged; only the bytes leave late. */
async function finished(ms: number, answer: PartnerAnswer): Promise<FaultyAnswer> {
  await wait(ms, undefined, { ref: false });
  return { kind: 'answer', answer, logged: true };
}

/** Errors that say what they must not, as a careless bank's would. */
function indiscreet(): PartnerAnswer {
  const message = 'insufficient funds: 12.30 USD on account 4921-88 of M. Lindqvist';
  const extensions = { code: 'INSUFFICIENT_FUNDS', balance: '12.30', stack: 'at Ledger.debit (ledger.js:88)' };
  return {
    status: 200,
    body: JSON.stringify({ data: null, errors: [{ message, path: ['_entities', 0], extensions }] }),
  };
}

/** The answer with every value of a wrong type, and every object of a wrong name. */
function mistyped({ status, body }: PartnerAnswer): PartnerAnswer {
  const { data, ...rest } = JSON.parse(body) as { data?: unknown };
  return { status, body: JSON.stringify({ ...rest, data: distorted(data) }) };
}

function distorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(distorted);
  if (typeof value === 'string') return 12.3;
  if (typeof value === 'number' || typeof value === 'boolean') return 'perhaps';
  if (typeof value !== 'object' || value === null) return { unexpected: true };
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === '__typename' ? 'Impostor' : distorted(inner),
  ]);
  return Object.fromEntries(entries);
}
