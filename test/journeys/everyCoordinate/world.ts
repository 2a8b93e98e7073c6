/** A copy of the project in a temporary folder, and `ringfence demo` run from it as its own processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDevIssuer } from '../../../src/cli/devIssuer.js';
import { everyBank, untilAnswered } from '../firstAnswers.js';
import { HttpClient } from '../httpClient.js';

/** An edit of one file of the copy: what is replaced, once, by what; `$1` keeps a group of a pattern. */
export interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** How a start ended. */
export type Start =
  | { readonly kind: 'ready'; readonly world: World }
  | { readonly kind: 'refused'; readonly output: string; readonly listening: readonly string[] };

/** A token's facts. */
export interface TokenFacts {
  readonly client: string;
  readonly purpose: string;
  readonly customer?: string;
  readonly scope: string;
}

/** An answer of the gateway. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A demo that runs. */
export interface World {
  readonly gateway: string;
  /** Bank → its address. */
  readonly banks: ReadonlyMap<string, string>;
  token(facts: TokenFacts): Promise<string>;
  ask(token: string, query: string): Promise<Answer>;
  /** How many requests all banks have had. */
  bankRequests(): Promise<number>;
  stop(): Promise<void>;
}

/** A copy of the project with the edits made, able to run. {@link removeCopy} ends it. */
export function makeCopy(edits: readonly Edit[]): string {
  const root = mkdtempSync(join(tmpdir(), 'ringfence-copy-'));
  for (const folder of ['schema', 'policy', 'dist/src', 'dist/resolvers', 'dist/schema']) {
    cpSync(folder, join(root, folder), { recursive: true, filter: (file) => !file.endsWith('.map') });
  }
  cpSync('package.json', join(root, 'package.json'));
  for (const folder of ['node_modules', 'dist/explorer']) symlinkSync(resolve(folder), join(root, folder));
  for (const edit of edits) make(root, edit);
  return root;
}

/** Removes a copy that nothing runs from any more. */
export function removeCopy(root: string): void {
  rmSync(root, { recursive: true });
}

function make(root: string, { file, from, to }: Edit): void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  const edited = typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
  if (edited === text) throw new Error(`\`${file}\` does not hold \`${from}\``);
  writeFileSync(path, edited);
}

/** Starts the demo of the copy at `root` and waits until it is ready or has given up. */
export async function start(root: string): Promise<Start> {
  const environment = { ...process.env, PORT: '0', BANK_PORT: '0', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [join(root, 'dist/src/cli/ringfence.js'), 'demo'], { env: environment });
  let output = '';
  const ready = new Promise<'ready'>((tell) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('ringfence ready')) tell('ready');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const ended = once(child, 'close').then(() => 'ended' as const);
  if ((await Promise.race([ready, ended])) === 'ready') {
    const world = worldOf(root, () => output, child);
    const reader = { client: 'messenger', purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' };
    const token = await world.token({ ...reader, scope: 'data:relationship' });
    await untilAnswered(async () => (await world.ask(token, everyBank)).body);
    return { kind: 'ready', world };
  }
  return { kind: 'refused', output, listening: output.match(/http:\/\/\S+/g) ?? [] };
}

function worldOf(root: string, said: () => string, child: ChildProcess): World {
  const output = said();
  const gateway = /^gateway (\S+)$/m.exec(output)?.[1] ?? '';
  const banks = new Map([...output.matchAll(/^bank (\S+) (\S+)$/gm)].map(([, name = '', url = '']) => [name, url]));
  const issuer = openDevIssuer(root, () => new Date());
  const http = new HttpClient();
  return {
    gateway,
    banks,
    token: async (facts) => (await issuer).token({ ...facts, expiresInS: 600, authenticatedAgoS: 0 }),
    ask: async (token, query) => {
      try {
        return await ask(http, { gateway, token, query });
      } catch (cause) {
        throw new Error(`the demo gave no answer (exit code ${child.exitCode}):\n${said()}`, { cause });
      }
    },
    bankRequests: async () => {
      const counts = [...banks.values()].map((url) => requestsOf(url));
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
    stop: async () => {
      http.close();
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
}

async function requestsOf(bank: string): Promise<number> {
  const answer = (await (await fetch(`${bank}/__sandbox/requests`)).json()) as { count: number };
  return answer.count;
}

interface Question {
  readonly gateway: string;
  readonly token: string;
  readonly query: string;
}

async function ask(http: HttpClient, { gateway, token, query }: Question): Promise<Answer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await http.send({ method: 'POST', url: gateway, headers, body: JSON.stringify({ query }) });
  return { status: answer.status, body: answer.text };
}
