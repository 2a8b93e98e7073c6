/** Some of the cases again, through `ringfence serve` as a process and subgraphs over HTTP. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, serve, stop } from '../journeys/served.js';
import { type Case, readCase, type Run, runsOf, sorted, text } from './caseFiles.js';
import { type CaseSubgraph, caseSubgraph, type SubgraphRequest } from './caseSubgraph.js';

const root = dirname(fileURLToPath(import.meta.url));
const names = ['error-paths', 'partial-data', 'skip-include', 'subscription'];
const cases = await Promise.all(names.map((name) => readCase(root, name)));

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** All subgraphs of all cases behind one port; one that is down hangs up. */
function subgraphServer(): Server {
  const subgraphs = new Map<string, CaseSubgraph>(
    cases.flatMap(({ name, sdls, data }) =>
      Object.entries(sdls).flatMap(([subgraph, sdl]) => {
        const rows = data[subgraph] ?? {};
        return rows === 'down' ? [] : [[`/${name}/${subgraph}`, caseSubgraph(sdl, rows)] as const];
      }),
    ),
  );
  return createServer((request, response) => {
    const subgraph = subgraphs.get(request.url ?? '');
    if (!subgraph) return void request.socket.destroy();
    return void bodyOf(request)
      .then((body) => subgraph.answer(JSON.parse(body) as SubgraphRequest))
      .then((answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)));
  }).listen(0, '127.0.0.1');
}

/** The supergraph of a case with its subgraphs at that port. */
function supergraphFile({ name, supergraph }: Case, port: number): string {
  const file = join(mkdtempSync(join(tmpdir(), 'ringfence-')), 'supergraph.graphql');
  writeFileSync(file, supergraph.replaceAll('url: "http://', `url: "http://127.0.0.1:${port}/${name}/`));
  return file;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

async function post(url: string, query: string, variables: Run['variables'] = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as Answer;
}

describe('`ringfence serve --supergraph`', () => {
  let server: Server;
  const gateways: ChildProcess[] = [];
  const urls = new Map<string, string>();

  beforeAll(async () => {
    server = subgraphServer();
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const start = async (each: Case): Promise<void> => {
      const gateway = serve('--supergraph', supergraphFile(each, port), '--policy', 'none', '--port', '0');
      gateways.push(gateway);
      urls.set(each.name, await addressOf(gateway));
    };
    await Promise.all(cases.map(start));
  });

  afterAll(async () => {
    await Promise.all(gateways.map(stop));
    server.close();
  });

  test.each(cases)('answers the case $name over HTTP, the second time as the first', async (each) => {
    const url = urls.get(each.name) ?? '';
    for (const [name, operation] of Object.entries(each.operations)) {
      for (const { asked: _asked, ...run } of [...runsOf(each, name), ...runsOf(each, name)]) {
        const { data, errors = [] } = await post(url, operation, run.variables);
        const paths = sorted(errors.map(({ path = [] }) => path));
        expect(text({ ...run, data, ...(paths.length > 0 ? { errors: paths } : {}) })).toBe(text(run));
      }
    }
  });

  test('refuses a subscription in words', async () => {
    const { data, errors } = await post(urls.get('subscription') ?? '', 'subscription { prices { amount } }');
    expect(data).toBeUndefined();
    expect(errors?.map(({ message }) => message)).toEqual(['subscriptions are not answered over plain HTTP']);
  });
});
