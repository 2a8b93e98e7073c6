/** A bank's keys rotate and are revoked under two gateways that nobody restarts. */
import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { grantHeaders, macInput } from '../../src/partition/index.js';
import { policy } from '../partition/world.js';
import { grantKeyPair, type GrantKeyPair, type ServedWorld, startServedWorld } from './servedWorld.js';
import { until } from './until.js';

const [first, second, third] = [grantKeyPair('g1'), grantKeyPair('g2'), grantKeyPair('g3')];
let world: ServedWorld;
const signed = ['--as', 'alice', '--reason', 'a test'];

beforeAll(async () => {
  world = await startServedWorld(first);
  await grantBalance();
}, 180_000);
afterAll(() => world.stop());

/** As customer-1 gives it: the bank's step, the choice of accounts, the grant. */
async function grantBalance(): Promise<void> {
  await world.order('link', 'harbor', '--customer', 'customer-1', '--reference', 'hb-20417', ...signed);
  const order = `mutation ($accounts: [ID!], $key: String!) { grantConsent(bankId: "harbor", purpose: ACCOUNT_SERVICING,
    categories: [ACCOUNT_IDENTITY, BALANCE], accountIds: $accounts, idempotencyKey: $key) { state } }`;
  await world.ask('CONSENT_MANAGEMENT', order, { key: 'one' });
  const [open] = await world.ask('CONSENT_MANAGEMENT', '{ me { accounts { id } } }');
  const accounts = idsIn(open?.text ?? '');
  const [granted] = await world.ask('CONSENT_MANAGEMENT', order, { accounts, key: 'two' });
  expect([accounts.length > 0, granted?.text]).toEqual([true, '{"data":{"grantConsent":{"state":"ACTIVE"}}}']);
}

function idsIn(text: string): readonly string[] {
  return [...text.matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id);
}

/** What each gateway makes of a balance: `read`, or the codes of its errors. */
async function outcomes(): Promise<readonly string[]> {
  const answers = await world.ask('ACCOUNT_SERVICING', '{ me { accounts { id balances { asOf } } } }');
  return answers.map(({ codes, text }) => (codes.length === 0 && idsIn(text).length > 0 ? 'read' : codes.join()));
}

/** Within ten seconds: decisions hold within five. */
const soon = (look: () => Promise<boolean>): Promise<void> => until(look, 200);

/** The keys that the bank takes, as its own people set them. */
async function bankTakes(...keys: readonly GrantKeyPair[]): Promise<void> {
  const macKeys = [{ kid: 'm1', key: world.macKey.toString('base64') }];
  const body = JSON.stringify({ grantKeys: keys.map(({ jwk }) => jwk), macKeys });
  const { status } = await fetch(`${world.bankUrl}/__sandbox/keys`, { method: 'PUT', body });
  expect(status).toBe(200);
}

async function asksOfBank(): Promise<number> {
  const log = await fetch(`${world.bankUrl}/__sandbox/requests`);
  return ((await log.json()) as { readonly count: number }).count;
}

/** What the bank answers to whoever holds a key of the platform's, and the shared one too. */
async function statusFor({ kid, privateKey }: GrantKeyPair): Promise<number> {
  const [jti, nonce, time, body] = [randomUUID(), randomUUID(), String(Date.now()), '{"query":"{ __typename }"}'];
  const iat = Math.floor(Date.now() / 1000);
  const claims = { aud: 'harbor', purpose: 'ACCOUNT_SERVICING', scope: [], accounts: [], consents: [] };
  const grant = await new SignJWT({ ...claims, iss: 'ringfence', jti, iat, exp: iat + 60, policy: policy.hash })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'ringfence-grant+jwt', kid })
    .sign(privateKey);
  const mac = createHmac('sha256', world.macKey).update(macInput({ jti, nonce, time, body })).digest('hex');
  const headers = {
    'content-type': 'application/json',
    ...{ [grantHeaders.authorization]: `Bearer ${grant}`, [grantHeaders.nonce]: nonce },
    ...{ [grantHeaders.time]: time, [grantHeaders.mac]: mac },
  };
  return (await fetch(`${world.bankUrl}/graphql`, { method: 'POST', headers, body })).status;
}

const both = (outcome: string) => async (): Promise<boolean> => (await outcomes()).every((one) => one === outcome);

test('both gateways sign with the key that is configured, and the bank refuses every other', async () => {
  expect(await outcomes()).toEqual(['read', 'read']);
  expect([await statusFor(first), await statusFor(second)]).toEqual([200, 401]);
});

test('a key that is added is used by both from then on, and during the overlap the bank takes either', async () => {
  await bankTakes(first, second);
  const file = world.hold(second);
  const { failed, text } = await world.order('add-key', 'harbor', '--kid', 'g2', '--key', file, ...signed);
  expect([failed, text]).toEqual([false, expect.stringContaining('harbor  g2  EdDSA (Ed25519)  IN USE')]);
  expect(await outcomes()).toEqual(['read', 'read']);
  expect([await statusFor(first), await statusFor(second)]).toEqual([200, 200]);
  await bankTakes(second);
  await soon(both('read'));
  expect(await outcomes()).toEqual(['read', 'read']);
}, 60_000);

test('a key that is retired is not used again, though a file still holds it, and the bank refuses it', async () => {
  const { text } = await world.order('retire-key', 'harbor', '--kid', 'g1', ...signed);
  expect(text).toContain('harbor  g1  EdDSA (Ed25519)  RETIRED, until ');
  expect([await statusFor(first), await statusFor(second)]).toEqual([401, 200]);
  expect(await outcomes()).toEqual(['read', 'read']);
}, 60_000);

test('a key that is revoked is not used by either again, the bank hears of it, and is not asked without one', async () => {
  const { text } = await world.order('revoke-key', 'harbor', '--kid', 'g2', ...signed);
  expect(text).toContain(
    'harbor  no grant key is valid and held: the bank is not asked; add one with `ringfence bank add-key harbor`\n',
  );
  await soon(both('BANK_UNAVAILABLE'));
  const before = await asksOfBank();
  expect(await outcomes()).toEqual(['BANK_UNAVAILABLE', 'BANK_UNAVAILABLE']);
  expect(await asksOfBank()).toBe(before);
  await soon(async () => (await statusFor(second)) === 401);
  await bankTakes(first, second, third);
  expect([await statusFor(second), await statusFor(third)]).toEqual([401, 200]);
  const again = await world.order(
    'add-key',
    'harbor',
    '--kid',
    'g2',
    '--key',
    world.hold(grantKeyPair('g2')),
    ...signed,
  );
  expect(again).toMatchObject({ failed: true, text: expect.stringContaining('a name does not come back') });
}, 60_000);

test('a further key brings the bank back under both, which are the processes that were started', async () => {
  await world.order('add-key', 'harbor', '--kid', 'g3', '--key', world.hold(third), ...signed);
  await soon(both('read'));
  expect(world.isFirstRun()).toBe(true);
  const { text } = await world.order('keys', 'harbor', '--json');
  const { keys } = JSON.parse(text) as { readonly keys: readonly { kid: string; state: string; inUse: boolean }[] };
  expect(keys.map(({ kid, state, inUse }) => [kid, state, inUse])).toEqual([
    ['g1', 'RETIRED', false],
    ['m1', 'VALID', true],
    ['g2', 'REVOKED', false],
    ['g3', 'VALID', true],
  ]);
}, 60_000);
