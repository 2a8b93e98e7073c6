/** Receipts in the store: `ReceiptJournal` over SQL, chained, grouped and signed. */
import type { KeyObject } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { isDamaged } from '../receipt/index.js';
import type { DamagedReceipt, Receipt, ReceiptEntry, ReceiptJournal, WitnessStatement } from '../receipt/index.js';
import type { Database } from './database.js';
import { ChainWriter, type OnDamage } from './receiptChains.js';
import { Checkpoints } from './receiptCheckpoints.js';
import type { ReceiptMarks } from './receiptMarks.js';
import { ReceiptCustomers } from './receiptCustomers.js';
import { ReceiptCounting } from './receiptCounting.js';
import { ReceiptGroups } from './receiptGroups.js';
import { ReceiptReader } from './receiptPages.js';
import { GroupCommit, type ReceiptMode } from './receiptQueue.js';
import type { StoreKeys } from './sealing.js';

/** How receipts are kept. What is absent is as usual. */
export interface ReceiptStoreOptions {
  /** An Ed25519 private key that signs checkpoints. */
  readonly checkpointKey: KeyObject;
  readonly now: () => Date;
  /** `strict` where absent. */
  readonly mode?: ReceiptMode;
  /** Most entries that wait to be written: 10,000. */
  readonly capacity?: number;
  /** How long a `strict` append waits: 2,000 ms. */
  readonly patienceMs?: number;
  /** A checkpoint after so many entries: 10,000; and so often: every 60,000 ms in which something was written. */
  readonly checkpoints?: { readonly everyEntries: number; readonly everyMs: number };
  /** Handed to banks as witnesses. */
  readonly onWitness?: (statement: WitnessStatement) => void;
  /** What this machine has seen of the chains; absent: nothing is marked. */
  readonly marks?: ReceiptMarks;
  /** Told of what an operator should look at: a write that failed, a chain that was damaged. */
  readonly onFailure: (error: unknown) => void;
  readonly onDamage: OnDamage;
  /** Told of a receipt that cannot be read, when a customer's list meets it or it is counted for auditors. */
  readonly onUnreadable?: (receipt: DamagedReceipt) => void;
  /** Resolves when an auditor has waited long enough for receipts to be counted: after 2 s. */
  readonly countingPatience?: () => Promise<void>;
}

/** A journal in the store. */
export interface ReceiptStore extends ReceiptJournal {
  /** Writes what waits and signs the end of the chain. */
  close(): Promise<void>;
}

const usual = { capacity: 10_000, patienceMs: 2_000, everyEntries: 10_000, everyMs: 60_000, countingMs: 2_000 };
const mostKnownSets = 10_000;

/**
 * The journal in `database`. An append costs one statement for all that was handed in since the last one began, and more only
 * for customers and sets of coordinates that are new to this process.
 */
export function createReceiptStore(database: Database, keys: StoreKeys, options: ReceiptStoreOptions): ReceiptStore {
  const { mode = 'strict', onFailure, onDamage, onWitness = () => undefined, checkpointKey: key, now } = options;
  const { capacity = usual.capacity, patienceMs = usual.patienceMs } = options;
  const { everyEntries, everyMs } = options.checkpoints ?? usual;
  const marked = options.marks && { marks: options.marks };
  const customers = new ReceiptCustomers(database, keys);
  const writer = new ChainWriter(database, keys, { onDamage, ...marked });
  const sets = new CoordinateSets(database);
  const checkpoints = new Checkpoints(database, { key, now, everyEntries, everyMs, onWitness, onFailure, ...marked });
  const write = async (entries: readonly ReceiptEntry[]): Promise<void> => {
    await sets.keep(entries);
    const names = await customers.named(entries.flatMap(({ customer }) => customer ?? []));
    const prepared = entries.map((entry) => ({ entry, name: names.get(entry.customer ?? '') }));
    checkpoints.reached(await writer.append(prepared));
  };
  const onUnreadable = options.onUnreadable ?? (() => undefined);
  const patience = options.countingPatience ?? (() => setTimeout(usual.countingMs, undefined, { ref: false }));
  const counting = new ReceiptCounting(database, keys, { patience, onUnreadable, onFailure });
  const groups = new ReceiptGroups(database, keys);
  const queue = new GroupCommit(write, { mode, capacity, patienceMs, onFailure });
  const reader = new ReceiptReader(database, keys, customers);
  return {
    append: (batch) => queue.add(batch),
    ofCustomer: async (customer, filter, range) => {
      const page = await reader.ofCustomer(customer, filter, range);
      page?.receipts.filter(isDamaged).forEach(onUnreadable);
      return page;
    },
    groups: async () => {
      await counting.upToDate();
      return groups;
    },
    close: async () => {
      await queue.close();
      await counting.close();
      await checkpoints.close();
    },
  };
}

/** Receipts as they are read, by those who write none. */
export interface ReceiptReading extends Pick<ReceiptJournal, 'ofCustomer'> {
  /** Every receipt, in parts, chain by chain, oldest first. Cost grows with the journal. */
  all(): AsyncIterable<readonly (Receipt | DamagedReceipt)[]>;
  /** Every set of coordinates, by its hash in hex. */
  coordinateSets(): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Reads what a store of receipts has written. */
export function readReceipts(database: Database, keys: StoreKeys): ReceiptReading {
  const reader = new ReceiptReader(database, keys, new ReceiptCustomers(database, keys));
  return {
    ofCustomer: (customer, filter, range) => reader.ofCustomer(customer, filter, range),
    all: () => reader.all(),
    coordinateSets: async () => {
      const rows = await database.query.selectFrom('ringfence_receipt_coordinates').selectAll().execute();
      return new Map(
        rows.map(({ hash, coordinates }) => [Buffer.from(hash).toString('hex'), coordinates as readonly string[]]),
      );
    },
  };
}

/** Sets of coordinates, each stored once. */
class CoordinateSets {
  private readonly known = new LRUCache<string, true>({ max: mostKnownSets });

  constructor(private readonly database: Pick<Database, 'query'>) {}

  async keep(entries: readonly ReceiptEntry[]): Promise<void> {
    const unknown = new Map<string, readonly string[]>();
    for (const { coordinatesHash, coordinates } of entries) {
      if (!this.known.has(coordinatesHash)) unknown.set(coordinatesHash, coordinates);
    }
    if (unknown.size === 0) return;
    const rows = [...unknown].map(([hash, set]) => ({
      hash: Buffer.from(hash, 'hex'),
      coordinates: JSON.stringify(set),
    }));
    await this.database.query
      .insertInto('ringfence_receipt_coordinates')
      .values(rows)
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
    for (const hash of unknown.keys()) this.known.set(hash, true);
  }
}
