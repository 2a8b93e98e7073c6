/** Orders about keys that would do harm → words. */
import { expect, test } from '@jest/globals';
import { type KeyCase, keyDecisionsOf } from '../../src/cli/keyDecision.js';
import type { BankKey, KeyDecision } from '../../src/consent/index.js';

const print = (name: string) => name.padEnd(43, '0');
const grantKey = (kid: string): BankKey => ({ bank: 'harbor', kid, kind: 'grant', print: print(kid) });
const act = { bank: 'harbor', by: 'alice', reason: 'a test' };
const added = (kid: string): KeyDecision => ({ ...act, ...grantKey(kid), act: 'ADD', enteredAt: 1 });
const where = (parts: Partial<KeyCase> = {}): KeyCase => ({
  ...{ configured: { kind: 'known', keys: [grantKey('g1')] }, decisions: [added('g2')], now: 1_000 },
  ...parts,
});
const retire = { ...act, kind: 'retire-key', kid: 'g1' } as const;
const revoke = (kid: string, of?: string) =>
  ({ ...act, kind: 'revoke-key', kid, ...(of !== undefined && { print: print(of) }) }) as const;

test('a key is not retired while its follower is not held here, and the words name the file', () => {
  const why = '`g2` is not held by this gateway: put `g2.pem` into the key folder first';
  expect(() => keyDecisionsOf(retire, where({ holds: ({ kid }) => kid === 'g1' }))).toThrow(why);
});

test.each([
  ['the follower is held', () => true],
  ['one of several is', ({ kid }: BankKey) => kid === 'g3'],
  ['no gateway was asked', undefined],
])('a key is retired where %s', (_words, holds) => {
  const known = where({ decisions: [added('g3'), added('g2')], ...(holds && { holds }) });
  expect(keyDecisionsOf(retire, known)).toEqual([{ act: 'RETIRE', kid: 'g1', until: 1_000 }]);
});

test('a revocation takes the print that is known of the name, and no other', () => {
  expect(keyDecisionsOf(revoke('g1'), where())).toEqual([{ act: 'REVOKE', kid: 'g1', print: print('g1') }]);
  expect(keyDecisionsOf(revoke('g1', 'g1'), where())).toHaveLength(1);
  expect(() => keyDecisionsOf(revoke('g1', 'g9'), where())).toThrow('is not `g1`: leave it out');
});

test('a revocation never ends a key of another name, whether the configured ones are known or not', () => {
  for (const known of [where(), where({ configured: { kind: 'unknown', why: 'a test' } })]) {
    expect(() => keyDecisionsOf(revoke('g1', 'g2'), known)).toThrow('is `g2`: say `--kid g2` to revoke that one');
  }
});

test('at a gateway, a key that was revoked elsewhere by its name alone is revoked by its print too, once', () => {
  const byName: KeyDecision = { ...act, act: 'REVOKE', kid: 'g1', enteredAt: 2 };
  const decisions = [added('g2'), byName];
  const made = keyDecisionsOf(revoke('g1'), where({ decisions }));
  expect(made).toEqual([{ act: 'REVOKE', kid: 'g1', print: print('g1') }]);
  const now = where({ decisions: [...decisions, { ...byName, print: print('g1') }] });
  expect(() => keyDecisionsOf(revoke('g1'), now)).toThrow('`g1` is REVOKED already');
});
