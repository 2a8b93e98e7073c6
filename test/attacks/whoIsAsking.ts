/** threats.md, Who is asking: tokens, scopes, headers, settings. */
import { readFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { loadPolicy } from '../../src/policy/index.js';
import { bytesOf } from '../journeys/httpClient.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import type { TokenRequest } from '../journeys/demoWorld.js';
import { ads, callsOf, first, type Running, type Section } from './running.js';

const query = '{ me { accounts { id } } }';
const good = first('ACCOUNT_SERVICING');

const spoiled: readonly (readonly [string, TokenRequest])[] = [
  ['21 financial beside ads scopes', { ...ads, scope: 'ads:targeting data:balance' }],
  ['21 ads beside financial scopes', { ...good, scope: 'data:balance ads:targeting' }],
  ['22 a tab between scopes', { ...good, scope: 'data:balance\tdata:terms' }],
  ['22 a no-break space between scopes', { ...good, scope: 'data:balance\u00a0data:terms' }],
  ['22 a scope in another case', { ...good, scope: 'data:Balance' }],
  ['22 the beginning of a scope', { ...good, scope: 'data:bal' }],
  ['22 a scope and more', { ...good, scope: 'data:balance-x' }],
  ['22 a scope twice', { ...good, scope: 'data:balance data:balance' }],
  ['22 a scope that nobody knows', { ...good, scope: 'data:balance openid' }],
  ['22 a list of scopes', { ...good, claims: { scope: ['data:balance'] } }],
  ['22 scopes in `scp`', { ...good, claims: { scope: undefined, scp: ['data:balance'] } }],
  ['22 space around scopes', { ...good, scope: ' data:balance' }],
  ['23 another audience', { ...good, claims: { aud: 'another' } }],
  ['23 no audience', { ...good, claims: { aud: undefined } }],
  ['23 another issuer', { ...good, claims: { iss: 'https://login.example' } }],
  ['23 an expiry that has passed', { ...good, expiresInS: -60 }],
  ['23 no expiry', { ...good, claims: { exp: undefined } }],
];

/** Sends headers as they are, doubled ones included. */
async function sendRaw({ world }: Running, headers: readonly string[]): Promise<number> {
  const agent = new Agent();
  const request = httpRequest(world.addressOf('gateway'), { method: 'POST', agent });
  const body = JSON.stringify({ query });
  for (let index = 0; index < headers.length; index += 2) {
    request.appendHeader(headers[index] ?? '', headers[index + 1] ?? '');
  }
  request.setHeader('content-type', 'application/json');
  request.end(body);
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  response.resume();
  await once(response, 'end');
  agent.destroy();
  return response.statusCode ?? 0;
}

/** Attacks on classes 21 to 26. */
export const identityAttacks: Section = (running) => {
  test.each(spoiled)('%s refuses the token whole, with the bytes of any other refusal', async (_what, request) => {
    const { world } = running();
    const before = await callsOf(world);
    const answer = await world.graphql(await world.token(request), { query });
    expect(answer.status).toBe(401);
    expect(bytesOf(answer)).toBe(bytesOf(await world.graphql('nothing', { query })));
    expect(await callsOf(world)).toBe(before);
  });

  test('23 neither `none`, a shared secret nor a key of the sender signs a token', async () => {
    const { world } = running();
    const [header = '', claims = ''] = (await world.token(good)).split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = JSON.parse(Buffer.from(header, 'base64url').toString()) as { readonly kid: string };
    const shared = `${part({ ...head, alg: 'HS256' })}.${claims}`;
    const tokens = [
      `${part({ ...head, alg: 'none' })}.${claims}.`,
      `${shared}.${createHmac('sha256', head.kid).update(shared).digest('base64url')}`,
      `${part({ ...head, kid: 'another' })}.${claims}.${'A'.repeat(86)}`,
      `${part({ alg: 'EdDSA' })}.${claims}.${'A'.repeat(86)}`,
    ];
    for (const token of tokens) expect((await world.graphql(token, { query })).status).toBe(401);
  });

  test('24 what a client says about itself in headers changes nothing, and two tokens are none', async () => {
    const { world } = running();
    const token = await world.token(ads);
    const customer = await world.token(good);
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...{ 'x-purpose': 'ACCOUNT_SERVICING', 'x-customer-id': 'customer-1', 'x-scope': 'data:balance' },
      ...{ 'x-user': 'customer-1', 'x-forwarded-user': 'customer-1', 'x-original-authorization': `Bearer ${customer}` },
      cookie: `token=${customer}`,
    };
    const url = world.addressOf('gateway');
    const answer = await world.http.send({ method: 'POST', url, headers, body: JSON.stringify({ query }) });
    expect(bytesOf(answer)).toBe(bytesOf(await world.graphql(token, { query })));
    const [one, other] = [`Bearer ${token}`, `Bearer ${customer}`];
    expect(await sendRaw(running(), ['Authorization', one, 'Authorization', other])).toBe(401);
    expect(await sendRaw(running(), ['Authorization', other, 'authorization', one])).toBe(401);
    expect(await sendRaw(running(), ['Authorization', `${one}, ${other}`])).toBe(401);
    expect(await sendRaw(running(), ['Authorization', other])).toBe(200);
  });

  test('25 no stream can outlive a token: no view has one, and none is opened over HTTP', async () => {
    for (const view of ['first-party', 'ads', 'open', 'audit']) {
      expect(buildSchema(readFileSync(`schema/views/${view}.graphql`, 'utf8')).getSubscriptionType()).toBeUndefined();
    }
    const answer = await running().world.as(first('FRAUD_ALERTS'))('subscription { fraudAlertRaised { id } }');
    expect([answer.status, answer.text.includes('"data":{')]).toEqual([400, false]);
  });

  test.each([
    ['matrix.yaml', 'policy/matrix.yaml', 'rows:'],
    ['clearances', 'policy/clearances.yaml', 'directory:'],
    ['clients', 'policy/clients.yaml', 'clients:'],
  ])('26 a policy without its %s does not load', async (_name, file, word) => {
    const loaded = await onProjectCopy([{ file, from: word, to: `x${word}` }], (root) => loadPolicy(root));
    expect(loaded.kind).toBe('problems');
  });
};
