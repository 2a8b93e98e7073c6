/** A NATS server of a test's own: the program `nats-server`, as Debian packages it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A server that can be ended and started again at the same address. */
export class NatsServer {
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  /** On a free port, not started yet. */
  static async at(): Promise<NatsServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    return new NatsServer(port);
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Resolves when it takes connections. Rejects with what to do where there is no such program. */
  async start(): Promise<void> {
    const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(this.port)], { stdio: 'ignore' });
    const failure = once(child, 'error').then(() => {
      throw new Error('`nats-server` is not there: `apt-get install nats-server`, or put the program on the PATH');
    });
    this.child = child;
    await Promise.race([failure, once(child, 'spawn')]);
    while (!(await this.answers())) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Ends it without a word to anybody. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.child = undefined;
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.end(() => resolve(true)));
      socket.once('error', () => resolve(false));
    });
  }
}
