/** The whole demo as its users have it: one child process with its own children, reached over HTTP only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openPolicy } from '../../src/gateway/index.js';
import { defaultScope, openDevIssuer } from '../../src/cli/devIssuer.js';
import { admittedBy, type Admits } from '../../src/principal/index.js';
import { HttpClient, type HttpAnswer } from './httpClient.js';
import { processesBelow } from './processes.js';

/** One request as a sandbox subgraph logged it. */
export interface Asked {
  readonly query: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly status: number;
}

/** What a subgraph was asked since the demo started. */
export interface Log {
  readonly count: number;
  readonly requests: readonly Asked[];
}

/** A GraphQL answer: the bytes, and what they say. */
export interface Answer extends HttpAnswer {
  // Tests read deep into answers whose shape their own query states; `expect` is the judge of it.
  readonly data: Tree;
  readonly errors: readonly AnsweredError[];
}

/** A JSON value to walk into; a step that leads nowhere throws, which fails the test. */
export type Tree = { readonly [key: string]: Tree } & readonly Tree[];

export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly bank?: string };
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** What a token says; the scope is all that the purpose admits unless stated. */
export interface TokenRequest {
  readonly client?: string;
  readonly purpose: string;
  readonly customer?: string;
  readonly scope?: string;
  readonly expiresInS?: number;
  readonly authenticatedAgoS?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

export type BankName = 'harbor' | 'summit' | 'prairie' | 'union';
export const bankNames: readonly BankName[] = ['harbor', 'summit', 'prairie', 'union'];
export const platformNames = ['directory', 'wallet', 'offers', 'ads', 'apps'] as const;
export type PlatformName = (typeof platformNames)[number];
export type FaultKind = 'latency' | 'error' | 'hang' | 'garbage' | 'types' | 'throttle' | 'down';

/** One running demo. */
export class DemoWorld {
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(
    readonly process: ChildProcess,
    readonly addresses: ReadonlyMap<string, string>,
    private readonly signer: Signer,
    readonly http = new HttpClient(),
  ) {}

  /** Signs through the dev issuer's own code; that the command `token` does the same has a test of its own. */
  token(request: TokenRequest): Promise<string> {
    const key = JSON.stringify(request);
    const token = this.#tokens.get(key) ?? this.signer(request);
    this.#tokens.set(key, token);
    return token;
  }

  /** Posts one operation; without a token when it is undefined. */
  async graphql(token: string | undefined, request: GraphqlRequest): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await this.http.send({
      method: 'POST',
      url: this.addressOf('gateway'),
      headers,
      body: JSON.stringify(request),
    });
    const { data, errors } = JSON.parse(answer.text) as { data?: Tree; errors?: readonly AnsweredError[] };
    return { ...answer, data: data as Tree, errors: errors ?? [] };
  }

  /** A function that asks as one principal. */
  as(request: TokenRequest): (query: string, variables?: GraphqlRequest['variables']) => Promise<Answer> {
    return async (query, variables) =>
      this.graphql(await this.token(request), { query, ...(variables && { variables }) });
  }

  bankLog(bank: BankName): Promise<Log> {
    return this.#log(`${this.addressOf(bank)}/__sandbox/requests`);
  }

  platformLog(subgraph: PlatformName): Promise<Log> {
    return this.#log(`${this.addressOf('platform')}/__sandbox/requests?subgraph=${subgraph}`);
  }

  async setFault(bank: BankName, kind: FaultKind, ms = 0): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#order({ method: 'POST', bank, headers, body: JSON.stringify({ kind, ms }) });
  }

  async clearFault(bank: BankName): Promise<void> {
    await this.#order({ method: 'DELETE', bank, headers: {}, body: '' });
  }

  addressOf(part: string): string {
    const address = this.addresses.get(part);
    if (address === undefined) throw new Error(`the demo did not say where \`${part}\` is`);
    return address;
  }

  /** Ends the demo as an operator does, and says which of its processes are left: none, or the caller fails. */
  async stop(): Promise<readonly number[]> {
    this.http.close();
    const family = await processesBelow(this.process.pid ?? 0);
    const gone = once(this.process, 'exit');
    if (this.process.exitCode === null) {
      this.process.kill('SIGTERM');
      await gone;
    }
    return family.filter(isAlive);
  }

  async #log(url: string): Promise<Log> {
    const { text } = await this.http.send({ method: 'GET', url, headers: {}, body: '' });
    return JSON.parse(text) as Log;
  }

  async #order(order: {
    method: string;
    bank: BankName;
    headers: Record<string, string>;
    body: string;
  }): Promise<void> {
    const { method, bank, headers, body } = order;
    const { status } = await this.http.send({ method, url: `${this.addressOf(bank)}/__sandbox/fault`, headers, body });
    if (status !== 200) throw new Error(`\`${bank}\` did not take the fault`);
  }
}

type Signer = (request: TokenRequest) => Promise<string>;

/** Starts a demo on free ports and waits until it says that it is ready. */
export async function startDemo(environment: Readonly<Record<string, string>> = {}): Promise<DemoWorld> {
  const env = { ...process.env, PORT: '0', BANK_PORT: '0', RINGFENCE_LOG: 'error', NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, ['dist/src/cli/ringfence.js', 'demo'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const signer = await openSigner();
  return new DemoWorld(child, await addressesOf(child), signer);
}

async function addressesOf(child: ChildProcess): Promise<ReadonlyMap<string, string>> {
  const addresses = new Map<string, string>();
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  if (child.stdout === null) throw new Error('the demo has no output');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [, name, url] = /^(?:bank )?(\w+) (http:\S+)$/.exec(line) ?? [];
      if (name !== undefined && url !== undefined) addresses.set(name, url);
      if (line === 'ringfence ready') resolve();
    });
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`the demo ended before it was ready: ${complaint}`);
  });
  await Promise.race([ready, ended]);
  return addresses;
}

async function openSigner(): Promise<Signer> {
  const issuer = await openDevIssuer(process.cwd(), () => new Date());
  const admits: Admits = admittedBy((await openPolicy(process.cwd())).table);
  return ({ client = 'messenger', purpose, scope, expiresInS = 3600, authenticatedAgoS = 0, ...rest }) =>
    issuer.token({
      client,
      purpose,
      scope: scope ?? defaultScope(purpose, admits),
      expiresInS,
      authenticatedAgoS,
      ...rest,
    });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
