/** The whole demo as its users have it: one child process with its own children, reached over HTTP only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodeJwt } from 'jose';
import { type DevIssuer, openDevIssuer } from '../../src/cli/devIssuer.js';
import { everyBank, untilAnswered } from './firstAnswers.js';
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
export type FaultKind = 'latency' | 'late' | 'error' | 'hang' | 'garbage' | 'types' | 'throttle' | 'down';

/** One running demo. */
export class DemoWorld {
  readonly #tokens = new Map<string, Promise<string>>();

  readonly process: ChildProcess;
  readonly http = new HttpClient();
  private readonly addresses: ReadonlyMap<string, string>;
  private readonly issuer: DevIssuer;
  #scopes: Promise<ReadonlyMap<string, string>> | undefined;

  constructor({ process, addresses, issuer }: DemoParts) {
    this.process = process;
    this.addresses = addresses;
    this.issuer = issuer;
  }

  /** Signs through the dev issuer's own code; that the command `token` does the same has a test of its own. */
  token(request: TokenRequest): Promise<string> {
    const key = JSON.stringify(request);
    const token = this.#tokens.get(key) ?? this.#sign(request);
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
      writes: /\bmutation\b/.test(request.query),
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

  async setFault(place: BankName | PlatformName, kind: FaultKind, ms = 0): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#order({ method: 'POST', place, headers, body: JSON.stringify({ kind, ms }) });
  }

  async clearFault(place: BankName | PlatformName): Promise<void> {
    await this.#order({ method: 'DELETE', place, headers: {}, body: '' });
  }

  addressOf(part: string): string {
    const address = this.addresses.get(part);
    if (address === undefined) throw new Error(`the demo did not say where \`${part}\` is`);
    return address;
  }

  /** Ends the demo as an operator does. Rejects when it does not end by itself, or leaves a process behind. */
  async stop(): Promise<void> {
    this.http.close();
    const family = await processesBelow(this.process.pid ?? 0);
    if (this.process.exitCode === null && this.process.signalCode === null) await endInOrder(this.process);
    const left = family.filter(isAlive);
    if (left.length > 0) throw new Error(`the demo left ${left.length} processes behind`);
  }

  async #sign({ client = 'messenger', purpose, scope, expiresInS = 3600, ...rest }: TokenRequest): Promise<string> {
    this.#scopes ??= this.#defaultScopes();
    const admitted = scope ?? (await this.#scopes).get(purpose) ?? '';
    return this.issuer.token({ client, purpose, scope: admitted, expiresInS, authenticatedAgoS: 0, ...rest });
  }

  /** Purpose → all that it admits, as the demo's own token picker has it. */
  async #defaultScopes(): Promise<ReadonlyMap<string, string>> {
    const url = new URL('/demo/tokens', this.addressOf('gateway')).href;
    const { text } = await this.http.send({ method: 'GET', url, headers: {}, body: '' });
    const readers = JSON.parse(text) as readonly { readonly purpose: string; readonly token: string }[];
    return new Map(readers.map(({ purpose, token }) => [purpose, String(decodeJwt(token)['scope'])]));
  }

  async #log(url: string): Promise<Log> {
    const { text } = await this.http.send({ method: 'GET', url, headers: {}, body: '' });
    return JSON.parse(text) as Log;
  }

  async #order(order: {
    method: string;
    place: BankName | PlatformName;
    headers: Record<string, string>;
    body: string;
  }): Promise<void> {
    const { method, place, headers, body } = order;
    const isBank = bankNames.some((bank) => bank === place);
    const url = isBank
      ? `${this.addressOf(place)}/__sandbox/fault`
      : `${this.addressOf('platform')}/__sandbox/fault?subgraph=${place}`;
    const { status } = await this.http.send({ method, url, headers, body });
    if (status !== 200) throw new Error(`\`${place}\` did not take the fault`);
  }
}

interface DemoParts {
  readonly process: ChildProcess;
  readonly addresses: ReadonlyMap<string, string>;
  readonly issuer: DevIssuer;
}

/**
 * Starts a demo on free ports and waits until it says that it is ready, and its banks have answered. `root`: where its
 * `dist/` lies, when it is not this repository's.
 */
export async function startDemo(
  environment: Readonly<Record<string, string>> = {},
  root = process.cwd(),
): Promise<DemoWorld> {
  // whatever database the tests of the store run on, a demo keeps nothing unless it is told to
  const own = { PORT: '0', BANK_PORT: '0', RINGFENCE_STORE: 'memory', RINGFENCE_LOG: 'error', NODE_OPTIONS: '' };
  const env = { ...process.env, ...own, ...environment };
  const child = spawn(process.execPath, [join(root, 'dist/src/cli/ringfence.js'), 'demo'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const issuer = await openDevIssuer(root, () => new Date());
  const world = new DemoWorld({ process: child, addresses: await addressesOf(child), issuer });
  const ask = world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' });
  await untilAnswered(async () => (await ask(everyBank)).text);
  return world;
}

/** Starts several at once: all of them or none. */
export async function startDemos(...environments: readonly Readonly<Record<string, string>>[]): Promise<DemoWorld[]> {
  const started = await Promise.allSettled(environments.map((environment) => startDemo(environment)));
  const worlds = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure === undefined) return worlds;
  await Promise.all(worlds.map((world) => world.stop()));
  throw failure.reason;
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

async function endInOrder(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(impatient);
  if (child.signalCode !== null) throw new Error(`the demo was ended by ${child.signalCode}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
