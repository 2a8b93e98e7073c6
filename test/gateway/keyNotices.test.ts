/** Notices of revoked keys on their way to a bank that keeps a book of keys. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { createAgreementPort, type KeyDecision, type RevokedKey, createKeyRegistry } from '../../src/consent/index.js';
import { ClientFault } from '../../src/fault/index.js';
import { createLogger } from '../../src/gateway/index.js';
import { createKeyNotifying } from '../../src/gateway/keyNotices.js';
import type { Notifying } from '../../src/gateway/notifying.js';
import type { AudienceKeys } from '../../src/partition/index.js';
import { createKeyBook, type KeyBook, type RunningServer, startServer } from '../../src/partner/index.js';

let clock = Date.UTC(2027, 0, 1);
const now = () => new Date(clock);
const macKey = randomBytes(32);
const pair = generateKeyPairSync('ed25519');
const grantKey = (kid: string): JWK => ({ ...(pair.publicKey.export({ format: 'jwk' }) as JWK), kid });
const bankKeys = {
  grantKeys: [grantKey('g1'), grantKey('g2')],
  macKeys: [
    { kid: 'm2', key: macKey.toString('base64') },
    { kid: 'm1', key: randomBytes(32).toString('base64') },
  ],
};
const keys: AudienceKeys = { grantKey: { kid: 'g2', key: pair.privateKey }, macKey };
const revokedAt = Date.UTC(2026, 11, 31);
const revoked = (kid: string, bank = 'harbor'): RevokedKey => ({ bank, kid, revokedAt });

let book: KeyBook;
let isDown = false;
let posts = 0;
let server: RunningServer;
beforeAll(async () => {
  server = await startServer(0, (request, response) => {
    posts += 1;
    expect(request.url).toBe('/keys');
    return book.handle(request, response);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  [isDown, posts] = [false, 0];
  book = createKeyBook({
    keys: bankKeys,
    now,
    onRevocation: () => {
      if (isDown) throw new Error('the bank cannot write it down');
    },
  });
});

interface World {
  readonly status?: 'LIVE' | 'NOT_PARTICIPATING';
  readonly known?: () => readonly RevokedKey[];
  readonly keysOf?: () => AudienceKeys;
}

function notifying({ status = 'LIVE', known = () => [revoked('g1')], keysOf = () => keys }: World = {}): Notifying {
  return createKeyNotifying({
    urls: new Map([['harbor', `http://127.0.0.1:${server.port}/graphql`]]),
    keys: keysOf,
    now,
    agreements: createAgreementPort([{ bank: 'harbor', status, region: 'US', covers: new Map() }]),
    logger: createLogger('silent'),
    everyMs: 2 ** 31 - 1,
    bankKeys: { revoked: known },
  });
}

const kidsOf = () => [...book.keys().grantKeys, ...book.keys().macKeys].map(({ kid }) => kid);

test('take the key out of the bank’s book, and are told once', async () => {
  const mail = notifying({ known: () => [revoked('g1'), revoked('m1')] });
  await mail.deliver();
  await mail.deliver();
  expect(kidsOf()).toEqual(['g2', 'm2']);
  expect(book.messages).toHaveLength(2);
  expect(book.messages).toContainEqual({ kid: 'g1', revokedAt: '2026-12-31T00:00:00.000Z' });
  await mail.close();
});

test('are sent by a gateway that starts after the key was taken out of its configuration', async () => {
  const registry = createKeyRegistry([], { now, requireFresh: () => undefined });
  const who = { bank: 'harbor', by: 'ops', reason: 'a test', enteredAt: revokedAt };
  registry.apply([{ ...who, act: 'REVOKE', kid: 'g1', print: 'p' } satisfies KeyDecision]);
  const mail = notifying({ known: () => registry.revoked() });
  await mail.deliver();
  expect(kidsOf()).toEqual(['g2', 'm2', 'm1']);
  await mail.close();
});

test('come again after 15 s, then later each time, while the bank cannot take them; the key is out at once', async () => {
  const mail = notifying();
  isDown = true;
  await mail.deliver();
  expect([kidsOf(), posts]).toEqual([['g2', 'm2', 'm1'], 1]);
  for (const [afterMs, tried] of [
    [14_999, 1],
    [1, 2],
    [29_999, 2],
    [1, 3],
  ] as const) {
    clock += afterMs;
    await mail.deliver();
    expect(posts).toBe(tried);
  }
  isDown = false;
  clock += 60_000;
  await mail.deliver();
  await mail.deliver();
  expect(posts).toBe(4);
  await mail.close();
});

test('do not reach a bank that takes no part, nor one that has no address here', async () => {
  const apart = notifying({ status: 'NOT_PARTICIPATING' });
  const elsewhere = notifying({ known: () => [revoked('g1', 'summit')] });
  for (const mail of [apart, elsewhere]) {
    await mail.deliver();
    await mail.close();
  }
  expect(posts).toBe(0);
});

test.each([
  ['decisions cannot be read', { known: () => fail('STALE') }],
  ['no key is left to bind them with', { keysOf: () => fail('BANK_UNAVAILABLE') }],
] as const)('are not sent while %s', async (_words, world) => {
  const mail = notifying(world);
  await mail.deliver();
  expect(posts).toBe(0);
  await mail.close();
});

function fail(code: 'STALE' | 'BANK_UNAVAILABLE'): never {
  throw new ClientFault(code);
}

test('that nobody bound to a key, or to one that was revoked, take nothing away', async () => {
  const url = `http://127.0.0.1:${server.port}/keys`;
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify({ kid: 'g2', revokedAt: 'x' }) });
  expect(status).toBe(401);
  const first = notifying({ known: () => [revoked('m2')] });
  await first.deliver();
  const second = notifying();
  await second.deliver();
  expect(kidsOf()).toEqual(['g1', 'g2', 'm1']);
  for (const mail of [first, second]) await mail.close();
});

test('hold when the bank’s own people replace its keys', async () => {
  const mail = notifying();
  await mail.deliver();
  book.replace(bankKeys);
  expect(kidsOf()).toEqual(['g2', 'm2', 'm1']);
  await mail.close();
});

test('a book takes no key that is none', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JWK;
  expect(() => book.replace({ ...bankKeys, grantKeys: [{ ...rsa, kid: 'rsa' }] })).toThrow(TypeError);
  expect(() => book.replace({ ...bankKeys, macKeys: [{ kid: 'm', key: 'c2hvcnQ=' }] })).toThrow(TypeError);
});

test.each([undefined, ''])('a book takes no MAC key under the name %j, as no notice could take it away', (kid) => {
  const nameless = { key: randomBytes(32).toString('base64'), ...(kid !== undefined && { kid }) };
  const withNameless = { ...bankKeys, macKeys: [...bankKeys.macKeys, nameless] };
  expect(() => createKeyBook({ keys: withNameless, now })).toThrow('a MAC key must have a `kid`');
  expect(() => book.replace(withNameless)).toThrow(TypeError);
  expect(kidsOf()).toEqual(['g1', 'g2', 'm2', 'm1']);
});
