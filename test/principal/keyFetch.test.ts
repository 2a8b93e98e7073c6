import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { fetchKeys } from '../../src/principal/keyFetch.js';
import { issuerName, key, newKey, refusal, sign, theOneRefusal, verifier, verify } from './issuance.js';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const published = JSON.stringify({ keys: [key.jwk] });

describe('fetching keys', () => {
  test('brings the document', async () => {
    expect(await fetchKeys(await serve((_, res) => res.end(published)))).toEqual({ keys: [key.jwk] });
  });

  test('does not follow a redirect', async () => {
    const elsewhere = await serve((_, res) => res.end(published));
    const url = await serve((_, res) => res.writeHead(302, { location: elsewhere }).end());
    await expect(fetchKeys(url)).rejects.toThrow('fetch failed');
  });

  test('asks for a set of keys', async () => {
    let accepted: string | undefined;
    const url = await serve((req, res) => {
      accepted = req.headers.accept;
      res.end(published);
    });
    await fetchKeys(url);
    expect(accepted).toBe('application/jwk-set+json, application/json');
  });

  test('takes a document of 256 KiB, and gives up on a larger one', async () => {
    const filled = (bytes: number) => `{"pad":"${'x'.repeat(bytes - '{"pad":""}'.length)}"}`;
    const answered = async (bytes: number) => await fetchKeys(await serve((_, res) => res.end(filled(bytes))));
    await expect(answered(256 * 1024)).resolves.toHaveProperty('pad');
    await expect(answered(256 * 1024 + 1)).rejects.toThrow('larger than 262144 bytes');
  });

  test('refuses text that is not UTF-8', async () => {
    const url = await serve((_, res) =>
      res.end(Buffer.concat([Buffer.from('{"kid":"'), Buffer.from([0xff, 0x22, 0x7d])])),
    );
    await expect(fetchKeys(url)).rejects.toThrow('not valid');
  });

  test.each([204, 404, 500])('refuses status %d', async (status) => {
    const url = await serve((_, res) => res.writeHead(status).end());
    await expect(fetchKeys(url)).rejects.toThrow(`status ${status}`);
  });

  test('refuses what is not JSON', async () => {
    await expect(fetchKeys(await serve((_, res) => res.end('<html>')))).rejects.toThrow('JSON');
  });
});

describe('a verifier that fetches its keys', () => {
  const by = (jwksUrl: string) => verifier({ issuers: [{ issuer: issuerName, jwksUrl, algorithms: ['EdDSA'] }] });

  test('takes tokens under the published keys, from the pinned address alone', async () => {
    const attacker = await newKey('key-1');
    let asked = 0;
    const theirs = await serve((_, res) => {
      asked += 1;
      res.end(JSON.stringify({ keys: [attacker.jwk] }));
    });
    const one = by(await serve((_, res) => res.end(published)));
    expect((await verify(one, await sign())).customer).toBe('customer-1');
    expect((await refusal(verify(one, await sign({}, { jku: theirs }, attacker)))).seen).toBe(theOneRefusal);
    expect(asked).toBe(0);
  });

  test('refuses every token, like any other, while there are no keys', async () => {
    const one = by(await serve((_, res) => res.writeHead(503).end()));
    expect(await refusal(verify(one, await sign()))).toEqual({ seen: theOneRefusal, reason: 'keys' });
  });
});
