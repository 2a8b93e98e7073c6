/** What a bank keeps as a witness: signed states of the gateway's receipts, so that these cannot be rewritten behind its back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isWitnessStatement, witnessSubject, type WitnessStatement } from '../receipt/index.js';
import { refusal } from './answer.js';
import { readBody } from './body.js';
import { createMacCheck, type MacKey } from './callCheck.js';
import { sendJson } from './server.js';

/** The statements that were handed in. A bank that wants to use them writes each to a file of its own, as a line of JSON. */
export interface WitnessBook {
  /** The latest, oldest first. */
  readonly statements: readonly WitnessStatement[];
  /** Answers `POST /witness`: 204 for a statement that the gateway bound to this bank's key, now. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** What a book is made from. */
export interface WitnessBookOptions {
  readonly macKeys: readonly MacKey[];
  readonly now: () => Date;
  /** Told of each statement as it comes in. */
  readonly onStatement?: (statement: WitnessStatement) => void;
}

const maxBodyBytes = 4096;
const mostKept = 10_000;

/** A book in memory: the latest 10,000 statements. */
export function createWitnessBook({ macKeys, now, onStatement = () => undefined }: WitnessBookOptions): WitnessBook {
  const isBound = createMacCheck({ macKeys, now });
  const statements: WitnessStatement[] = [];
  const take = (headers: IncomingMessage['headers'], body: string): void => {
    isBound(headers, { jti: witnessSubject, body });
    const statement: unknown = JSON.parse(body);
    if (!isWitnessStatement(statement)) throw new TypeError('no statement');
    statements.push(statement);
    if (statements.length > mostKept) statements.shift();
    onStatement(statement);
  };
  return {
    statements,
    handle: async (request, response) => {
      if (request.method !== 'POST') return sendJson(request, response, refusal('METHOD_NOT_ALLOWED'));
      const body = await readBody(request, maxBodyBytes);
      if (body === undefined) return sendJson(request, response, refusal('PAYLOAD_TOO_LARGE'));
      try {
        take(request.headers, body);
      } catch {
        return sendJson(request, response, refusal('UNAUTHENTICATED'));
      }
      sendJson(request, response, { status: 200, body: '{}' });
    },
  };
}
