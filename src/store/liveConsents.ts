/** Consents as one instance decides on them: in memory, never older than its lease, forgotten when they change. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ConsentChange, ConsentRepository, ConsentSearch, CustomerConsents } from '../consent/index.js';
import { ClientFault } from '../fault/index.js';
import { refuseSkew } from './clockSkew.js';
import { customerName } from './consentRows.js';
import { changesChannel, createConsentStore, type ConsentStoreOptions, type NotedChange } from './consents.js';
import type { Database } from './database.js';
import {
  type Awaited,
  changesSince,
  confirm,
  forget,
  leaseMs,
  leave,
  newestUnapplied,
  type ReadChanges,
  untilApplied,
} from './instances.js';
import { createLooker, type Looker } from './looker.js';
import { requireVersion } from './migrate.js';
import { OtherLeases } from './otherLeases.js';
import type { StoreKeys } from './sealing.js';
import { StoreFault } from './storeFault.js';

const usualEveryMs = 1_000;
const mostCustomers = 20_000;
/** Readings of one customer that changes meanwhile, before it is given up. */
const mostReadings = 10;

/** What live consents go by. */
export interface LiveOptions extends Pick<ConsentStoreOptions, 'guard' | 'onUnreadable'> {
  /** Milliseconds that only ever grow. */
  readonly monotonicMs: () => number;
  /** This machine's clock, which must agree with the database's; absent: they are not compared. */
  readonly wallClock?: () => Date;
  /** Told of each reading of changes that failed; decisions are refused with STALE once the lease is over. */
  readonly onFailure: (error: unknown) => void;
  /** Resolves when every answer that passed its last check before the call is on its socket. */
  readonly departed?: () => Promise<void>;
  /** How often changes are read where no notice asks for it sooner. */
  readonly everyMs?: number;
}

/** Live consents at work. */
export interface LiveConsents extends ConsentRepository {
  /** Reads what changed now; resolves when it is applied and said to be. Rejects when the database does not answer. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Begins to follow the changes, and rejects when the first reading fails. Reading a customer costs nothing in steady state, and one
 * transaction the first time and after each change. Reading rejects with STALE when changes could not be read for 5 s, and as soon
 * as they are read where the store was put back, has another schema, or goes by another time. A change resolves when no instance
 * decides on what was before it, this one included; one that writes nothing, when none decides on what was before what it found.
 */
export async function startLiveConsents(
  database: Database,
  keys: StoreKeys,
  options: LiveOptions,
): Promise<LiveConsents> {
  const live = new Live(database, keys, options);
  await live.start();
  return live;
}

/** A reading of one customer under way. */
interface Reading {
  readonly name: string;
  /** True once the customer changed after the reading began: what it brings may be what was before. */
  overtaken: boolean;
}

class Live implements LiveConsents {
  private readonly id = randomUUID();
  private readonly store: ConsentRepository;
  private readonly kept: LRUCache<string, CustomerConsents>;
  private readonly readings = new Set<Reading>();
  private readonly acknowledgements = new Map<string, Promise<void>>();
  private seen: string | undefined;
  private leaseEnds = -Infinity;
  private readonly looker: Looker = createLooker(() => this.apply());
  private readonly leases: OtherLeases;
  private timer: NodeJS.Timeout | undefined;
  private unlisten: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly keys: StoreKeys,
    private readonly options: LiveOptions,
  ) {
    const { guard, onUnreadable } = options;
    const onChange = (change: NotedChange, customer: string): void => this.changed(change, customer);
    this.store = createConsentStore(database, keys, {
      ...(guard && { guard }),
      ...(onUnreadable && { onUnreadable }),
      onChange,
    });
    this.kept = new LRUCache({ max: mostCustomers });
    this.leases = new OtherLeases(this.id, options.monotonicMs);
  }

  async start(): Promise<void> {
    await this.refresh();
    const look = (): void => void this.refresh().catch(this.options.onFailure);
    this.timer = setInterval(look, this.options.everyMs ?? usualEveryMs).unref();
    const { onFailure } = this.options;
    this.unlisten = await this.database.listen(changesChannel, look, onFailure);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.unlisten();
    await this.looker.rest();
    this.leaseEnds = -Infinity;
    await leave(this.database, this.id).catch(this.options.onFailure);
  }

  refresh(): Promise<void> {
    return this.looker.look();
  }

  async ofCustomer(customer: string): Promise<CustomerConsents> {
    const name = this.nameOf(customer);
    for (let left = mostReadings; left > 0; left -= 1) {
      this.requireLease();
      const current = this.kept.get(name) ?? (await this.read(customer, name));
      if (current !== undefined) return current;
    }
    throw new ClientFault('STALE');
  }

  known(customer: string): CustomerConsents | undefined {
    this.requireLease();
    return this.kept.get(this.nameOf(customer));
  }

