/** Signed states of the receipts → the banks that the gateway routes to, each of which keeps them. */
import { createHmac, randomUUID } from 'node:crypto';
import { isDisclosed } from '../consent/index.js';
import { createTransport } from '../fetch/index.js';
import { type AudienceKeys, grantHeaders, macInput } from '../partition/index.js';
import type { AgreementPort } from '../policy/index.js';
import { type WitnessStatement, witnessSubject } from '../receipt/index.js';
import type { Logger } from './log.js';

/** Whom statements are handed to, and with what they are bound. */
export interface WitnessingOptions {
  /** Bank → URL of its graph; `/witness` stands beside it. */
  readonly urls: ReadonlyMap<string, string>;
  readonly keys: (bank: string) => AudienceKeys;
  readonly agreements: AgreementPort;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Where the statements of a store go, once a pipeline knows the banks. */
export class Witnesses {
  private take: (statement: WitnessStatement) => void = () => undefined;

  /** Hands a statement on. Until somebody takes them they go nowhere: the next one covers what they said. */
  hand(statement: WitnessStatement): void {
    this.take(statement);
  }

  /** From now on statements go there. */
  goTo(take: (statement: WitnessStatement) => void): void {
    this.take = take;
  }
}

/** Hands statements out. */
export interface Witnessing {
  /** Never throws and is never waited for: what a bank does not take is logged, and the next statement covers it. */
  hand(statement: WitnessStatement): void;
  close(): Promise<void>;
}

const patienceMs = 5_000;
const maxAnswerBytes = 1_024;

/** A bank that is not disclosed is not asked for this either. */
export function createWitnessing({ urls, keys, agreements, now, logger }: WitnessingOptions): Witnessing {
  const doors = new Map([...urls].map(([bank, url]) => [bank, new URL('witness', url).href]));
  const transport = createTransport({ destinations: [...doors.values()].map((url) => ({ url })) });
  const handTo = async (bank: string, url: string, body: string): Promise<void> => {
    const time = String(now().getTime());
    const { signal } = new AbortController();
    const headers = () => bound(keys(bank), time, body);
    const call = { url, body, headers, signal, deadlineAt: Date.now() + patienceMs };
    await transport.post({ ...call, idempotent: false, maxBytes: maxAnswerBytes });
  };
  return {
    hand: (statement) => {
      const body = JSON.stringify(statement);
      for (const [bank, url] of doors) {
        if (!isDisclosed(agreements.agreement(bank))) continue;
        handTo(bank, url, body).catch(() => logger.warn({ bank }, 'a bank did not take a witness statement'));
      }
    },
    close: () => transport.close(),
  };
}

function bound({ macKey }: AudienceKeys, time: string, body: string): Readonly<Record<string, string>> {
  const nonce = randomUUID();
  const mac = createHmac('sha256', macKey)
    .update(macInput({ jti: witnessSubject, nonce, time, body }))
    .digest('hex');
  return { [grantHeaders.nonce]: nonce, [grantHeaders.time]: time, [grantHeaders.mac]: mac };
}
