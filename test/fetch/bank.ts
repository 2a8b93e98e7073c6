/** Real HTTP servers for these tests, and the calls made to them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TransportFault, type Call } from '../../src/fetch/index.js';

export interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Bank {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** A server that keeps what it received and then answers as told. */
export async function openBank(answer: (res: ServerResponse, count: number) => void): Promise<Bank> {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      received.push({ url: req.url, headers: req.headers, body: Buffer.concat(chunks).toString() });
      answer(res, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, received, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export const json = { 'content-type': 'application/json' };
export const good = '{"data":{"ok":true}}';

/** A patient read; the test says what differs. */
export function call(url: string, changed: Partial<Call> = {}): Call {
  return {
    url,
    body: '{"query":"{ ok }"}',
    headers: {},
    deadlineAt: Date.now() + 10_000,
    signal: new AbortController().signal,
    maxBytes: 1_000_000,
    idempotent: true,
    ...changed,
  };
}

/** The fault that a call ends with; the answer's text when it does not. */
export async function faultOf(attempt: Promise<{ readonly bytes: Buffer }>): Promise<TransportFault | string> {
  try {
    return (await attempt).bytes.toString();
  } catch (error) {
    if (error instanceof TransportFault) return error;
    throw error;
  }
}

/** Only the kind of {@link faultOf}, and the status where there was one. */
export async function outcome(attempt: Promise<{ readonly bytes: Buffer }>): Promise<string> {
  const fault = await faultOf(attempt);
  if (typeof fault === 'string') return 'answered';
  return fault.status === undefined ? fault.kind : `${fault.kind} ${fault.status}`;
}

/** Something that a test waits for and a server lets happen. */
export class Gate {
  private release: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  open(): void {
    this.release();
  }
}
