/** What banks are sent besides operations: a JSON body at a door beside their graph, bound by the key that they share with us. */
import { createHmac, randomUUID } from 'node:crypto';
import { disclosedBanks } from '../consent/index.js';
import { createTransport, TransportFault } from '../fetch/index.js';
import { type AudienceKeys, grantHeaders, type Leave, type LeaveRefusal, macInput } from '../partition/index.js';
import type { AgreementPort } from '../policy/index.js';

/** Who can be sent something, and with what it is bound. */
export interface BankPostOptions {
  /** Bank → URL of its graph. */
  readonly urls: ReadonlyMap<string, string>;
  readonly keys: (bank: string) => AudienceKeys;
  /** Throws while it is not known how banks stand. */
  readonly agreements: AgreementPort;
  readonly now: () => Date;
}

/** A door that banks have, and what stands for the grant in what is bound there. */
export interface Door {
  /** Its last segment, beside the graph's. */
  readonly path: string;
  readonly subject: string;
}

/** What came of sending. `unknown`: nothing was sent, as nobody knows now whether the bank is disclosed. `undisclosed`: nor will be. */
export type Posted = 'taken' | 'undisclosed' | 'unknown';

/** Sends to one door. */
export interface BankPost {
  /** The banks that have an address. */
  readonly banks: readonly string[];
  /** How the bank stands right before the first byte decides. Rejects after 5 s, or with what the bank answered otherwise. */
  send(bank: string, message: object): Promise<Posted>;
  close(): Promise<void>;
}

const patienceMs = 5_000;
const maxAnswerBytes = 1_024;

/** Sends to the doors of `path` beside the graphs. */
export function createBankPost({ urls, keys, agreements, now }: BankPostOptions, { path, subject }: Door): BankPost {
  const doors = new Map([...urls].map(([bank, url]) => [bank, new URL(path, url).href]));
  const transport = createTransport({ destinations: [...doors.values()].map((url) => ({ url })) });
  const send: BankPost['send'] = async (bank, message) => {
    const url = doors.get(bank);
    if (url === undefined) throw new RangeError(`\`${bank}\` has no address`);
    const leave = (): Leave => leaveTo(bank, agreements);
    const first = leave();
    if (first.kind === 'refused') return heldBack(first.code);
    const [body, time] = [JSON.stringify(message), String(now().getTime())];
    const headers = bound(keys(bank), { subject, time, body });
    const { signal } = new AbortController();
    const call = { url, body, headers, leave, signal, deadlineAt: Date.now() + patienceMs };
    try {
      await transport.post({ ...call, idempotent: false, maxBytes: maxAnswerBytes });
      return 'taken';
    } catch (error) {
      if (error instanceof TransportFault && error.refusal) return heldBack(error.refusal);
      throw error;
    }
  };
  return { banks: [...doors.keys()], send, close: () => transport.close() };
}

/** A bank that is not disclosed is sent nothing, and none is while that is not known. */
function leaveTo(bank: string, agreements: AgreementPort): Leave {
  const disclosed = disclosedBanks(agreements);
  if (disclosed === undefined) return { kind: 'refused', code: 'STALE' };
  return disclosed.includes(bank) ? { kind: 'go' } : { kind: 'refused', code: 'BANK_UNAVAILABLE' };
}

function heldBack(refusal: LeaveRefusal): Posted {
  return refusal === 'STALE' ? 'unknown' : 'undisclosed';
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
