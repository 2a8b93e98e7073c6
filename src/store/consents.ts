/** Consents in the store: {@link ConsentRepository} over SQL. */
import { sql, type Transaction, type UpdateResult } from 'kysely';
import type {
  Consent,
  ConsentChange,
  ConsentRepository,
  ConsentSearch,
  CustomerConsents,
  Roll,
  RollSpan,
} from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import {
  changingColumns,
  customerName,
  holderName,
  openAnswered,
  openConsent,
  sealAnswered,
  type SealedConsent,
} from './consentRows.js';
import type { Database } from './database.js';
import type { RestoreGuard } from './restoreGuard.js';
import { noteRevocations } from './revocationNotices.js';
import type { StoreKeys } from './sealing.js';
import { storeFaultOf } from './storeFault.js';
import type { Tables } from './tables.js';

/** A row of `ringfence_changes`. */
export interface NotedChange {
  readonly id: string;
  readonly token: string;
}

/** What besides the database a store of consents may know. */
export interface ConsentStoreOptions {
  /** Refuses a restored copy that nobody has confirmed. */
  readonly guard?: RestoreGuard;
  /** Hears of each change of its own once it is durable, before the caller does. */
  readonly onChange?: (change: NotedChange, customer: string) => void;
  /** Told of a consent that an auditor's list leaves unread, by its id. */
  readonly onUnreadable?: (consent: string, error: unknown) => void;
}

/** The channel on which every change of consents is told. */
export const changesChannel = 'ringfence_changes';

const repetitions = 4;
const pageSize = 500;

/**
 * The repository. Every method is one transaction and rejects with a `StoreFault` where the store cannot be used. Reading
 * one customer costs one statement by key, a change five.
 */
export function createConsentStore(
  database: Database,
  keys: StoreKeys,
  options: ConsentStoreOptions = {},
): ConsentRepository {
  return new ConsentStore(database, keys, options);
}

/** Another transaction wrote the customer's first consent meanwhile. */
class Overtaken extends Error {}

class ConsentStore implements ConsentRepository {
  constructor(
    private readonly database: Database,
    private readonly keys: StoreKeys,
    private readonly options: ConsentStoreOptions,
  ) {}

  async ofCustomer(customer: string): Promise<CustomerConsents> {
    const name = customerName(this.keys, customer);
    return this.within(name, (transaction) => this.read(transaction, name));
  }

  known(): undefined {
    return undefined;
  }

  async change<Result>(customer: string, step: (current: CustomerConsents) => ConsentChange<Result>): Promise<Result> {
    const name = customerName(this.keys, customer);
    const { result, noted } = await this.within(name, async (transaction) => {
      const current = await this.lock(transaction, name);
      const change = step(current ?? nothing);
      refuseForeign(change, customer);
      return { result: change.result, noted: await this.write(transaction, { name, current, change }) };
    });
    if (noted !== undefined) {
      this.database.announce?.(changesChannel);
      this.options.onChange?.(noted, customer);
      this.options.guard?.noted(noted);
    }
    return result;
  }

  roll(): Roll<Consent> {
    return {
      names: (span) => this.within('*', (transaction) => idsIn(transaction, span)),
      entries: async (names) => {
        if (names.length === 0) return new Map();
        const rows = await this.within('*', (transaction) =>
          selectConsents(transaction)
            .where('id', 'in', [...names])
            .execute(),
        );
        return new Map(rows.map((row) => [row.id.replaceAll('-', ''), this.readable(row)]));
      },
    };
  }

  async customersOf(search: ConsentSearch): Promise<readonly string[]> {
    if (search.kind === 'consent' && !uuid.test(search.id)) return [];
    const rows = await this.within('*', (transaction) => {
      const rows = selectConsents(transaction);
      return search.kind === 'consent'
        ? rows.where('id', '=', search.id).execute()
        : rows.where('holder', '=', holderName(this.keys, search.bank, search.customerReference)).execute();
    });
    return [...new Set(rows.map((row) => openConsent(row, this.keys).customer))];
  }

  private readable(row: SealedConsent): Consent | 'damaged' {
    try {
      return openConsent(row, this.keys);
    } catch (error) {
      this.options.onUnreadable?.(row.id, error);
      return 'damaged';
    }
  }

  /** One transaction that reaches the rows of one customer (or reads those of all), run again where others were in its way. */
  private async within<Result>(whose: Buffer | '*', work: Work<Result>, again = repetitions): Promise<Result> {
    try {
      return await this.database.transaction(async (transaction) => {
        const setting = whose === '*' ? whose : whose.toString('hex');
        await sql`select set_config('ringfence.customer', ${setting}, true)`.execute(transaction);
        await this.options.guard?.check(transaction);
        return work(transaction);
      });
    } catch (error) {
      if (again === 0 || !wasInTheWay(error)) throw storeFaultOf(error);
    }
    return this.within(whose, work, again - 1);
  }

