/** Messages for partners → calls over HTTP, and what came of them. */
import { type Transport, TransportFault } from '../fetch/index.js';
import type { LineAnswer, PartnerLine } from '../partition/index.js';
import type { Logger } from './log.js';

/** What a line goes by. */
export interface LineOptions {
  /** Partner → URL. */
  readonly urls: ReadonlyMap<string, string>;
  readonly transport: Transport;
  readonly maxAnswerBytes: number;
  readonly logger: Logger;
}

/** The line over a transport. A partner without an address fails as one that is down. */
export function partnerLine({ urls, transport, maxAnswerBytes, logger }: LineOptions): PartnerLine {
  return async ({ bank, body, headers, leave, deadlineAt, signal, idempotent }): Promise<LineAnswer> => {
    const url = urls.get(bank);
    if (url === undefined) return { kind: 'failed', code: 'BANK_UNAVAILABLE' };
    try {
      const call = {
        url,
        body,
        headers,
        leave,
        deadlineAt: halfway(deadlineAt),
        signal,
        idempotent,
        maxBytes: maxAnswerBytes,
      };
      return { kind: 'answer', text: (await transport.post(call)).bytes.toString('utf8') };
    } catch (error) {
      if (!(error instanceof TransportFault)) throw error;
      if (error.refusal) return { kind: 'failed', code: error.refusal };
      logger.warn({ bank, reason: error.kind, status: error.status }, 'a bank did not answer');
      return { kind: 'failed', code: error.kind === 'throttled' ? 'BANK_THROTTLED' : 'BANK_UNAVAILABLE' };
    }
  };
}

/** A partner may use half of the time that is left: what is asked after it has hung, of others, must still be answered. */
function halfway(deadlineAt: number): number {
  const now = Date.now();
  return now + Math.ceil((deadlineAt - now) / 2);
}
