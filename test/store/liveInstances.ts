/** Instances that decide on consents over one database, with clocks and faults that a test sets. */
import { randomUUID } from 'node:crypto';
import type { ConsentRepository } from '../../src/consent/index.js';
import {
  createConsentStore,
  type Database,
  type LiveConsents,
  type LiveOptions,
  startLiveConsents,
  storeKeysOf,
} from '../../src/store/index.js';
import { makeConsent } from '../consent/makeConsent.js';

/** The keys of the store that these instances share. */
export const keys = storeKeysOf(Buffer.alloc(32, 9));

/** So rarely that only notices, and who calls `refresh`, make an instance look. */
const never = 2 ** 31 - 1;

/** A clock that a test sets. */
export class Clock {
  now = 1_000;

  readonly monotonicMs = (): number => this.now;
}

/** A clock that is a second later each time it is looked at. */
export class Hasty extends Clock {
  override readonly monotonicMs = (): number => (this.now += 1_000);
}

/** Gives a customer a consent of its own. */
export const grantTo = async (repository: ConsentRepository, customer: string): Promise<void> => {
  const consent = makeConsent({ id: randomUUID(), customer });
  await repository.change(customer, () => ({ consents: [consent], result: undefined }));
};

/** How often a repository says that a customer's consents changed. */
export const epochOf = async (repository: ConsentRepository, customer: string): Promise<number> =>
  (await repository.ofCustomer(customer)).epoch;

/** The code of a refusal; `an answer` where there is none. */
export const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'an answer',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );

/** The database with something in its way. */
function withFaults(database: Database, faults: Partial<Database>): Database {
  return Object.defineProperties(
    {
      kind: database.kind,
      query: database.query,
      transaction: (work) => database.transaction(work),
      listen: (...heard) => database.listen(...heard),
      close: () => database.close(),
    } satisfies Database,
    Object.getOwnPropertyDescriptors(faults),
  );
}

/** An instance with it hears no notices. */
export const deaf = { listen: async () => async () => undefined };

/** Instances over the database of a test file. */
export interface Instances {
  /** Starts one that nothing but notices and `refresh` makes look. */
  readonly start: (options?: Partial<LiveOptions>, faults?: Partial<Database>) => Promise<LiveConsents>;
  /** Stops all that were started. */
  readonly stop: () => Promise<void>;
}

/** Instances that share what `open` opens. */
export function instancesOver(open: () => Promise<Database>): Instances {
  const started: LiveConsents[] = [];
  return {
    start: async (options = {}, faults = {}) => {
      const live = await startLiveConsents(withFaults(await open(), faults), keys, {
        monotonicMs: () => performance.now(),
        onFailure: () => undefined,
        everyMs: never,
        ...options,
      });
      started.push(live);
      return live;
    },
    stop: async () => {
      for (const live of started.splice(0)) await live.stop();
    },
  };
}

/** What stands in the database, whoever knows of it. */
export async function epochOfStore(open: () => Promise<Database>, customer: string): Promise<number> {
  return epochOf(createConsentStore(await open(), keys), customer);
}
