/** One HTTP request, once: from a call to the text of its answer, or a `TransportFault`. */
import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';
import type { Leave, LeaveRefusal } from '../partition/index.js';
import { headFault, type AnswerHead } from './answerHead.js';
import type { Answer, Call } from './call.js';
import { TransportFault } from './transportFault.js';

/**
 * Sends the call once, if it may leave by the time that it has a connection. Settles by the deadline at the latest, whatever the
 * other side does.
 */
export function attempt(pool: Dispatcher, path: string, call: Call): Promise<Answer> {
  const startedAt = Date.now();
  const remainingMs = call.deadlineAt - startedAt;
  if (call.signal.aborted) return Promise.reject(new TransportFault('aborted'));
  if (remainingMs <= 0) return Promise.reject(new TransportFault('timeout', { waitedMs: 0 }));
  return new Promise((resolve, reject) => {
    const giveUp = () => receiver.fail(new TransportFault('aborted'));
    const expire = () => receiver.fail(new TransportFault('timeout', { waitedMs: Date.now() - startedAt }));
    const timer = setTimeout(expire, remainingMs);
    call.signal.addEventListener('abort', giveUp);
    const release = (): void => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', giveUp);
    };
    let headers: Readonly<Record<string, string>> = {};
    const leave = (): Leave => call.leave?.(headers) ?? { kind: 'go' };
    const send = (): void => {
      headers = typeof call.headers === 'function' ? call.headers() : call.headers;
      pool.dispatch({ path, method: 'POST', headers: { ...ownHeaders, ...headers }, body: call.body }, receiver);
    };
    const receiver = new Receiver(call.maxBytes, { resolve, reject }, { leave, send, release });
    receiver.begin();
  });
}

/** Only JSON is asked for: under `application/json` a GraphQL answer has status 200 whatever errors it holds. */
const ownHeaders = { 'content-type': 'application/json', accept: 'application/json' };

interface Outcome {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

interface Sender {
  /** Whether what was sent last, and has a connection now, may leave. */
  leave(): Leave;
  /** Lets the call wait for a connection, under headers of its own: nonces are fresh. */
  send(): void;
  /** Told once, when the attempt has settled. */
  release(): void;
}

/** Collects an answer from undici's callbacks and settles once. */
class Receiver implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private head: AnswerHead | undefined;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private settled = false;
  /** True from when a connection was let go unused until the call is sent again. */
  private stepsBack = false;

  constructor(
    private readonly maxBytes: number,
    private readonly outcome: Outcome,
    private readonly sender: Sender,
  ) {}

  /** Waits for a connection. Headers that cannot be made end the attempt. */
  begin(): void {
    try {
      this.sender.send();
    } catch (error) {
      this.settle();
      this.outcome.reject(error);
    }
  }

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
    if (this.settled) return controller.abort(new TransportFault('aborted'));
    const leave = this.sender.leave();
    if (leave.kind === 'refused') return this.fail(new TransportFault('refused', { refusal: leave.code }));
    if (leave.kind === 'unread') this.stepBack(controller, leave.read);
  }

  /** INVARIANT: a connection that is here does not wait for a query; nothing was written, and nothing is before it is asked again. */
  private stepBack(controller: Dispatcher.DispatchController, read: Promise<LeaveRefusal | undefined>): void {
    this.stepsBack = true;
    controller.abort(new TransportFault('refused'));
    void read.then((refusal) => {
      this.stepsBack = false;
      if (this.settled) return;
      if (refusal) this.fail(new TransportFault('refused', { refusal }));
      else this.begin();
    });
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
    if (!this.stepsBack) this.fail(new TransportFault('unreachable', { cause }));
  }

  private settle(): void {
    this.settled = true;
    this.sender.release();
  }
}
