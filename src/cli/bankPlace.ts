/** Where `ringfence bank` finds the store, and who carries an order out: the running gateway, or this process. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import type { RegisteredAgreement } from '../consent/index.js';
import { InternalFault, printProblem, StartFault } from '../fault/index.js';
import { loadConfig, type Config } from '../gateway/index.js';
import {
  createCustomerLinks,
  createKeyStore,
  createRegistryStore,
  openDatabase,
  startLiveConsents,
  withNats,
  storeKeysOf,
  type Database,
  type DatabaseSettings,
} from '../store/index.js';
import { adminSocketOf, askAdmin } from './adminSocket.js';
import { carryOut, type BankAnswer, type BankDesk } from './bankDesk.js';
import type { BankOrder } from './bankOrder.js';
import { clockOffsetOf, portOf } from './environment.js';
import { projectRoot } from './projectRoot.js';
import { configuredAgreements } from './configuredAgreements.js';
import { configuredBankKeys, configuredKeys } from './configuredKeys.js';
import type { KeysConfigured } from './keysConfigured.js';
import { configuredStore, demoStore, type Environment, type StoreSettings } from './storeSettings.js';
import { monotonicMs } from './storesWanted.js';

/** A store, and the agreements that are configured beside it. */
export interface BankPlace {
  readonly settings: Extract<StoreSettings, { kind: 'kept' }>;
  readonly configured: readonly RegisteredAgreement[];
  /** The keys that are configured; unknown where this machine does not hold them, or a demo makes them anew. */
  readonly bankKeys: KeysConfigured;
  readonly now: () => Date;
}

/** The store of the gateway that `config` configures; of the demo on `PORT` where there is no `config`. */
export async function bankPlaceOf(config: string | undefined, environment: Environment): Promise<BankPlace> {
  if (config === undefined) return demoPlace(environment);
  const outcome = await loadConfig(config);
  if (outcome.kind === 'problems') {
    const lines = ['the configuration does not hold:', ...outcome.problems.map(printProblem)];
    throw new StartFault('CONFIG_INVALID', lines.join('\n  '));
  }
  const folder = dirname(resolve(config));
  const settings = keptOnly(configuredStore(outcome.config, folder, environment));
  const configured = configuredAgreements(outcome.config);
  return { settings, configured, bankKeys: keysHere(outcome.config, folder), now: () => new Date() };
}

/** An operator’s machine need not hold the keys: what may be decided without them goes by their names. */
function keysHere(config: Config, folder: string): KeysConfigured {
  try {
    return { kind: 'known', keys: configuredBankKeys(config, configuredKeys(config, folder)) };
  } catch (error) {
    if (error instanceof StartFault) return { kind: 'unknown', why: error.message };
    throw error;
  }
}

function demoPlace(environment: Environment): BankPlace {
  const port = portOf(environment['PORT'], { name: 'PORT', fallback: 4000, span: 1 });
  const settings = keptOnly(demoStore(projectRoot(), port, environment));
  const offsetMs = clockOffsetOf(environment['RINGFENCE_CLOCK']);
  const bankKeys = { kind: 'unknown', why: 'the demo makes them anew in each run' } as const;
  return { settings, configured: demoAgreements, bankKeys, now: () => new Date(Date.now() + offsetMs) };
}

function keptOnly(settings: StoreSettings): Extract<StoreSettings, { kind: 'kept' }> {
  if (settings.kind === 'kept') return settings;
  throw new StartFault('CONFIG_INVALID', 'this gateway keeps nothing: there is no store that a command could change');
}

/** A command reads and changes the store of a gateway, and makes none: nobody shall take an empty one for an answer. */
export function requireStore(where: DatabaseSettings): void {
  if (where.kind === 'server' || where.folder === undefined || existsSync(join(where.folder, 'data'))) return;
  const how = 'say which gateway with `--config`, `PORT`, `RINGFENCE_STORE` or `DATABASE_URL`';
  throw new StartFault('CONFIG_INVALID', `there is no ${storeName(where)}: ${how}`);
}

/** Words for an operator: which store an order is about. No password. */
export function storeName(where: DatabaseSettings): string {
  if (where.kind === 'embedded') return `store in \`${relative('.', where.folder ?? '') || '.'}\``;
  const { host, pathname } = new URL(where.url);
  return `store on \`${host}${pathname}\``;
}

/**
 * Has an order carried out. Where a gateway runs over an embedded store, by that gateway, so that it goes by it at once; else
 * in this process, as the store's owner. Rejects with words for an operator.
 */
export async function order(place: BankPlace, wanted: BankOrder): Promise<BankAnswer> {
  const { database: where } = place.settings;
  if (where.kind === 'embedded' && where.folder !== undefined) {
    const answer = await askAdmin(adminSocketOf(where.folder), wanted);
    if (answer?.kind === 'done') return answer.result as BankAnswer;
    if (answer?.kind === 'refused') throw new InternalFault(answer.message);
  }
  requireStore(where);
  const opened = await openDatabase(where, 'owner');
  const { nats, secret } = place.settings;
  const told = { keys: storeKeysOf(secret), onFailure: () => undefined };
  const database = nats ? withNats(opened, nats, told) : opened;
  try {
    return await carryOutOn(database, place, wanted);
  } finally {
    await database.close();
  }
}

/** Takes part as an instance does, so that what it changes in consents is done once every gateway has applied it. */
async function carryOutOn(database: Database, { configured, bankKeys, now, settings }: BankPlace, wanted: BankOrder) {
  const keys = storeKeysOf(settings.secret);
  const repository = await startLiveConsents(database, keys, { monotonicMs, onFailure: () => undefined });
  const desk: BankDesk = {
    configured,
    registry: createRegistryStore(database),
    repository,
    links: createCustomerLinks(database, keys),
    keys,
    bankKeys: { store: createKeyStore(database, keys), configured: bankKeys },
    now,
    applied: async () => undefined,
  };
  try {
    return await carryOut(desk, wanted);
  } finally {
    await repository.stop();
  }
}
