import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { revoke, type ConsentRepository } from '../../src/consent/index.js';
import {
  acceptRestored,
  createConsentStore,
  createRestoreGuard,
  markFile,
  storeKeysOf,
  type Database,
  type MarkKeeper,
  type StoreMark,
} from '../../src/store/index.js';
import { makeConsent, noonMs } from '../consent/makeConsent.js';
import { onEachDatabase, type EmptyDatabase } from './databases.js';

const keys = storeKeysOf(Buffer.alloc(32, 7));
const refused = { reason: 'STORE_RESTORED' };

/** A mark in memory, as one instance keeps it. */
function keeper(mark?: StoreMark): MarkKeeper & { readonly mark: () => StoreMark | undefined } {
  let kept = mark;
  return { read: () => kept, write: (next) => void (kept = next), mark: () => kept };
}

/** A store as one instance opens it. */
async function instance(database: Database, kept: MarkKeeper): Promise<ConsentRepository> {
  return createConsentStore(database, keys, { guard: await createRestoreGuard(database, kept) });
}

const consent = makeConsent({ id: randomUUID() });
const grantIt = () => ({ consents: [consent], result: undefined });

onEachDatabase('a store put back to a backup that was made before a revocation', (open, _, copy) => {
  const kept = keeper();
  let backup: EmptyDatabase;
  beforeAll(async () => {
    await (await instance(await open(), kept)).change('customer-1', grantIt);
    backup = await copy();
    const store = await instance(await open(), kept);
    await store.change('customer-1', revoke(consent.id, noonMs));
  });
  afterAll(() => backup.end());

  test('goes on serving where it was not put back', async () => {
    const store = await instance(await open(), kept);
    expect((await store.ofCustomer('customer-1')).consents).toMatchObject([{ state: 'REVOKED' }]);
  });

  test('is refused by an instance that knows of the revocation', async () => {
    await expect(createRestoreGuard(await backup.open(), kept)).rejects.toMatchObject(refused);
  });

  test('is refused in mid-service, read and change alike', async () => {
    const guard = await createRestoreGuard(await open(), keeper(kept.mark()));
    const store = createConsentStore(await backup.open(), keys, { guard });
    await expect(store.ofCustomer('customer-1')).rejects.toMatchObject(refused);
    await expect(store.change('customer-1', grantIt)).rejects.toMatchObject(refused);
    await expect(store.roll().names({ from: '0'.repeat(32) })).rejects.toMatchObject(refused);
  });

  test('stays refused when as much was written to it as was lost', async () => {
    const store = await instance(await backup.open(), keeper());
    await store.change('customer-2', () => ({
      consents: [makeConsent({ id: randomUUID(), customer: 'customer-2' })],
      result: undefined,
    }));
    await expect(createRestoreGuard(await backup.open(), keeper(kept.mark()))).rejects.toMatchObject(refused);
  });

  test('is refused by an instance without a mark where its history is another one', async () => {
    const other = await backup.open('owner');
    await sql`update ringfence_store set history = 'another server/1'`.execute(other.query);
    await expect(createRestoreGuard(await backup.open(), keeper())).rejects.toMatchObject(refused);
  });

  test('serves once an operator has confirmed it, and is refused when put back again', async () => {
    const older = keeper(kept.mark());
    await acceptRestored(await backup.open('owner'));
    const store = await instance(await backup.open(), older);
    expect((await store.ofCustomer('customer-1')).consents).toMatchObject([{ state: 'ACTIVE' }]);
    await expect(createRestoreGuard(await open(), older)).rejects.toMatchObject(refused);
  });
});

test('a mark comes back out of its file as it was, and anything else in it is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-mark-'));
  const file = markFile(join(folder, 'store.mark'));
  expect(file.read()).toBeUndefined();
  const mark = { generation: randomUUID(), at: 5, change: { id: '7', token: randomUUID() } };
  file.write(mark);
  expect(markFile(join(folder, 'store.mark')).read()).toEqual(mark);
  for (const text of ['', '{}', '{"generation":"a","at":1,"change":{"id":1}}']) {
    writeFileSync(join(folder, 'store.mark'), text);
    expect(() => file.read()).toThrow('holds no mark of a store');
  }
  rmSync(folder, { recursive: true });
});
