/** Which keys a gateway signs and binds with, out of those that are valid and those that it holds. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { heldKeysOf } from '../../src/cli/configuredKeys.js';
import { grantKeyPrint } from '../../src/cli/keyPrint.js';
import { createKeyRing } from '../../src/cli/keyRing.js';
import { createKeyVault } from '../../src/cli/keyVault.js';
import { createKeyRegistry, type KeyAct, type KeyDecision } from '../../src/consent/index.js';
import { ClientFault } from '../../src/fault/index.js';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pair = () => generateKeyPairSync('ed25519');
const [first, second] = [pair(), pair()];
const macKey = randomBytes(32);
const configured = heldKeysOf('harbor', { grantKey: { kid: 'g1', key: first.privateKey }, macKey }, 'm1');
const print = grantKeyPrint(second.publicKey);

let elapsed = 0;
let isStale = false;
const logged: unknown[] = [];
beforeEach(() => {
  isStale = false;
  logged.splice(0);
});

const decided = (kid: string, act: KeyAct): KeyDecision => ({
  ...{ bank: 'harbor', kid, enteredAt: 1, by: 'ops', reason: 'a test' },
  ...act,
});
const adding = decided('g2', { act: 'ADD', kind: 'grant', print });

function ringUnder(...decisions: readonly KeyDecision[]) {
  const requireFresh = (): void => {
    if (isStale) throw new ClientFault('STALE');
  };
  const registry = createKeyRegistry(configured, { now: () => new Date(1_000), requireFresh });
  registry.apply(decisions);
  const vault = createKeyVault({ configured, folders: new Map([['harbor', folder]]), monotonicMs: () => elapsed });
  const logger = { error: (facts: unknown) => void logged.push(facts) };
  return createKeyRing({ registry, vault, logger: logger as never });
}

test('are the configured ones while nothing is decided', () => {
  expect(ringUnder()('harbor')).toEqual({ grantKey: { kid: 'g1', key: first.privateKey }, macKey });
});

test('are those before, and the log says so once, until the file of a further one is there', () => {
  const keysOf = ringUnder(adding);
  expect([keysOf('harbor').grantKey.kid, keysOf('harbor').grantKey.kid]).toEqual(['g1', 'g1']);
  expect(logged).toEqual([{ bank: 'harbor', kid: 'g2', kind: 'grant' }]);
  writeFileSync(join(folder, 'g2.pem'), second.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  elapsed += 1_000;
  expect(keysOf('harbor').grantKey.kid).toBe('g2');
});

test('are never in a file that holds another key than was decided', () => {
  writeFileSync(join(folder, 'g3.pem'), pair().privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const other = decided('g3', { act: 'ADD', kind: 'grant', print: grantKeyPrint(pair().publicKey) });
  expect(ringUnder(other)('harbor').grantKey.kid).toBe('g1');
});

test('are never read from outside the folder', () => {
  const name = `../${folder.split('/').at(-1)}/g2`;
  expect(ringUnder(decided(name, { act: 'ADD', kind: 'grant', print }))('harbor').grantKey.kid).toBe('g1');
});

test.each([
  ['a revoked key is the last', 'harbor', decided('g1', { act: 'REVOKE' })],
  ['the bank has none', 'summit', adding],
])('are none where %s', (_words, bank, decision) => {
  const read = () => ringUnder(decision)(bank).grantKey;
  expect(read).toThrow(expect.objectContaining({ code: 'BANK_UNAVAILABLE' }));
});

test('are still there to tell a bank with that its last grant key was revoked', () => {
  expect(ringUnder(decided('g1', { act: 'REVOKE' }))('harbor').macKey).toBe(macKey);
});

test('are none while the decisions are not known freshly', () => {
  isStale = true;
  const keys = ringUnder()('harbor');
  for (const read of [() => keys.grantKey, () => keys.macKey]) {
    expect(read).toThrow(expect.objectContaining({ code: 'STALE' }));
  }
});
