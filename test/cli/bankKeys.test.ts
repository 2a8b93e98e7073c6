/** `ringfence bank` about keys, carried out by a running gateway’s admin socket; the store is one in memory. */
import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { sql } from 'kysely';
import { heldKeysOf } from '../../src/cli/configuredKeys.js';
import type { KeyShown } from '../../src/cli/keyDesk.js';
import { createKeyVault } from '../../src/cli/keyVault.js';
import type { EmptyDatabase } from '../store/databases.js';
import { acting, openDesk, run } from './bankDeskWorld.js';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
const start = Date.UTC(2027, 0, 1);
let now = start;
let applied = 0;
let database: EmptyDatabase;
let end: () => Promise<void>;

const pair = () => generateKeyPairSync('ed25519');
const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' });

const first = pair();
const banks = ['harbor', 'summit'];
const configured = banks.flatMap((bank) => {
  const key = bank === 'harbor' ? first.privateKey : pair().privateKey;
  return heldKeysOf(bank, { grantKey: { kid: 'g1', key }, macKey: randomBytes(32) }, 'm1');
});

beforeAll(async () => {
  mkdirSync(join(folder, 'keys'));
  let elapsed = 0;
  const vault = createKeyVault({
    configured,
    folders: new Map([['harbor', join(folder, 'keys')]]),
    monotonicMs: () => (elapsed += 2_000),
  });
  ({ database, end } = await openDesk(folder, {
    bankKeys: { configured: { kind: 'known', keys: configured }, holds: (key) => vault.held(key) !== undefined },
    now: () => new Date(now),
    applied: async () => void (applied += 1),
  }));
});
afterAll(() => end());

const keysAt = async (bank: string): Promise<readonly KeyShown[]> =>
  (JSON.parse((await run('keys', bank, '--json')).out) as { keys: KeyShown[] }).keys;
const stateOf = async (bank: string, kid: string) => (await keysAt(bank)).find((key) => key.kid === kid);
const iso = (time: number) => new Date(time).toISOString();

const second = pair();
const secondPem = write('g2.pub.pem', publicPem(second.publicKey));

describe('`ringfence bank keys`', () => {
  test('shows the configured keys, by name and print alone', async () => {
    const { out } = await run('keys', 'harbor');
    expect(out).toContain('harbor  g1  EdDSA (Ed25519)  IN USE\n');
    expect(out).toContain('harbor  m1  HMAC-SHA-256  IN USE\n');
    const jwk = first.publicKey.export({ format: 'jwk' });
    expect((await stateOf('harbor', 'g1'))?.print).toBe(await calculateJwkThumbprint(jwk as never));
  });

  test('speaks of no keys of the wallet, which is a subgraph of the platform', async () => {
    for (const { failed, err } of [
      await run('keys', 'wallet'),
      await acting('add-key', 'wallet', '--kid', 'g2', '--key', secondPem),
    ]) {
      expect([failed, err]).toEqual([
        true,
        expect.stringContaining('the keys of `wallet` are those of its configuration'),
      ]);
    }
  });

  test('knows no bank that is not configured', async () => {
    const { failed, err } = await run('keys', 'nowhere');
    expect([failed, err]).toEqual([true, expect.stringContaining('no bank `nowhere` is configured')]);
  });
});

