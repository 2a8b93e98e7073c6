/** How keys of banks stand, whatever is decided about them. */
import { describe, expect, test } from '@jest/globals';
import {
  createKeyRegistry,
  keyStandings,
  keyStateAt,
  validKeys,
  type BankKey,
  type KeyAct,
  type KeyDecision,
} from '../../src/consent/index.js';

const configured: readonly BankKey[] = [
  { bank: 'harbor', kid: 'g1', kind: 'grant', print: 'p1' },
  { bank: 'harbor', kid: 'm1', kind: 'mac', print: 'q1' },
  { bank: 'summit', kid: 'g1', kind: 'grant', print: 'r1' },
];
const decided = (kid: string, act: KeyAct, bank = 'harbor'): KeyDecision => ({
  ...{ bank, kid, enteredAt: 50, by: 'ops', reason: 'a test' },
  ...act,
});
const add = (kid: string, print: string, dates: { from?: number; until?: number } = {}): KeyDecision =>
  decided(kid, { act: 'ADD', kind: 'grant', print, ...dates });
const revoke = (kid: string, print?: string): KeyDecision =>
  decided(kid, { act: 'REVOKE', ...(print !== undefined && { print }) });
const statesAt = (now: number, ...decisions: readonly KeyDecision[]) =>
  Object.fromEntries(keyStandings(configured, decisions, 'harbor').map((key) => [key.kid, keyStateAt(key, now)]));
const usedAt = (now: number, ...decisions: readonly KeyDecision[]) =>
  validKeys(keyStandings(configured, decisions, 'harbor'), 'grant', now).map(({ kid }) => kid);

describe('keys of a bank', () => {
  test('are those that are configured for it while nothing is decided', () => {
    expect(keyStandings(configured, [], 'harbor')).toEqual(configured.slice(0, 2));
    expect(usedAt(0)).toEqual(['g1']);
  });

  test('overlap: a further one is used first from its time on, and the one before it stays valid', () => {
    const rotation = [add('g2', 'p2', { from: 100 }), decided('g1', { act: 'RETIRE', until: 200 })];
    expect([99, 100, 199, 200].map((now) => usedAt(now, ...rotation))).toEqual([
      ['g1'],
      ['g2', 'g1'],
      ['g2', 'g1'],
      ['g2'],
    ]);
    expect(statesAt(99, ...rotation)).toEqual({ g1: 'VALID', m1: 'VALID', g2: 'TO_COME' });
    expect(statesAt(200, ...rotation)).toEqual({ g1: 'RETIRED', m1: 'VALID', g2: 'VALID' });
  });

  test('end when they were added to end, and are never retired to a later time', () => {
    const added = add('g2', 'p2', { until: 100 });
    expect(usedAt(100, added, decided('g2', { act: 'RETIRE', until: 300 }))).toEqual(['g1']);
  });

  test('are revoked by name at another bank without a trace here', () => {
    expect(statesAt(60, decided('g1', { act: 'REVOKE' }, 'summit'))).toEqual({ g1: 'VALID', m1: 'VALID' });
  });

  test.each([
    ['added again under its name', [revoke('g1'), add('g1', 'p9')]],
    ['added again under another name', [revoke('g1'), add('g9', 'p1')]],
    ['dated anew', [revoke('g1'), decided('g1', { act: 'RETIRE', until: 900 })]],
  ])('that were revoked never come back: %s', (_words, decisions) => {
    expect(usedAt(60, ...decisions)).toEqual([]);
    expect(Object.values(statesAt(60, ...decisions))).toContain('REVOKED');
  });

  test('do not come back by a configuration either, under a new name or with a new key', () => {
    const revoked = [revoke('g0', 'p1')];
    expect(usedAt(60, ...revoked)).toEqual([]);
    expect(usedAt(60, revoke('g1', 'p0'))).toEqual([]);
  });

  test('that share a name are revoked together', () => {
    const both = [configured[0], { ...configured[1], kid: 'g1' }] as readonly BankKey[];
    const states = keyStandings(both, [revoke('g1')], 'harbor').map((key) => keyStateAt(key, 60));
    expect(states).toEqual(['REVOKED', 'REVOKED']);
  });

  test('are the ones that were added, where the configuration gives their name to another key', () => {
    const [standing] = keyStandings(configured, [add('g1', 'p9')], 'harbor').filter(({ kid }) => kid === 'g1');
    expect(standing).toMatchObject({ print: 'p9' });
  });
});

describe('what was revoked', () => {
  const registryOf = (...decisions: readonly KeyDecision[]) => {
    const registry = createKeyRegistry(configured, { now: () => new Date(60), requireFresh: () => undefined });
    registry.apply(decisions);
    return registry;
  };

  test('is told by name, also where neither the configuration nor a decision has such a key any more', () => {
    expect(registryOf(revoke('g0'), revoke('g8', 'p8')).revoked()).toEqual([
      { bank: 'harbor', kid: 'g0', revokedAt: 50 },
      { bank: 'harbor', kid: 'g8', revokedAt: 50 },
    ]);
  });

  test('is told under every name that the key has, each once and since it was revoked first', () => {
    const revoked = registryOf(revoke('g1'), { ...revoke('g1', 'p1'), enteredAt: 90 }, add('g9', 'p1')).revoked();
    expect(revoked).toEqual([
      { bank: 'harbor', kid: 'g1', revokedAt: 50 },
      { bank: 'harbor', kid: 'g9', revokedAt: 50 },
    ]);
  });

  test('moves the revision, whatever is known of the key', () => {
    expect(registryOf(add('g2', 'p2')).revision()).toBe(0);
    expect(registryOf(revoke('g0'), revoke('g1', 'p1')).revision()).toBe(2);
  });
});
