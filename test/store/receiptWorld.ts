import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { DamagedReceipt, Receipt } from '../../src/receipt/index.js';
import {
  createReceiptStore,
  type Database,
  readReceipts,
  type ReceiptStoreOptions,
  storeKeysOf,
} from '../../src/store/index.js';

/** Keys that nobody else has. */
export const keys = storeKeysOf(randomBytes(32));

/** The pair that signs checkpoints. */
export const signing = generateKeyPairSync('ed25519');

/** No test lasts so long that its stores, closed or not, sign by the clock. */
const never = 2 ** 31 - 1;

/** A store of receipts whose failures break the test, unless `options` say otherwise. It signs after 10,000 entries, and when it is closed. */
export function receiptStore(database: Database, options: Partial<ReceiptStoreOptions> = {}) {
  return createReceiptStore(database, keys, {
    checkpointKey: signing.privateKey,
    now: () => new Date(),
    checkpoints: { everyEntries: 10_000, everyMs: never },
    onFailure: (error) => {
      throw error;
    },
    onDamage: (chain) => {
      throw new Error(`chain ${chain} is damaged`);
    },
    ...options,
  });
}

/** Every receipt in a database. */
export async function allIn(database: Database): Promise<readonly (Receipt | DamagedReceipt)[]> {
  const all: (Receipt | DamagedReceipt)[] = [];
  for await (const part of readReceipts(database, keys).all()) all.push(...part);
  return all;
}