describe('`ringfence bank add-key`', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = JSON.stringify({ ...second.privateKey.export({ format: 'jwk' }) });
  const refused: readonly (readonly [string, readonly [option: string, content: string | Buffer], string])[] = [
    ['a private key', ['--key', privatePem(second.privateKey)], 'holds a private key, which stays where it is used'],
    ['a private key as JWK', ['--key', jwk], 'holds a private key'],
    [
      'an RSA key',
      ['--key', publicPem(rsa.publicKey)],
      'a key of the type `rsa`: grants are signed with Ed25519 alone',
    ],
    ['a P-256 key', ['--key', publicPem(ec.publicKey)], 'a key of the type `ec`'],
    ['a shared key', ['--key', randomBytes(32).toString('base64')], 'a shared key goes by `--mac-key`'],
    ['no key', ['--key', 'nothing'], 'holds no public key'],
    [
      'a short shared key',
      ['--mac-key', randomBytes(31).toString('base64')],
      'does not hold base64 of 32 bytes or more',
    ],
    ['a shared key of one byte', ['--mac-key', Buffer.alloc(32, 7).toString('base64')], 'nobody drew at random'],
    ['the public half as a shared key', ['--mac-key', readFileSync(secondPem)], 'does not hold base64'],
  ];

  test.each(refused)('refuses %s in words, and repeats nothing of it', async (_words, [option, content], why) => {
    const file = write('refused', content);
    const { failed, out, err } = await acting('add-key', 'harbor', '--kid', 'g2', option, file);
    expect([failed, out]).toEqual([true, '']);
    expect(err).toContain(`CONFIG_INVALID: `);
    expect(err).toContain(why);
    for (const line of String(content)
      .split('\n')
      .filter((text) => text.length > 20 && !text.startsWith('-----'))) {
      expect(err).not.toContain(line);
    }
    expect(await keysAt('harbor')).toHaveLength(2);
  });

  test.each([
    [['--kid', 'g2'], 'one of `--key` and `--mac-key`'],
    [['--kid', 'g2', '--key', secondPem, '--mac-key', secondPem], 'CONFIG_INVALID'],
    [['--kid', 'g2', '--key', join(folder, 'nothing')], 'cannot be read'],
    [['--kid', '../g2', '--key', secondPem], 'kid: expected letters'],
    [['--kid', 'g1', '--key', secondPem], 'nothing was changed: `g1` is a key already'],
    [['--kid', 'g2', '--key', secondPem, '--from', iso(start - 1)], '`--from` lies in the past'],
    [['--kid', 'g2', '--key', secondPem, '--until', iso(start)], '`--until` is over before the key begins'],
    [['--kid', 'g2', '--key', secondPem, '--from', 'tomorrow'], '`--from` must be a time such as'],
    [['--kid', 'g2', '--key', write('g1.pub.pem', publicPem(first.publicKey))], 'that key is `g1` of `harbor` already'],
  ])('refuses %j in words', async (words, why) => {
    const { failed, out, err } = await acting('add-key', 'harbor', ...words);
    expect([failed, out]).toEqual([true, '']);
    expect(err).toContain(why);
    expect(await keysAt('harbor')).toHaveLength(2);
  });

  test('takes no key without a name and a reason', async () => {
    await expect(run('add-key', 'harbor', '--kid', 'g2', '--key', secondPem)).rejects.toThrow('--as');
  });

  test('takes a public half, dated, and uses it from then on, if the gateway holds the other', async () => {
    const words = ['--kid', 'g2', '--key', secondPem, '--from', iso(start + 1_000)];
    const before = applied;
    const { out } = await acting('add-key', 'harbor', ...words);
    expect(out).toContain(
      `harbor  g2  EdDSA (Ed25519)  TO_COME, from ${iso(start + 1_000)}, not held by this gateway\n`,
    );
    expect(out).toContain('by alice: a test\n');
    expect(applied).toBe(before + 1);
    now = start + 1_000;
    expect([await stateOf('harbor', 'g1'), await stateOf('harbor', 'g2')]).toMatchObject([
      { inUse: true },
      { inUse: false, state: 'VALID', held: false },
    ]);
    write('keys/g2.pem', privatePem(pair().privateKey));
    expect(await stateOf('harbor', 'g2')).toMatchObject({ held: false });
    write('keys/g2.pem', privatePem(second.privateKey));
    expect([await stateOf('harbor', 'g1'), await stateOf('harbor', 'g2')]).toMatchObject([
      { inUse: false, state: 'VALID' },
      { inUse: true, held: true },
    ]);
  });

  test('takes one key at one bank, once', async () => {
    const again = (bank: string, kid: string) => acting('add-key', bank, '--kid', kid, '--key', secondPem);
    expect((await again('harbor', 'g2')).err).toContain('`g2` is a key already');
    expect((await again('harbor', 'g3')).err).toContain('that key is `g2` of `harbor` already');
    expect((await again('summit', 'g2')).err).toContain('every key is for one bank alone');
  });

  test('takes the print of a shared key, and nothing else of it', async () => {
    const secret = randomBytes(32).toString('base64');
    write('keys/m2.mac', secret);
    await acting('add-key', 'harbor', '--kid', 'm2', '--mac-key', join(folder, 'keys/m2.mac'));
    expect(await stateOf('harbor', 'm2')).toMatchObject({ inUse: true, kind: 'mac' });
    const { rows } = await sql`select * from ringfence_bank_keys`.execute((await database.open('owner')).query);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(0, 20));
  });
});

