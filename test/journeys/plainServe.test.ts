import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { addressOf, failureOf, serve, stop } from './served.js';

type Answer = (variables: { representations?: { id: string }[] }) => unknown;

/** A subgraph over real HTTP that answers every request with `answer`. */
async function subgraph(answer: Answer): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { variables = {} } = JSON.parse(Buffer.concat(chunks).toString()) as { variables?: object };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(variables)));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
}

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';

function supergraphOf(services: { name: string; url: string; sdl: string }[]): string {
  const composed = composeServices(
    services.map(({ sdl, ...rest }) => ({ ...rest, typeDefs: parse(`${link} ${sdl}`) })),
  );
  return composed.supergraphSdl ?? '';
}

function writeSupergraph(sdl: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'ringfence-')), 'supergraph.graphql');
  writeFileSync(file, sdl);
  return file;
}

describe('`ringfence serve --policy none`', () => {
  const servers: Server[] = [];
  let gateway: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const people = await subgraph(() => ({
      data: {
        people: [
          { __typename: 'Person', id: '1' },
          { __typename: 'Person', id: '2' },
        ],
      },
    }));
    const names = await subgraph(({ representations = [] }) => ({
      data: { _entities: representations.map(({ id }) => ({ name: `person ${id}` })) },
    }));
    servers.push(people.server, names.server);
    const sdl = supergraphOf([
      {
        name: 'people',
        url: people.url,
        sdl: 'type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! }',
      },
      { name: 'names', url: names.url, sdl: 'type Person @key(fields: "id") { id: ID! name: String }' },
    ]);
    gateway = serve('--supergraph', writeSupergraph(sdl), '--policy', 'none', '--port', '0');
    url = await addressOf(gateway);
  });

  afterAll(async () => {
    await stop(gateway);
    for (const server of servers) server.close();
  });

  test('joins entities over subgraphs at the addresses of the supergraph', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ people { name } }' }),
    });
    expect(await response.json()).toEqual({ data: { people: [{ name: 'person 1' }, { name: 'person 2' }] } });
  });

  test('answers its health check', async () => {
    const { status } = await fetch(new URL('/healthcheck', url));
    expect(status).toBe(200);
  });
});

describe('`ringfence serve`', () => {
  test('refuses to serve this graph without its policy', async () => {
    const { code, text } = await failureOf(
      serve('--supergraph', 'schema/supergraph.graphql', '--policy', 'none', '--port', '0'),
    );
    expect(code).toBe(1);
    expect(text).toContain('declares the policy spec');
  });

  test('refuses a supergraph of which nobody said that it has no policy', async () => {
    const { code, text } = await failureOf(serve('--supergraph', 'schema/supergraph.graphql'));
    expect(code).toBe(1);
    expect(text).toContain('--policy none');
  });
});
