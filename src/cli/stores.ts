/** Settings of the store → the ports that a gateway rests on: consents, decisions about banks, receipts. */
import {
  createAgreementRegistry,
  createConsentPort,
  createKeyRegistry,
  createMemoryRepository,
  currentAgreements,
  underRegistry,
  type AgreementRegistry,
  type ConsentRepository,
  type KeyRegistry,
  type RegisteredAgreementPort,
  type RevocationNotices,
  type Roll,
} from '../consent/index.js';
import { Departures, Witnesses } from '../gateway/index.js';
import type { AudienceKeys } from '../partition/index.js';
import type { ConsentPort } from '../policy/index.js';
import { countRefusals, createMemoryJournal, type ReceiptJournal } from '../receipt/index.js';
import { createKeyRing } from './keyRing.js';
import type { KeptStores } from './keptStores.js';
import type { LateStores } from './lateStores.js';
import { monotonicMs, type StoresWanted } from './storesWanted.js';

/** How a bank (or `wallet`) knows a customer; undefined where it has not said so. */
export type CustomerReference = (customer: string, bank: string) => Promise<string | undefined>;

/** What a gateway rests on. */
export interface Stores {
  readonly repository: ConsentRepository;
  readonly consents: ConsentPort;
  readonly agreements: AgreementRegistry;
  /** The same, throwing STALE while what is known of the decisions is too old: for what rests on no standing. */
  readonly currentAgreements: RegisteredAgreementPort;
  /** How the keys of banks stand. */
  readonly bankKeys: KeyRegistry;
  /** The keys to speak to a bank with now; see {@link createKeyRing}. */
  readonly keysOf: (bank: string) => AudienceKeys;
  readonly journal: ReceiptJournal;
  readonly customerReference: CustomerReference;
  /** The answers on their way to their sockets. */
  readonly departures: Departures;
  /** Where signed states of the receipts go. */
  readonly witnesses: Witnesses;
  /** Revocations that banks have not heard of yet; absent where nothing is kept: no bank is told then. */
  readonly notices?: RevocationNotices;
  close(): Promise<void>;
}

/**
 * Opens them. A server that does not answer is tried again for as long as it takes: until then every port of it refuses with
 * STALE, and the open graph can serve. Rejects with a `StoreFault` for a store that can never be used as it is.
 */
export async function openStores(options: StoresWanted): Promise<Stores> {
  const { settings, configured, vault, now, logger } = options;
  const agreements = createAgreementRegistry(configured, { now, monotonicMs });
  // Where nothing is kept nothing is decided, and what is configured is as fresh as ever.
  const requireFresh = (): void => void (settings.kind === 'kept' && agreements.revision());
  const bankKeys = createKeyRegistry(vault.configured, { now, requireFresh });
  const books: Books = {
    agreements,
    currentAgreements: settings.kind === 'kept' ? currentAgreements(agreements) : agreements,
    bankKeys,
    keysOf: createKeyRing({ registry: bankKeys, vault, logger }),
    departures: new Departures(),
    witnesses: new Witnesses(),
  };
  if (settings.kind === 'memory') return { ...memoryStores(options, books), ...books };
  // No database is loaded where none is wanted.
  const late = new (await import('./lateStores.js')).LateStores({ ...options, ...books, settings });
  await late.open();
  return { ...portsOf(late, books), ...books };
}

/** What there is before a store answers. */
type Books = Pick<Stores, 'agreements' | 'currentAgreements' | 'bankKeys' | 'keysOf' | 'departures' | 'witnesses'>;

function portsOf(late: LateStores, { agreements, bankKeys }: Books): Omit<Stores, keyof Books> {
  const consents: ConsentPort = {
    standing: (question, at) => late.use(({ consents: port }) => port.standing(question, at)),
    epoch: (customer) => late.use(({ consents: port }) => port.epoch(customer)),
    knownEpoch: (customer) => late.there().consents.knownEpoch(customer),
  };
  return {
    repository: repositoryOf(late),
    consents: underRegistry(consents, { revision: () => agreements.revision() + bankKeys.revision() }),
    journal: {
      append: (batch) => late.use(({ journal }) => journal.append(batch)),
      ofCustomer: (...asked) => late.use(({ journal }) => journal.ofCustomer(...asked)),
      groups: async () => {
        const groups = await late.use(({ journal }) => journal.groups());
        return lateRoll(late, () => groups);
      },
    },
    customerReference: (customer, bank) => late.use(({ links }) => links.reference(customer, bank)),
    notices: {
      due: () => late.use(({ notices }) => notices.due()),
      told: (consent) => late.use(({ notices }) => notices.told(consent)),
    },
    close: () => late.close(),
  };
}

function repositoryOf(late: LateStores): ConsentRepository {
  const repository = ({ repository: found }: KeptStores): ConsentRepository => found;
  return {
    ofCustomer: (customer) => late.use((stores) => repository(stores).ofCustomer(customer)),
    known: (customer) => late.there().repository.known(customer),
    change: (customer, step) => late.use((stores) => repository(stores).change(customer, step)),
    roll: () => lateRoll(late, (stores) => repository(stores).roll()),
    customersOf: (search) => late.use((stores) => repository(stores).customersOf(search)),
  };
}

function lateRoll<Entry extends object>(late: LateStores, rollIn: (stores: KeptStores) => Roll<Entry>): Roll<Entry> {
  return {
    names: (span) => late.use((stores) => rollIn(stores).names(span)),
    entries: (names) => late.use((stores) => rollIn(stores).entries(names)),
  };
}

/** Nothing is decided and nobody is linked: all of it ends with the process. */
function memoryStores(
  { seeds = [], now, logger }: StoresWanted,
  { agreements, departures }: Books,
): Omit<Stores, keyof Books> {
  const kept = createMemoryRepository(seeds);
  const onFailure = (error: unknown): void => logger.error({ err: error }, 'refusals could not be written');
  const journal = countRefusals(createMemoryJournal(), { now, onFailure });
  const repository: ConsentRepository = {
    ...kept,
    change: async (customer, step) => {
      const result = await kept.change(customer, step);
      await departures.settled();
      return result;
    },
  };
  return {
    repository,
    consents: createConsentPort(repository, agreements, now),
    journal,
    customerReference: async () => undefined,
    close: () => journal.close(),
  };
}
