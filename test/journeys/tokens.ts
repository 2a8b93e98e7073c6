/** Tokens that are refused, and the command that issues them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { marksOf } from './asking.js';
import { type DemoWorld, type TokenRequest } from './demoWorld.js';
import { bytesOf } from './httpClient.js';

let world: DemoWorld;

const query = '{ me { id accounts { id } } }';
const good: TokenRequest = { purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' };

const refused: readonly (readonly [string, TokenRequest])[] = [
  ['has expired', { ...good, expiresInS: -1 }],
  ['holds data scopes beside ads scopes', { ...good, scope: 'data:balance ads:targeting' }],
  ['holds an ads scope for a first-party purpose', { ...good, scope: 'ads:targeting' }],
  [
    'holds a data scope for an ads purpose',
    { client: 'ads-engine', purpose: 'AD_TARGETING', scope: 'ads:targeting data:balance' },
  ],
  ['holds a scope that its purpose denies', { ...good, purpose: 'FRAUD_ALERTS', scope: 'data:balance' }],
  ['holds an unknown scope', { ...good, scope: 'data:balance data:everything' }],
  ['separates scopes with two spaces', { ...good, scope: 'data:balance  data:terms' }],
  ['separates scopes with a tab', { ...good, scope: 'data:balance\tdata:terms' }],
  ['writes a scope in capitals', { ...good, scope: 'DATA:BALANCE' }],
  ['has its scopes in a list', { ...good, claims: { scope: ['data:balance'] } }],
  ['names an unknown purpose', { ...good, purpose: 'CURIOSITY', scope: '' }],
  ['names a purpose that its client is not registered for', { ...good, client: 'ads-engine' }],
  ['names an unknown client', { ...good, client: 'somebody' }],
  ['names no customer for a first-party purpose', { purpose: 'ACCOUNT_SERVICING' }],
  ['names a customer for an ads purpose', { client: 'ads-engine', purpose: 'AD_TARGETING', customer: 'customer-1' }],
  ['is meant for another audience', { ...good, claims: { aud: 'another' } }],
  ['is of another issuer by its own word', { ...good, claims: { iss: 'https://login.example' } }],
];

/** The tests of this journey, through a demo that runs. */
export function tokensJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });

  describe('a token is refused with the same bytes and without a call, when it', () => {
    test.each(refused)('%s', async (_what, request) => {
      const before = await marksOf(world);
      const answer = await world.graphql(await world.token(request), { query });
      expect(answer.status).toBe(401);
      expect(bytesOf(answer)).toBe(bytesOf(await world.graphql('not-a-token', { query })));
      expect(answer.errors.map(({ extensions }) => extensions)).toEqual([{ code: 'UNAUTHENTICATED' }]);
      expect(await marksOf(world)).toEqual(before);
    });

    test('is signed with a key of its own', async () => {
      const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
      const [header = '', claims = ''] = (await world.token(good)).split('.');
      const parse = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as { alg: string };
      const forged = await new SignJWT(parse(claims)).setProtectedHeader(parse(header)).sign(privateKey);
      const bytes = bytesOf(await world.graphql('not-a-token', { query }));
      expect(bytesOf(await world.graphql(forged, { query }))).toBe(bytes);
    });

    test('says that it needs no signature', async () => {
      const [, claims = ''] = (await world.token(good)).split('.');
      const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      const bytes = bytesOf(await world.graphql('not-a-token', { query }));
      expect(bytesOf(await world.graphql(`${header}.${claims}.`, { query }))).toBe(bytes);
    });

    test('was changed by one letter', async () => {
      const token = await world.token(good);
      const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
      expect((await world.graphql(changed, { query })).status).toBe(401);
    });

    test('is missing', async () => {
      const { status, errors } = await world.graphql(undefined, { query });
      expect([status, errors.map(({ extensions }) => extensions.code)]).toEqual([401, ['UNAUTHENTICATED']]);
    });
  });

  describe('the command `token`', () => {
    const issue = async (...args: string[]): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['dist/src/cli/ringfence.js', 'token', ...args]);
      expect(stdout).toMatch(/^\S+\n$/);
      return stdout.trim();
    };

    test('prints a token that a running demo takes, for all that its purpose admits', async () => {
      const token = await issue('--client', 'messenger', '--purpose', 'ACCOUNT_SERVICING', '--customer', 'customer-1');
      const { status, data, errors } = await world.graphql(token, {
        query: '{ me { accounts { id holder { name } balances { asOf } } } }',
      });
      expect([status, errors]).toEqual([200, []]);
      expect(data.me?.accounts).toHaveLength(7);
    });

    test('prints what it is asked, however wrong, and the gateway refuses', async () => {
      const tokens = await Promise.all([
        issue('--client', 'ads-engine', '--purpose', 'AD_TARGETING', '--scope', 'ads:targeting data:balance'),
        issue(
          '--client',
          'messenger',
          '--purpose',
          'ACCOUNT_SERVICING',
          '--customer',
          'customer-1',
          '--expires-in',
          '-10',
        ),
      ]);
      const bytes = bytesOf(await world.graphql('not-a-token', { query }));
      for (const token of tokens) expect(bytesOf(await world.graphql(token, { query }))).toBe(bytes);
    });

    test('prints a token of the ads system that reads no financial field', async () => {
      const token = await issue('--client', 'ads-engine', '--purpose', 'AD_TARGETING');
      const { data, errors } = await world.graphql(token, { query: '{ adProfile(id: "ad-1") { interests } }' });
      expect(errors).toEqual([]);
      expect(data.adProfile?.interests?.length).toBeGreaterThan(0);
      expect((await world.graphql(token, { query })).status).toBe(400);
    });
  });
}
