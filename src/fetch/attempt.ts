/** One HTTP request, once: from a call to the text of its answer, or a `TransportFault`. */
import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';
import { headFault, type AnswerHead } from './answerHead.js';
import type { Answer, Call } from './call.js';
import { TransportFault } from './transportFault.js';

/** Sends the call once. Settles by the deadline at the latest, whatever the other side does. */
export function attempt(pool: Dispatcher, path: string, call: Call): Promise<Answer> {
  const startedAt = Date.now();
  const remainingMs = call.deadlineAt - startedAt;
  if (call.signal.aborted) return Promise.reject(new TransportFault('aborted'));
  if (remainingMs <= 0) return Promise.reject(new TransportFault('timeout', { waitedMs: 0 }));
  const request = { path, method: 'POST', headers: headersOf(call), body: call.body } as const;
  return new Promise((resolve, reject) => {
    const giveUp = () => receiver.fail(new TransportFault('aborted'));
    const expire = () => receiver.fail(new TransportFault('timeout', { waitedMs: Date.now() - startedAt }));
    const timer = setTimeout(expire, remainingMs);
    call.signal.addEventListener('abort', giveUp);
    const receiver = new Receiver(call.maxBytes, { resolve, reject }, () => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', giveUp);
    });
    pool.dispatch(request, receiver);
  });
}

/** Only JSON is asked for: under `application/json` a GraphQL answer has status 200 whatever errors it holds. */
const ownHeaders = { 'content-type': 'application/json', accept: 'application/json' };

function headersOf({ headers }: Call): Record<string, string> {
  return { ...ownHeaders, ...(typeof headers === 'function' ? headers() : headers) };
}

interface Outcome {
  resolve(answer: Answer): void;
  reject(fault: TransportFault): void;
}

/** Collects an answer from undici's callbacks and settles once. */
class Receiver implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private head: AnswerHead | undefined;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private settled = false;

  constructor(
    private readonly maxBytes: number,
    private readonly outcome: Outcome,
    private readonly release: () => void,
  ) {}

  /** Ends the attempt; the connection is given up, since what is still under way on it is of no use. */
  fail(fault: TransportFault): void {
    if (this.settled) return;
    this.settle();
    this.outcome.reject(fault);
    this.controller?.abort(fault);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Given up while it waited for a connection: nothing may be sent any more.
    if (this.settled) controller.abort(new TransportFault('aborted'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: AnswerHead['headers']): void {
    if (status < 200) return;
    this.head = { status, headers };
    const fault = headFault(this.head, this.maxBytes);
    if (fault) this.fail(fault);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.byteLength;
    if (this.size > this.maxBytes) this.fail(new TransportFault('tooLarge'));
    if (!this.settled) this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks);
    if (!this.head || !isUtf8(bytes)) this.fail(new TransportFault('malformed'));
    if (this.settled || !this.head) return;
    this.settle();
    this.outcome.resolve({ status: this.head.status, bytes });
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.fail(new TransportFault('unreachable', { cause }));
  }

  private settle(): void {
    this.settled = true;
    this.release();
  }
}
