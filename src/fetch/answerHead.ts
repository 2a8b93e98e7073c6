import { TransportFault } from './transportFault.js';

/** Status and headers of an answer, before its body. A header is a list where it came several times. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const json = /^application\/(json|graphql-response\+json)\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

/** What is wrong with an answer that begins like this; undefined when its body may be read. Pure, but for the date. */
export function headFault({ status, headers }: AnswerHead, maxBytes: number): TransportFault | undefined {
  if (status < 200 || status > 299) return statusFault(status, headers['retry-after']);
  const type = headers['content-type'];
  const encoding = headers['content-encoding'] ?? 'identity';
  if (typeof type !== 'string' || !json.test(type) || encoding !== 'identity') {
    return new TransportFault('malformed', { status });
  }
  return Number(headers['content-length'] ?? 0) > maxBytes ? new TransportFault('tooLarge', { status }) : undefined;
}

function statusFault(status: number, retryAfter: string | string[] | undefined): TransportFault {
  const retryAfterMs = typeof retryAfter === 'string' ? readRetryAfter(retryAfter) : undefined;
  const facts = retryAfterMs === undefined ? { status } : { status, retryAfterMs };
  return new TransportFault(status === 429 ? 'throttled' : 'status', facts);
}

const longestPauseMs = 86_400_000;

/** `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as milliseconds from now; at most a day. */
function readRetryAfter(text: string): number | undefined {
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestPauseMs);
}