  async change<Result>(customer: string, step: (current: CustomerConsents) => ConsentChange<Result>): Promise<Result> {
    let wrote = false;
    const noting = (current: CustomerConsents): ConsentChange<Result> => {
      const change = step(current);
      wrote = change.consents.length > 0;
      return change;
    };
    const result = await this.store.change(customer, noting).catch((error: unknown) => {
      // It may be durable all the same.
      this.forget(this.nameOf(customer));
      throw error;
    });
    await Promise.all([this.acknowledgements.get(customer), wrote || this.othersApplied(customer)]);
    return result;
  }

  roll() {
    return this.store.roll();
  }

  customersOf(search: ConsentSearch) {
    return this.store.customersOf(search);
  }

  private isLeaseOver(): boolean {
    return this.options.monotonicMs() >= this.leaseEnds;
  }

  private requireLease(): void {
    if (this.isLeaseOver()) throw new ClientFault('STALE');
  }

  /** Undefined where the customer changed meanwhile, or the lease was over and is taken anew. Rejects with STALE where it is over. */
  private async read(customer: string, name: string): Promise<CustomerConsents | undefined> {
    const reading: Reading = { name, overtaken: false };
    this.readings.add(reading);
    try {
      const current = await this.store.ofCustomer(customer);
      if (reading.overtaken) return undefined;
      this.requireLease();
      this.kept.set(name, current);
      return current;
    } finally {
      this.readings.delete(reading);
    }
  }

  /**
   * INVARIANT: what changed is forgotten before the lease is taken anew, and all where the one before is over by then; answers that
   * passed their last check before are on their sockets, and the lease counts from before the reading began.
   */
  private async apply(): Promise<void> {
    const began = this.options.monotonicMs();
    const { snapshot, customers, instances } = await this.soundChanges();
    this.leases.see(instances);
    customers.forEach((name) => this.forget(name));
    if (customers.length > 0) await this.options.departed?.();
    await confirm(this.database, this.id, snapshot);
    // Nobody waited for this instance while it had no lease: a change since the snapshot may be acknowledged already.
    if (this.isLeaseOver()) this.forgetEveryone();
    this.seen = snapshot;
    this.leaseEnds = began + leaseMs;
    await forget(this.database, this.leases.over());
  }

  /** What changed. Where the store is not one to decide by, all that was read in it is forgotten, and the lease is over. */
  private async soundChanges(): Promise<ReadChanges> {
    const { wallClock, guard } = this.options;
    const before = wallClock?.().getTime();
    const read = await changesSince(this.database, this.seen);
    try {
      requireVersion(read.version);
      const after = wallClock?.().getTime();
      if (before !== undefined && after !== undefined) refuseSkew({ before, store: read.at.getTime(), after });
      await guard?.check(this.database.query);
    } catch (error) {
      if (error instanceof StoreFault) {
        this.leaseEnds = -Infinity;
        this.forgetEveryone();
      }
      throw error;
    }
    return read;
  }

  private forgetEveryone(): void {
    this.kept.clear();
    for (const reading of this.readings) reading.overtaken = true;
  }

  /** A change of this instance's own, as soon as it is durable. */
  private changed(change: NotedChange, customer: string): void {
    this.forget(this.nameOf(customer));
    const before = this.acknowledgements.get(customer) ?? Promise.resolve();
    const own = Promise.all([before, this.acknowledged(change.id)]).then(() => undefined);
    this.acknowledgements.set(customer, own);
    void own.finally(() => {
      if (this.acknowledgements.get(customer) === own) this.acknowledgements.delete(customer);
    });
  }

  /** Where a step found nothing to write, it answers by a change that this instance, or another, may not have applied yet. */
  private async othersApplied(customer: string): Promise<void> {
    this.forget(this.nameOf(customer));
    const [change] = await Promise.all([
      newestUnapplied(this.database, customerName(this.keys, customer), this.others()),
      this.options.departed?.(),
    ]);
    if (change !== undefined) await this.acknowledged(change);
  }

  private async acknowledged(change: string): Promise<void> {
    const { monotonicMs, departed } = this.options;
    const awaited = { change, monotonicMs, ...this.others() };
    await Promise.all([departed?.(), untilApplied(this.database, awaited)]);
  }

  /** Whom an acknowledgement waits for: every other instance whose lease may run. */
  private others(): Pick<Awaited, 'id' | 'isOver'> {
    return { id: this.id, isOver: (other) => this.leases.isOver(other) };
  }

  private forget(name: string): void {
    this.kept.delete(name);
    for (const reading of this.readings) if (reading.name === name) reading.overtaken = true;
  }

  private nameOf(customer: string): string {
    return customerName(this.keys, customer).toString('hex');
  }
}
