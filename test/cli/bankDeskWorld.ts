/** `ringfence bank` against a running gateway’s admin socket, over a store in memory. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { adminSocketOf, listenForAdmin } from '../../src/cli/adminSocket.js';
import { bankCommand } from '../../src/cli/bank.js';
import { bankCounter } from '../../src/cli/bankCounter.js';
import type { BankDesk } from '../../src/cli/bankDesk.js';
import { createLogger } from '../../src/gateway/index.js';
import {
  createConsentStore,
  createCustomerLinks,
  createKeyStore,
  createRegistryStore,
  storeKeysOf,
} from '../../src/store/index.js';
import { emptyEmbedded, type EmptyDatabase } from '../store/databases.js';
import { runIn, type Ran } from './running.js';

/** A desk that takes orders. */
export interface DeskWorld {
  readonly desk: BankDesk;
  readonly database: EmptyDatabase;
  end(): Promise<void>;
}

/** What a test has otherwise than usual. */
export interface DeskParts extends Partial<Pick<BankDesk, 'now' | 'applied'>> {
  readonly bankKeys?: Omit<BankDesk['bankKeys'], 'store'>;
}

/** Opens it over a folder of the test's own, and points commands at it until its end. */
export async function openDesk(folder: string, { bankKeys, ...parts }: DeskParts = {}): Promise<DeskWorld> {
  const keys = storeKeysOf(Buffer.alloc(32, 1));
  const database = await emptyEmbedded();
  const gateway = await database.open('gateway');
  const desk: BankDesk = {
    configured: demoAgreements,
    registry: createRegistryStore(gateway),
    repository: createConsentStore(gateway, keys),
    links: createCustomerLinks(gateway, keys),
    keys,
    bankKeys: { configured: { kind: 'known', keys: [] }, ...bankKeys, store: createKeyStore(gateway, keys) },
    now: () => new Date(),
    applied: async () => undefined,
    ...parts,
  };
  const store = join(folder, 'store');
  mkdirSync(store);
  const close = await listenForAdmin(adminSocketOf(store), bankCounter(desk, createLogger('silent')));
  process.env['RINGFENCE_STORE'] = store;
  const end = async (): Promise<void> => {
    delete process.env['RINGFENCE_STORE'];
    await close();
    await database.end();
    rmSync(folder, { recursive: true });
  };
  return { desk, database, end };
}

/** `ringfence bank …`. */
export function run(...words: string[]): Promise<Ran> {
  const command = bankCommand();
  command.commands.forEach((inner) => inner.exitOverride());
  return runIn(process.cwd(), command, words);
}

/** The same, by alice, for a test. */
export function acting(...words: string[]): Promise<Ran> {
  return run(...words, '--as', 'alice', '--reason', 'a test');
}
