/**
 * The planning library in a process of its own: it is native code that ends its process where it meets a defect of its
 * own, and it can take its time. A client's operation must be able to do neither to the gateway.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueryPlan } from '@graphql-hive/router-query-planner';
import { LRUCache } from 'lru-cache';
import { InternalFault } from '../fault/index.js';
import type { LoadedSupergraph, PlanRequest, SupergraphFacts } from './library.js';

/** What a planning process is told. */
export type Order =
  | { readonly kind: 'load'; readonly supergraphSdl: string }
  | ({ readonly kind: 'plan'; readonly id: number } & PlanRequest);

/** What it says. */
export type Reply =
  | ({ readonly kind: 'loaded' } & SupergraphFacts)
  | { readonly kind: 'planned'; readonly id: number; readonly plan: QueryPlan }
  | { readonly kind: 'refused'; readonly id?: number; readonly reason: string };

const host = fileURLToPath(new URL('./planningHost.js', import.meta.url));
const planTimeoutMs = 10_000;
/** An idle process ends, to give its memory back, the later the longer it takes to start. */
const minIdleMs = 10_000;
const startsPerIdle = 10;
const maxDeadly = 1000;

/** Loads a supergraph into a process of its own. Rejects with an `InternalFault` for SDL that the library refuses. */
export async function loadApart(supergraphSdl: string): Promise<LoadedSupergraph> {
  const planning = new PlanningProcess(supergraphSdl);
  const { consumerSchema, overridePercentages } = await planning.start();
  return {
    consumerSchema,
    overridePercentages,
    plan: (request) => planning.plan(request),
    close: () => planning.close(),
  };
}

/** One request on its way: processes plan one after the other, so the first of those pending is being planned. */
interface Pending extends PlanRequest {
  readonly resolve: (plan: QueryPlan | Promise<QueryPlan>) => void;
  readonly reject: (fault: InternalFault) => void;
}

/** One supergraph, and the process that plans over it while there is something to plan. */
class PlanningProcess {
  private running: Promise<ChildProcess> | undefined;
  private facts: SupergraphFacts | undefined;
  private readonly pending = new Map<number, Pending>();
  /** Documents during which a process ended: they are not tried again. */
  private readonly deadly = new LRUCache<string, true>({ max: maxDeadly });
  private isClosed = false;
  private nextId = 0;
  private idleMs = minIdleMs;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly supergraphSdl: string) {}

  async start(): Promise<SupergraphFacts> {
    await this.child();
    if (!this.facts) throw new InternalFault('the planner said nothing of the supergraph');
    return this.facts;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    const child = await this.running?.catch(() => undefined);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  plan(request: PlanRequest): Promise<QueryPlan> {
    if (this.isClosed || this.deadly.has(request.document)) return Promise.reject(ended());
    return new Promise((resolve, reject) => {
      const id = (this.nextId += 1);
      this.pending.set(id, { ...request, resolve, reject });
      if (this.pending.size === 1) this.endAfter(planTimeoutMs);
      this.child().then(
        (child) => child.send({ kind: 'plan', id, ...request } satisfies Order),
        (fault: InternalFault) => this.settle(id, ({ reject: refuse }) => refuse(fault)),
      );
    });
  }

  private child(): Promise<ChildProcess> {
    this.running ??= this.spawn();
    return this.running;
  }

  private async spawn(): Promise<ChildProcess> {
    const startedAt = Date.now();
    clearTimeout(this.timer);
    // Whatever the library says when it ends may quote what a client sent.
    const child = fork(host, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.once('exit', () => this.onExit(child));
    const reply = await firstReply(child, { kind: 'load', supergraphSdl: this.supergraphSdl });
    if (reply.kind !== 'loaded') {
      child.kill('SIGKILL');
      const reason = reply.kind === 'refused' ? reply.reason : reply.kind;
      throw new InternalFault('the supergraph does not load into the planner', { cause: new Error(reason) });
    }
    this.facts = reply;
    // Until here there may be nothing else that keeps the gateway's process going.
    child.unref();
    child.channel?.unref();
    this.idleMs = Math.max(minIdleMs, startsPerIdle * (Date.now() - startedAt));
    child.on('message', (message: Reply) => this.onReply(message));
    this.waitOn();
    return child;
  }

  private onReply(reply: Reply): void {
    if (reply.kind === 'planned') this.settle(reply.id, ({ resolve }) => resolve(reply.plan));
    if (reply.kind === 'refused' && reply.id !== undefined) {
      const fault = new InternalFault('the operation cannot be planned', { cause: new Error(reply.reason) });
      this.settle(reply.id, ({ reject }) => reject(fault));
    }
    this.waitOn();
  }

  private settle(id: number, answer: (pending: Pending) => void): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (pending) answer(pending);
  }

  /** What was being planned is what ended it; what waited behind is asked of the next process. */
  private onExit(child: ChildProcess): void {
    child.removeAllListeners('message');
    this.running = undefined;
    const [culprit, ...others] = this.pending.values();
    this.pending.clear();
    if (!culprit) return;
    this.deadly.set(culprit.document, true);
    culprit.reject(ended());
    for (const { resolve, reject: _, ...request } of others) resolve(this.plan(request));
  }

  /** Ends the process after a while without work, and one that does not come to an end of its work. */
  private waitOn(): void {
    this.endAfter(this.pending.size > 0 ? planTimeoutMs : this.idleMs);
  }

  private endAfter(inMs: number): void {
    clearTimeout(this.timer);
    const end = (): void => void this.running?.then((child) => child.kill('SIGKILL')).catch(() => undefined);
    this.timer = setTimeout(end, inMs).unref();
  }
}

function ended(): InternalFault {
  return new InternalFault('the planner ended over the operation');
}

/** The first thing that a process says; an `ended` refusal when it ends without a word. */
function firstReply(child: ChildProcess, order: Order): Promise<Reply> {
  return new Promise((resolve) => {
    const onExit = (): void => resolve({ kind: 'refused', reason: 'the planner ended over the supergraph' });
    child.once('exit', onExit);
    child.once('error', onExit);
    child.once('message', (reply: Reply) => {
      child.off('exit', onExit);
      resolve(reply);
    });
    child.send(order);
  });
}
