import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { openDevIssuer } from '../../src/cli/devIssuer.js';
import { addressOf, failureOf, serve, stop } from './served.js';

const issuerKeys = generateKeyPairSync('ed25519');
const partnerKeys = generateKeyPairSync('ed25519');
const platform = ['directory', 'wallet', 'offers', 'ads', 'apps'];

/** A login server that publishes its key. */
async function startIssuer(): Promise<{ server: Server; url: string }> {
  const keys = [{ ...issuerKeys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA', use: 'sig' }];
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` };
}

/** A configuration in which nobody answers at the partners' addresses. */
function writeConfig(jwksUrl: string, issuer = 'https://login.example'): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
  writeFileSync(join(folder, 'grant.pem'), partnerKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'mac.txt'), randomBytes(32).toString('base64'));
  const keys = { grantKey: { kid: 'g1', file: 'grant.pem' }, macKey: { kid: 'm1', file: 'mac.txt' } };
  const nobody = { url: 'http://127.0.0.1:9/graphql', ...keys };
  const agreement = { ACCOUNT_SERVICING: ['RELATIONSHIP', 'BALANCE'] };
  const bounds = { lookbackDays: 'unlimited', maximumConsentDays: 365, callsPerMinute: 'unlimited' };
  const config = {
    listen: { port: 0 },
    log: { level: 'error' },
    store: { memory: true },
    issuers: [{ issuer, jwksUrl, algorithms: ['EdDSA'] }],
    subgraphs: Object.fromEntries(platform.map((name) => [name, nobody])),
    banks: [{ id: 'harbor', name: 'Harbor', status: 'LIVE', region: 'US', agreement, ...bounds, ...nobody }],
  };
  const file = join(folder, 'ringfence.yaml');
  // JSON is YAML too
  writeFileSync(file, JSON.stringify(config));
  return file;
}

describe('`ringfence serve --config`', () => {
  let issuer: { server: Server; url: string };
  let gateway: ChildProcess;
  let url: string;

  beforeAll(async () => {
    issuer = await startIssuer();
    gateway = serve('--config', writeConfig(issuer.url));
    url = await addressOf(gateway);
  });

  afterAll(async () => {
    await stop(gateway);
    issuer.server.close();
  });

  async function ask(token: string, query: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, body: await response.json() };
  }

  function token(): Promise<string> {
    const claims = { client_id: 'messenger', purpose: 'ACCOUNT_SERVICING', scope: 'data:relationship data:balance' };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: 'JWT' })
      .setIssuer('https://login.example')
      .setAudience('ringfence')
      .setSubject('customer-1')
      .setExpirationTime('5m')
      .sign(issuerKeys.privateKey);
  }

  test('starts although no partner answers, and says so where one is needed', async () => {
    const { status, body } = await ask(await token(), '{ me { accounts { id } } }');
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { me: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
  });

  test('refuses tokens of the dev issuer', async () => {
    const dev = await openDevIssuer(process.cwd(), () => new Date());
    const request = { client: 'messenger', purpose: 'ACCOUNT_SERVICING', customer: 'customer-1', scope: '' };
    const { status } = await ask(
      await dev.token({ ...request, expiresInS: 60, authenticatedAgoS: 0 }),
      '{ banks { id } }',
    );
    expect(status).toBe(401);
  });

  test('does not start with the dev issuer in its configuration', async () => {
    const { code, text } = await failureOf(
      serve('--config', writeConfig(issuer.url, 'https://dev-issuer.ringfence.invalid')),
    );
    expect(code).toBe(1);
    expect(text).toContain('issuers[0].issuer');
  });
});