describe('`ringfence bank retire-key`', () => {
  test('ends a key that another one follows, and not before its time', async () => {
    const { out } = await acting('retire-key', 'harbor', '--kid', 'g1', '--at', iso(now + 1_000));
    expect(out).toContain(`harbor  g1  EdDSA (Ed25519)  VALID, until ${iso(now + 1_000)}\n`);
    expect((await acting('retire-key', 'harbor', '--kid', 'g1', '--at', iso(now + 2_000))).err).toContain(
      '`g1` ends before that already',
    );
    now += 1_000;
    expect(await stateOf('harbor', 'g1')).toMatchObject({ state: 'RETIRED', inUse: false });
  });

  test.each([
    [['harbor', '--kid', 'g1'], '`g1` is RETIRED already'],
    [['harbor', '--kid', 'g2'], 'no `grant` key of `harbor` would be valid then: add one first'],
    [['summit', '--kid', 'm1'], 'no `mac` key of `summit` would be valid then'],
    [['harbor', '--kid', 'G2'], '`harbor` has no key `G2`; there are `g1`, `m1`, `g2`, `m2`'],
    [['harbor', '--kid', 'm1', '--at', iso(start)], '`--at` lies in the past'],
  ])('refuses %j in words', async (words, why) => {
    const { failed, err } = await acting('retire-key', ...words);
    expect([failed, err]).toEqual([true, expect.stringContaining(why)]);
  });
});

describe('`ringfence bank revoke-key`', () => {
  test('ends a key at once, the last one too, and says what follows', async () => {
    const { out } = await acting('revoke-key', 'harbor', '--kid', 'g2');
    expect(out).toContain(`harbor  g2  EdDSA (Ed25519)  REVOKED, from ${iso(start + 1_000)}, revoked ${iso(now)}`);
    expect(out).toContain(
      'harbor  no grant key is valid and held: the bank is not asked; add one with `ringfence bank add-key harbor`\n',
    );
    expect((await acting('revoke-key', 'harbor', '--kid', 'g2')).err).toContain('`g2` is REVOKED already');
    expect((await acting('retire-key', 'harbor', '--kid', 'g2')).err).toContain('`g2` is REVOKED already');
  });

  test('ends it for good: neither its name nor the key itself comes back', async () => {
    const fresh = write('g3.pub.pem', publicPem(pair().publicKey));
    expect((await acting('add-key', 'harbor', '--kid', 'g2', '--key', fresh)).err).toContain(
      'a name does not come back',
    );
    for (const bank of banks) {
      const { err } = await acting('add-key', bank, '--kid', 'g3', '--key', secondPem);
      expect(err).toContain('that key was revoked under another name, and does not come back');
    }
  });

  test('refuses a name that is no key’s', async () => {
    expect((await acting('revoke-key', 'summit', '--kid', 'g2')).err).toContain('`summit` has no key `g2`');
  });

  test('leaves an entry for each act', async () => {
    const { query } = await database.open('owner');
    const { rows } = await sql<{ command: string }>`select command from ringfence_operator_log`.execute(query);
    expect(new Set(rows.map(({ command }) => command))).toEqual(
      new Set(['bank add-key', 'bank retire-key', 'bank revoke-key']),
    );
    expect(rows).toHaveLength(4);
  });
});
