/** What banks are sent besides operations: a JSON body at a door beside their graph, bound by the key that they share with us. */
import { createHmac, randomUUID } from 'node:crypto';
import { createTransport } from '../fetch/index.js';
import { type AudienceKeys, grantHeaders, macInput } from '../partition/index.js';

/** Who can be sent something, and with what it is bound. */
export interface BankPostOptions {
  /** Bank → URL of its graph. */
  readonly urls: ReadonlyMap<string, string>;
  readonly keys: (bank: string) => AudienceKeys;
  readonly now: () => Date;
}

/** A door that banks have, and what stands for the grant in what is bound there. */
export interface Door {
  /** Its last segment, beside the graph's. */
  readonly path: string;
  readonly subject: string;
}

/** Sends to one door. */
export interface BankPost {
  /** The banks that have an address. */
  readonly banks: readonly string[];
  /** Resolves when the bank took it, rejects after 5 s, or with what it answered otherwise. */
  send(bank: string, message: object): Promise<void>;
  close(): Promise<void>;
}

const patienceMs = 5_000;
const maxAnswerBytes = 1_024;

/** Sends to the doors of `path` beside the graphs. */
export function createBankPost({ urls, keys, now }: BankPostOptions, { path, subject }: Door): BankPost {
  const doors = new Map([...urls].map(([bank, url]) => [bank, new URL(path, url).href]));
  const transport = createTransport({ destinations: [...doors.values()].map((url) => ({ url })) });
  const send = async (bank: string, message: object): Promise<void> => {
    const url = doors.get(bank);
    if (url === undefined) throw new RangeError(`\`${bank}\` has no address`);
    const [body, time] = [JSON.stringify(message), String(now().getTime())];
    const headers = bound(keys(bank), { subject, time, body });
    const { signal } = new AbortController();
    const call = { url, body, headers, signal, deadlineAt: Date.now() + patienceMs };
    await transport.post({ ...call, idempotent: false, maxBytes: maxAnswerBytes });
  };
  return { banks: [...doors.keys()], send, close: () => transport.close() };
}

interface Bound {
  readonly subject: string;
  readonly time: string;
  readonly body: string;
}

function bound({ macKey }: AudienceKeys, { subject, time, body }: Bound): Readonly<Record<string, string>> {
  const nonce = randomUUID();
  const mac = createHmac('sha256', macKey)
    .update(macInput({ jti: subject, nonce, time, body }))
    .digest('hex');
  return { [grantHeaders.nonce]: nonce, [grantHeaders.time]: time, [grantHeaders.mac]: mac };
}
