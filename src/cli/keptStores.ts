/** One opened database → what rests on it, in this process. */
import {
  createConsentPort,
  type AgreementRegistry,
  type Consent,
  type ConsentRepository,
  type KeyRegistry,
  type RevocationNotices,
} from '../consent/index.js';
import type { Departures, Witnesses } from '../gateway/index.js';
import type { ConsentPort } from '../policy/index.js';
import { countRefusals, type ReceiptJournal } from '../receipt/index.js';
import {
  checkpointKeysOf,
  createCustomerLinks,
  createKeyStore,
  createReceiptStore,
  createRegistryStore,
  createRestoreGuard,
  createRevocationNotices,
  followRegistry,
  markFile,
  openReceiptMarks,
  receiptMarkFile,
  type ReceiptMarks,
  openDatabase,
  startLiveConsents,
  storeFaultOf,
  storeKeysOf,
  withNats,
  type CustomerLinks,
  type Database,
} from '../store/index.js';
import { adminSocketOf, listenForAdmin } from './adminSocket.js';
import { bankCounter } from './bankCounter.js';
import type { BankDesk } from './bankDesk.js';
import type { KeyDesk } from './keyDesk.js';
import { receiptCounter } from './receiptCounter.js';
import type { StoreSettings } from './storeSettings.js';
import { monotonicMs, type StoresWanted } from './storesWanted.js';

/** What rests on an opened store. */
export interface KeptStores {
  readonly repository: ConsentRepository;
  readonly consents: ConsentPort;
  readonly journal: ReceiptJournal;
  readonly links: Pick<CustomerLinks, 'reference'>;
  readonly notices: RevocationNotices;
  close(): Promise<void>;
}

/** What a store is opened with. */
export interface KeptStoresOptions extends StoresWanted {
  readonly settings: Extract<StoreSettings, { kind: 'kept' }>;
  readonly agreements: AgreementRegistry;
  readonly bankKeys: KeyRegistry;
  /** The answers on their way to their sockets: a revocation is acknowledged once they are there. */
  readonly departures: Departures;
  /** Where signed states of the receipts go. */
  readonly witnesses: Witnesses;
}

/** Opens it, as the gateway. Rejects with a `StoreFault` where it cannot be used; nothing is left open then. */
export async function openKeptStores(options: KeptStoresOptions): Promise<KeptStores> {
  const database = await opened(options);
  const closing: (() => Promise<void>)[] = [() => database.close()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    return { ...(await restOn(database, options, (end) => closing.push(end))), close };
  } catch (error) {
    await close();
    throw storeFaultOf(error);
  }
}

/** As the gateway, hearing of changes where the settings say. */
async function opened({ settings, logger }: KeptStoresOptions): Promise<Database> {
  const { database: where, nats, secret } = settings;
  const database = await openDatabase(where, 'gateway');
  const onFailure = (error: unknown): void => logger.warn({ err: error }, 'changes are not told');
  return nats ? withNats(database, nats, { keys: storeKeysOf(secret), onFailure }) : database;
}

async function restOn(
  database: Database,
  options: KeptStoresOptions,
  onClose: (end: () => Promise<void>) => void,
): Promise<Omit<KeptStores, 'close'>> {
  const { settings, agreements, configured, now, logger, seeds = [] } = options;
  const keys = storeKeysOf(settings.secret);
  const guard = await createRestoreGuard(database, markFile(settings.markFile));
  const repository = await startLiveConsents(database, keys, {
    guard,
    monotonicMs,
    wallClock: options.wallClock ?? now,
    onFailure: (error) => logger.warn({ err: storeFaultOf(error) }, 'changes of consents could not be read'),
    departed: () => options.departures.settled(),
    onUnreadable: (consent, err) => logger.error({ consent, err }, 'a consent cannot be read: auditors are told so'),
  });
  onClose(() => repository.stop());
  const bankKeys = keyDesk(database, options);
  const follower = await followRegistry(database, {
    registry: agreements,
    keys: { store: bankKeys.store, registry: options.bankKeys },
    monotonicMs,
    onFailure: (error) => logger.warn({ err: storeFaultOf(error) }, 'decisions about banks could not be read'),
  });
  onClose(() => follower.stop());
  const journal = await journalIn(database, options, onClose);
  const links = createCustomerLinks(database, keys);
  await sow(repository, seeds);
  const applied = async (): Promise<void> => {
    await follower.refresh();
    await options.departures.settled();
  };
  const registry = createRegistryStore(database);
  const desk = { configured, registry, repository, links, keys, bankKeys, now, applied };
  onClose(await takeOrders(database, options, desk));
  const notices = createRevocationNotices(database, keys, (consent, err) =>
    logger.error({ consent, err }, 'a bank cannot be told of a revocation: the consent does not open'),
  );
  return { repository, consents: createConsentPort(repository, agreements, now), journal, links, notices };
}

