/** Decisions about keys where the files of the configured keys cannot be read; and the same store at a gateway afterwards. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keyDecisionsOf } from '../../src/cli/keyDecision.js';
import { keysShown } from '../../src/cli/keyDesk.js';
import { grantKeyPrint } from '../../src/cli/keyPrint.js';
import { keysText } from '../../src/cli/keyText.js';
import { type BankKey, keyStandings, keyStateAt } from '../../src/consent/index.js';
import { acting, type DeskWorld, openDesk, run } from './bankDeskWorld.js';

const why = 'grantKey of `harbor`: `g1.pem` does not hold the PEM of an Ed25519 private key';
const { publicKey } = generateKeyPairSync('ed25519');
const g1: BankKey = { bank: 'harbor', kid: 'g1', kind: 'grant', print: grantKeyPrint(publicKey) };
let world: DeskWorld;
let file: string;

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
  file = join(folder, 'g1.pub.pem');
  writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
  world = await openDesk(folder, { bankKeys: { configured: { kind: 'unknown', why } } });
});
afterEach(() => world.end());

const decisions = async () => (await world.desk.bankKeys.store.all()).decisions;
const atGateway = async () => {
  const { store } = world.desk.bankKeys;
  return keysShown({ store, configured: { kind: 'known', keys: [g1] } }, 'harbor', Date.now());
};

test('`keys` says why the configured ones are not known', async () => {
  expect((await run('keys', 'harbor')).out).toContain(why);
  expect(JSON.parse((await run('keys', 'harbor', '--json')).out)).toMatchObject({ whole: false, unknownBecause: why });
});

test.each([
  ['add-key', () => ['--key', file]],
  ['retire-key', () => []],
])('`%s` is refused, as it could put a working key out of use', async (command, words) => {
  const { failed, err } = await acting(command, 'harbor', '--kid', 'g1', ...words());
  expect(failed).toBe(true);
  expect(err).toContain(`the keys that are configured are not known here (${why})`);
  expect(err).toContain("run this where the gateway's key files can be read");
  expect(await decisions()).toEqual([]);
});

test('`revoke-key` of a name that nothing has shows the decision, and what to compare the name with', async () => {
  const { out } = await acting('revoke-key', 'harbor', '--kid', 'G-1');
  const words = 'nothing here has a key `G-1`; compare the name with `ringfence bank keys harbor` at a gateway';
  expect(out).toContain(`harbor  ${words}\n  REVOKE, `);
  const { otherNames } = JSON.parse((await run('keys', 'harbor', '--json')).out);
  expect(otherNames).toMatchObject([{ kid: 'G-1', decisions: [{ act: 'REVOKE', by: 'alice' }] }]);
  const shown = await atGateway();
  expect(shown.keys).toMatchObject([{ kid: 'g1', inUse: true, decisions: [] }]);
  expect(keysText(shown)).toContain('harbor  nothing here has a key `G-1`\n  REVOKE, ');
});

test.each([
  ['the public half', () => ['--key', file]],
  ['the print', () => ['--print', g1.print]],
])('`revoke-key` with %s keeps the key from coming back under another name', async (_words, given) => {
  await acting('revoke-key', 'harbor', '--kid', 'g1', ...given());
  const made = await decisions();
  expect(made).toMatchObject([{ act: 'REVOKE', kid: 'g1', print: g1.print }]);
  const [renamed] = keyStandings([{ ...g1, kid: 'g7' }], made, 'harbor');
  expect(renamed && keyStateAt(renamed, Date.now())).toBe('REVOKED');
  const known = { configured: { kind: 'known', keys: [] }, decisions: made, now: Date.now() } as const;
  const back = { kind: 'add-key', bank: 'harbor', kid: 'g7', by: 'a', reason: 'r', key: g1 } as const;
  expect(() => keyDecisionsOf(back, known)).toThrow('that key was revoked under another name');
});

test('`revoke-key` again records the print of a key that was revoked by its name alone, and then nothing', async () => {
  await acting('revoke-key', 'harbor', '--kid', 'g1');
  await acting('revoke-key', 'harbor', '--kid', 'g1', '--print', g1.print);
  expect(await decisions()).toMatchObject([{ kid: 'g1' }, { kid: 'g1', print: g1.print }]);
  for (const words of [[], ['--print', g1.print]]) {
    expect((await acting('revoke-key', 'harbor', '--kid', 'g1', ...words)).err).toContain('`g1` is REVOKED already');
  }
});

test.each([
  [['--print', 'short'], 'print: expected the 43 characters that `ringfence bank keys` shows'],
  [['--print', g1.print, '--mac-key', 'file'], 'one of `--key`, `--mac-key` and `--print` is enough'],
])('`revoke-key` refuses %j in words', async (words, said) => {
  const { failed, err } = await acting('revoke-key', 'harbor', '--kid', 'g1', ...words);
  expect([failed, err]).toEqual([true, expect.stringContaining(said)]);
  expect(await decisions()).toEqual([]);
});
