/** Keeps the agreements and keys of banks in memory as new as the decisions in the database. */
import type { AgreementRegistry, AgreementVersion, KeyRegistry } from '../consent/index.js';
import type { KeyStore, ReadKeyDecisions } from './bankKeys.js';
import type { Database } from './database.js';
import { createLooker } from './looker.js';
import { createRegistryStore, registryChannel } from './registry.js';

/** What a follower goes by. */
export interface FollowerOptions {
  readonly registry: AgreementRegistry;
  /** Where decisions about keys are read, and who goes by them. */
  readonly keys: { readonly store: KeyStore; readonly registry: KeyRegistry };
  /** Milliseconds that only ever grow. */
  readonly monotonicMs: () => number;
  /** Told of each reading that failed. What rests on the registry fails closed by itself when readings go on failing. */
  readonly onFailure: (error: unknown) => void;
  /** How often the decisions are read where no notice asks for it sooner. */
  readonly everyMs?: number;
}

/** A follower at work. */
export interface RegistryFollower {
  /** Reads what is new now; resolves when it has been applied. Rejects when the database does not answer. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const usualEveryMs = 1000;

/** Reads the decisions once, then whenever there may be new ones. Rejects when the first reading fails. */
export async function followRegistry(database: Database, options: FollowerOptions): Promise<RegistryFollower> {
  const { registry, keys, monotonicMs, onFailure, everyMs = usualEveryMs } = options;
  const store = createRegistryStore(database);
  let known: readonly AgreementVersion[] = [];
  let knownKeys: ReadKeyDecisions | undefined;
  const read = async (): Promise<void> => {
    const readAt = monotonicMs();
    known = [...known, ...(await store.versionsAfter(known.length))];
    knownKeys = await keys.store.all(knownKeys);
    keys.registry.apply(knownKeys.decisions);
    // Last, as freshness is the registry's: what is known of keys is never older than it says.
    registry.apply(known, readAt);
  };
  const looker = createLooker(read);
  await looker.look();
  const look = (): void => void looker.look().catch(onFailure);
  const timer = setInterval(look, everyMs);
  const unlisten = await database.listen(registryChannel, look, onFailure);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await unlisten();
    await looker.rest();
  };
  return { refresh: () => looker.look(), stop };
}
