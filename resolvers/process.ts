/** The protocol between `ringfence demo` and the processes it starts: one configuration in, one port out, then news in, over IPC. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a child tells its parent, once. */
type ChildReport =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: ChildFailureCode; readonly message: string };

/** Why a child did not start. */
export type ChildFailureCode = 'PORT_IN_USE' | 'START_FAILED';

/** A child that did not start; the message is for the operator. */
export class ChildFailure extends Error {
  constructor(
    readonly code: ChildFailureCode,
    message: string,
  ) {
    super(message);
    this.name = 'ChildFailure';
  }
}

/** What a child runs: listens on a port until it is closed. */
export interface ChildServer {
  readonly port: number;
  /** Takes news that the parent sends while the child runs; checks it first. */
  hear?(news: unknown): void;
  close(): Promise<void>;
}

/** A child that answers. */
export interface RunningChild {
  readonly port: number;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
  /** Sends news; lost where the child is gone. */
  tell(news: unknown): void;
  stop(): Promise<void>;
}

/** How long a child may take to close before it is killed, in milliseconds. */
const patienceMs = 3000;

/**
 * Runs this process as a child: waits for its configuration, starts, reports. Ends when the parent is gone, or on
 * SIGTERM or SIGINT. `start` checks the configuration that it is given.
 */
export function serveAsChild<C>(start: (config: C) => Promise<ChildServer>): void {
  let server: ChildServer | undefined;
  const end = (): void => {
    const closing = server?.close() ?? Promise.resolve();
    void closing.finally(() => process.exit(0));
  };
  process.once('disconnect', end);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('message', (message: unknown) => {
    void startFrom(message, start).then(
      (started) => {
        server = started;
        process.on('message', (message: unknown) => started.hear?.(newsOf(message)));
        report({ kind: 'ready', port: started.port });
      },
      (error: unknown) => report(failureOf(error)),
    );
  });
}

function newsOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'news' in message ? message.news : undefined;
}

async function startFrom<C>(message: unknown, start: (config: C) => Promise<ChildServer>): Promise<ChildServer> {
  if (typeof message !== 'object' || message === null || !('config' in message)) {
    throw new TypeError('expected one message with a `config`');
  }
  return start(message.config as C);
}

function report(message: ChildReport): void {
  if (process.connected) process.send?.(message);
}

function failureOf(error: unknown): ChildReport {
  const { code, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failed', code: code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'START_FAILED', message };
}

/**
 * Starts a module that calls {@link serveAsChild} and waits until it answers. Throws a {@link ChildFailure} when it
 * does not; nothing is left running then.
 */
export async function launchChild<C>(modulePath: string, config: C): Promise<RunningChild> {
  const child = fork(modulePath, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('error', () => undefined);
  const firstReport = once(child, 'message') as Promise<[ChildReport]>;
  const gone = exited.then((): [ChildReport] => [
    { kind: 'failed', code: 'START_FAILED', message: 'the process ended before it was ready' },
  ]);
  child.send({ kind: 'start', config });
  const [answer] = await Promise.race([firstReport, gone]);
  const stop = () => stopChild(child, exited);
  const tell = (news: unknown): void => {
    if (child.connected) child.send({ kind: 'news', news }, () => undefined);
  };
  if (answer.kind === 'ready') return { port: answer.port, exited, tell, stop };
  await stop();
  throw new ChildFailure(answer.code, answer.message);
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(impatient);
}
