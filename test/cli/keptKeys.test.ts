/** The stores of one gateway, with an embedded store, while a command of its own machine decides about keys. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { adminSocketOf, askAdmin } from '../../src/cli/adminSocket.js';
import { heldKeysOf } from '../../src/cli/configuredKeys.js';
import { createKeyVault } from '../../src/cli/keyVault.js';
import { openStores, type Stores } from '../../src/cli/stores.js';
import { createLogger } from '../../src/gateway/index.js';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
const store = join(folder, 'store');
const keys = { grantKey: { kid: 'g1', key: generateKeyPairSync('ed25519').privateKey }, macKey: randomBytes(32) };
let stores: Stores;

function open(): Promise<Stores> {
  const vault = createKeyVault({
    configured: heldKeysOf('harbor', keys, 'm1'),
    folders: new Map(),
    monotonicMs: () => performance.now(),
  });
  const database = { kind: 'embedded', folder: store } as const;
  const kept = { kind: 'kept', database, secret: Buffer.alloc(32, 1), receipts: 'strict' } as const;
  const settings = { ...kept, markFile: join(folder, 'mark') };
  const logger = createLogger('silent');
  return openStores({ settings, configured: demoAgreements, vault, now: () => new Date(), logger });
}

beforeAll(async () => {
  stores = await open();
});
afterAll(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

test('a key that is revoked is out of use when the command has its answer, and answers under way are discarded', async () => {
  const before = await stores.consents.epoch('customer-1');
  expect(stores.keysOf('harbor')).toEqual(keys);
  const order = { kind: 'revoke-key', bank: 'harbor', kid: 'g1', by: 'alice', reason: 'a test' };
  expect(await askAdmin(adminSocketOf(store), order)).toMatchObject({ kind: 'done' });
  expect(() => stores.keysOf('harbor').grantKey).toThrow(expect.objectContaining({ code: 'BANK_UNAVAILABLE' }));
  expect(stores.keysOf('harbor').macKey).toBe(keys.macKey);
  expect(await stores.consents.epoch('customer-1')).toBeGreaterThan(before);
}, 60_000);

test('it stays out of use when the gateway is started again with the same configuration', async () => {
  await stores.close();
  stores = await open();
  expect(() => stores.keysOf('harbor').grantKey).toThrow(expect.objectContaining({ code: 'BANK_UNAVAILABLE' }));
  expect(stores.bankKeys.revoked()).toMatchObject([{ bank: 'harbor', kid: 'g1' }]);
}, 60_000);

test('a gateway that does not know this order refuses it', async () => {
  const order = { kind: 'forget-key', bank: 'harbor', kid: 'g1', by: 'alice', reason: 'a test' };
  expect(await askAdmin(adminSocketOf(store), order)).toMatchObject({ kind: 'refused' });
});