  /** In one statement, so that epoch and consents are of one instant. */
  private async read(transaction: Transaction<Tables>, name: Buffer): Promise<CustomerConsents> {
    const rows = await transaction
      .selectFrom('ringfence_customers as own')
      .leftJoin('ringfence_consents as consent', 'consent.customer', 'own.customer')
      .where('own.customer', '=', name)
      .orderBy('consent.position')
      .select(['own.epoch', 'own.answered'])
      .select(['consent.id', 'consent.purpose', 'consent.state', 'consent.state_since', 'consent.sealed'])
      .execute();
    const [first] = rows;
    if (first === undefined) return nothing;
    const consents = rows.flatMap(({ id, purpose, state, state_since, sealed }) =>
      id === null || purpose === null || state === null || state_since === null || sealed === null
        ? []
        : openConsent({ id, purpose, state, state_since, sealed }, this.keys),
    );
    return { epoch: first.epoch, consents, answered: openAnswered(first.answered, name, this.keys) };
  }

  /** As {@link ConsentStore.read}, with the customer's row locked first: what came to pass while waiting for it is seen. */
  private async lock(transaction: Transaction<Tables>, name: Buffer): Promise<CustomerConsents | undefined> {
    const locked = await transaction
      .selectFrom('ringfence_customers')
      .select('epoch')
      .where('customer', '=', name)
      .forUpdate()
      .executeTakeFirst();
    return locked === undefined ? undefined : this.read(transaction, name);
  }

  private async write(
    transaction: Transaction<Tables>,
    { name, current, change }: Writing,
  ): Promise<NotedChange | undefined> {
    const moved = change.consents.length > 0;
    if (!moved && change.answered === undefined) return undefined;
    const epoch = (current?.epoch ?? 0) + (moved ? 1 : 0);
    const answered = sealAnswered(change.answered ?? current?.answered ?? [], name, this.keys);
    if (current === undefined) await insertCustomer(transaction, { customer: name, epoch, answered });
    else {
      const row = transaction.updateTable('ringfence_customers').where('customer', '=', name);
      requireOne(await row.set({ epoch, answered }).executeTakeFirst());
    }
    await this.writeConsents(transaction, { name, current, change });
    if (!moved) return undefined;
    return transaction
      .insertInto('ringfence_changes')
      .values({ customer: name })
      .returning([sql<string>`id::text`.as('id'), 'token'])
      .executeTakeFirstOrThrow();
  }

  private async writeConsents(
    transaction: Transaction<Tables>,
    { name, current = nothing, change }: Writing,
  ): Promise<void> {
    const written = [...new Map(change.consents.map((consent) => [consent.id, consent])).values()];
    const known = new Set(current.consents.map(({ id }) => id));
    for (const consent of written.filter(({ id }) => known.has(id))) {
      const row = transaction.updateTable('ringfence_consents').where('id', '=', consent.id);
      requireOne(await row.set(changingColumns(consent, this.keys)).executeTakeFirst());
    }
    const rows = written
      .filter(({ id }) => !known.has(id))
      .map((consent, at) => {
        const { id, purpose } = consent;
        const position = known.size + at + 1;
        return { id, customer: name, position, purpose, ...changingColumns(consent, this.keys) };
      });
    for (let at = 0; at < rows.length; at += pageSize) {
      const page = rows.slice(at, at + pageSize);
      await transaction.insertInto('ringfence_consents').values(page).execute();
    }
    await noteRevocations(
      transaction,
      written.filter(({ id }) => known.has(id)),
    );
  }
}

type Work<Result> = (transaction: Transaction<Tables>) => Promise<Result>;

interface Writing {
  readonly name: Buffer;
  readonly current: CustomerConsents | undefined;
  readonly change: ConsentChange<unknown>;
}

const nothing: CustomerConsents = { epoch: 0, consents: [], answered: [] };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function selectConsents(transaction: Transaction<Tables>) {
  return transaction.selectFrom('ringfence_consents').select(['id', 'purpose', 'state', 'state_since', 'sealed']);
}

/** A name is the id's digits: random, as ids are drawn. */
async function idsIn(transaction: Transaction<Tables>, { from, below, most }: RollSpan): Promise<readonly string[]> {
  let ids = transaction.selectFrom('ringfence_consents').select('id').where('id', '>=', from).orderBy('id');
  if (below !== undefined) ids = ids.where('id', '<', below);
  if (most !== undefined) ids = ids.limit(most);
  return (await ids.execute()).map(({ id }) => id.replaceAll('-', ''));
}

async function insertCustomer(transaction: Transaction<Tables>, row: Tables['ringfence_customers']): Promise<void> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('ringfence_customers')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) throw new Overtaken();
}

function requireOne({ numUpdatedRows }: UpdateResult): void {
  if (numUpdatedRows !== 1n) throw new InternalFault('a row that was read could not be written');
}

function refuseForeign(change: ConsentChange<unknown>, customer: string): void {
  if (change.consents.every((consent) => consent.customer === customer)) return;
  throw new InternalFault('a step wrote a consent of another customer');
}

/** A serialization failure or a deadlock, which leave nothing behind, or a race for the first row. */
function wasInTheWay(error: unknown): boolean {
  return error instanceof Overtaken || /^40(001|P01)$/.test(String((error as { code?: unknown }).code));
}
