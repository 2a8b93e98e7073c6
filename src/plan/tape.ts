/** What one request sent and what came back, step by step. */
import type { FieldFault } from '../fault/index.js';
import type { FetchStep } from './subgraph.js';

/** What came of sending a body: the bytes that came back, UTF-8 that calls itself JSON, or why none did. */
export type Sent =
  { readonly kind: 'answer'; readonly bytes: Buffer } | { readonly kind: 'failed'; readonly fault: FieldFault };

/** The exchange of one step: what was asked, and what was answered. */
export interface Take {
  readonly body: string;
  readonly bytes: Buffer;
}

/** The exchanges of one request. Nothing is asked twice: who asks the same again is handed the answer that came. */
export class Tape {
  /** Steps that were answered, in the order of their answers. */
  readonly takes = new Map<FetchStep, Take>();
  /** True when a step got no answer: what follows from that is not worth keeping. */
  hasFailed = false;
  private readonly asked = new Map<FetchStep, { readonly body: string; readonly sent: Promise<Sent> }>();

  /** What came of sending this body for this step; `send` is called unless that was done before. */
  take(step: FetchStep, body: string, send: () => Promise<Sent>): Promise<Sent> {
    const known = this.asked.get(step);
    if (known?.body === body) return known.sent;
    const sent = this.record(step, body, send());
    this.asked.set(step, { body, sent });
    return sent;
  }

  private async record(step: FetchStep, body: string, sending: Promise<Sent>): Promise<Sent> {
    const sent = await sending;
    if (sent.kind === 'failed') this.hasFailed = true;
    else this.takes.set(step, { body, bytes: sent.bytes });
    return sent;
  }
}