/** As a gateway, which knows what it holds. */
function keyDesk(database: Database, { settings, vault }: KeptStoresOptions): KeyDesk {
  return {
    store: createKeyStore(database, storeKeysOf(settings.secret)),
    configured: { kind: 'known', keys: vault.configured },
    holds: (key) => vault.held(key) !== undefined,
  };
}

/** Listens for commands where the store is this process's alone; gives what ends that. Where it cannot, it serves without. */
async function takeOrders(
  database: Database,
  { settings, now, logger }: KeptStoresOptions,
  desk: BankDesk,
): Promise<() => Promise<void>> {
  const { database: where, secret, markFile: markFileOfStore } = settings;
  const nothing = (): Promise<void> => Promise.resolve();
  if (where.kind !== 'embedded' || where.folder === undefined) return nothing;
  const receipts = { database, secret, now, configured: desk.configured, mark: receiptMarkFile(markFileOfStore) };
  const handle = receiptCounter(receipts, logger, bankCounter(desk, logger));
  return listenForAdmin(adminSocketOf(where.folder), handle).catch((error: unknown) => {
    logger.warn({ err: error }, 'commands cannot reach this gateway: stop it for those that need its store');
    return nothing;
  });
}

/** Refusals are counted before they are kept. Closing writes what is still counted, then what waits, and signs the end. */
async function journalIn(
  database: Database,
  options: KeptStoresOptions,
  onClose: (end: () => Promise<void>) => void,
): Promise<ReceiptJournal> {
  const { settings, now, logger, witnesses } = options;
  const onFailure = (error: unknown): void =>
    logger.error({ err: storeFaultOf(error) }, 'receipts could not be written or counted');
  const kept = createReceiptStore(database, storeKeysOf(settings.secret), {
    checkpointKey: checkpointKeysOf(settings.secret).privateKey,
    mode: settings.receipts,
    onWitness: (statement) => witnesses.hand(statement),
    marks: await marksIn(database, options),
    now,
    onFailure,
    onUnreadable: ({ id: receipt, chain, seq }) =>
      logger.error({ receipt, chain, seq }, 'a receipt cannot be read: run `ringfence receipts verify`'),
    onDamage: (chain) => logger.error({ chain }, 'a chain of receipts was damaged: run `ringfence receipts verify`'),
  });
  const counted = countRefusals(kept, { now, onFailure });
  onClose(() => kept.close());
  onClose(() => counted.close());
  return counted;
}

/** What this machine has seen of the receipts, held against the store at once. */
function marksIn(database: Database, { settings, logger }: KeptStoresOptions): Promise<ReceiptMarks> {
  return openReceiptMarks(database, {
    file: receiptMarkFile(settings.markFile),
    signers: [checkpointKeysOf(settings.secret).publicKey],
    onGone: ({ marked: { chain, seq, at }, end = 0 }) =>
      logger.error(
        { chain, marked: { seq, at: new Date(at).toISOString() }, end },
        'receipts that this machine has seen are gone from a chain, or were rewritten: run `ringfence receipts verify`',
      ),
    onOther: (aside) =>
      logger.warn(
        { aside },
        'the store was confirmed as restored, or made anew: a new mark of its receipts begins, and the old one is put aside',
      ),
  });
}

/** Writes the seeds of each customer about whom nothing was ever stored. */
async function sow(repository: ConsentRepository, seeds: readonly Consent[]): Promise<void> {
  for (const customer of new Set(seeds.map((seed) => seed.customer))) {
    const own = seeds.filter((seed) => seed.customer === customer);
    await repository.change(customer, ({ epoch }) => ({ consents: epoch === 0 ? own : [], result: undefined }));
  }
}
