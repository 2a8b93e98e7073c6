/** Receipts → how many agree in what auditors are shown: counted beside the chains, each receipt once, when an auditor asks. */
import { sql, type Transaction } from 'kysely';
import { ClientFault } from '../fault/index.js';
import { type DamagedReceipt, type ReceiptFacts, ReceiptTally } from '../receipt/index.js';
import type { Database } from './database.js';
import { chainedEntry, openReceiptAt, receiptId, type ReceiptRow } from './receiptContent.js';
import { partSize } from './receiptPages.js';
import { keyedName, sealContent, type StoreKeys } from './sealing.js';
import type { Tables } from './tables.js';

const nameBytes = 16;

/** What counting goes by. */
export interface CountingOptions {
  /** Resolves when a caller has waited long enough. */
  readonly patience: () => Promise<void>;
  /** Told of each receipt that could not be read, once, when it is counted as damaged. */
  readonly onUnreadable: (receipt: DamagedReceipt) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Where the counting of a chain stands. */
interface Counted {
  readonly chain: number;
  readonly seq: number;
}

/** Counts the receipts in `database`. INVARIANT: a receipt is counted in the transaction that says it is. */
export class ReceiptCounting {
  private counting: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly database: Database,
    private readonly keys: StoreKeys,
    private readonly options: CountingOptions,
  ) {}

  /**
   * Resolves once every receipt that was kept before the call is counted: one statement where nothing was written since the last
   * call, else some 60 µs a receipt. Throws STALE where that takes too long, and goes on.
   */
  async upToDate(): Promise<void> {
    const counted = this.counting.catch(() => undefined).then(() => this.count());
    this.counting = counted;
    const late = this.options.patience().then(() => 'late' as const);
    if ((await Promise.race([counted, late])) !== 'late') return;
    counted.catch(this.options.onFailure);
    throw new ClientFault('STALE', 'receipts are being counted: ask again in a minute');
  }

  /** Ends counting after the part that is under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.counting.catch(() => undefined);
  }

  private async count(): Promise<void> {
    for (;;) {
      const behind = await this.behind();
      if (behind.length === 0 || this.isClosed) return;
      for (const counted of behind) await this.countPart(counted);
    }
  }

  /** The chains with receipts that are not counted yet. */
  private async behind(): Promise<readonly Counted[]> {
    const { rows } = await sql<{ chain: number; seq: number | string }>`
      select head.chain, coalesce(counted.seq, 0) as seq
      from ringfence_receipt_chains as head left join ringfence_receipt_counted as counted using (chain)
      where exists (
        select from ringfence_receipts as behind where behind.chain = head.chain and behind.seq > coalesce(counted.seq, 0)
      )`.execute(this.database.query);
    return rows.map(({ chain, seq }) => ({ chain, seq: Number(seq) }));
  }

  private async countPart(counted: Counted): Promise<void> {
    const rows = await this.database.query
      .selectFrom('ringfence_receipts')
      .selectAll()
      .where('chain', '=', counted.chain)
      .where('seq', '>', counted.seq)
      .orderBy('seq')
      .limit(partSize)
      .execute();
    const seq = Number(rows.at(-1)?.seq ?? counted.seq);
    const { groups, damaged } = tallied(this.keys, rows);
    const isOurs = await this.database.transaction(async (transaction) => {
      // Another instance may have counted them meanwhile.
      if (!(await move(transaction, counted, seq))) return false;
      await add(transaction, groups);
      return true;
    });
    if (isOurs) damaged.forEach(this.options.onUnreadable);
  }
}

/**
 * Takes the receipts of a chain up to `seq` out of the counts, before they are deleted in the same transaction. Needs the owner's
 * rights.
 */
export async function uncount(
  transaction: Transaction<Tables>,
  keys: StoreKeys,
  { chain, seq }: Counted,
): Promise<void> {
  await transaction
    .insertInto('ringfence_receipt_counted')
    .values({ chain, seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const counted = await transaction
    .selectFrom('ringfence_receipt_counted')
    .select('seq')
    .where('chain', '=', chain)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const rows = await transaction
    .selectFrom('ringfence_receipts')
    .selectAll()
    .where('chain', '=', chain)
    .where('seq', '<=', Math.min(seq, Number(counted.seq)))
    .execute();
  await take(transaction, tallied(keys, rows).groups);
  await transaction
    .updateTable('ringfence_receipt_counted')
    .set({ seq })
    .where('chain', '=', chain)
    .where('seq', '<', seq)
    .execute();
}

/** What a group's row holds, sealed: `customer` is the pseudonym in hex, so that an erasure finds nothing here to destroy. */
export type GroupContent = ReceiptFacts | 'damaged';

interface Tallied {
  /** In the order of names, so that two who count wait for each other and do not lock each other out. */
  readonly groups: readonly Tables['ringfence_receipt_groups'][];
  readonly damaged: readonly DamagedReceipt[];
}

/** A receipt that cannot be read is a group of its own. */
function tallied(keys: StoreKeys, rows: readonly ReceiptRow[]): Tallied {
  const tally = new ReceiptTally();
  const damaged = rows.flatMap((row): DamagedReceipt | [] => {
    const entry = chainedEntry(row);
    try {
      const customer = entry.customer && { customer: hexOf(entry.customer) };
      tally.add({ ...openReceiptAt(keys, entry).receipt, ...customer });
      return [];
    } catch {
      return { kind: 'damaged', id: receiptId(keys, entry), chain: entry.chain, seq: entry.seq };
    }
  });
  const groups = [
    ...tally.groups().map(([key, { count, ...facts }]) => rowOf(keys, key, { content: facts, count })),
    ...damaged.map(({ id }) => rowOf(keys, `damaged ${id}`, { content: 'damaged', count: 1 })),
  ];
  return { groups: groups.sort((one, other) => Buffer.compare(one.name, other.name)), damaged };
}

function rowOf(
  keys: StoreKeys,
  key: string,
  { content, count }: { readonly content: GroupContent; readonly count: number },
): Tables['ringfence_receipt_groups'] {
  const name = keyedName(keys.receipts, 'group of receipts', key).subarray(0, nameBytes);
  return { name, sealed: sealContent(keys.receipts, groupContext(name), JSON.stringify(content)), count };
}

/** False where the chain's counting does not stand where it was believed to. */
async function move(transaction: Transaction<Tables>, from: Counted, seq: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('ringfence_receipt_counted')
    .values({ chain: from.chain, seq })
    .onConflict((conflict) =>
      conflict.column('chain').doUpdateSet({ seq }).where('ringfence_receipt_counted.seq', '=', from.seq),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

async function add(transaction: Transaction<Tables>, groups: Tallied['groups']): Promise<void> {
  if (groups.length === 0) return;
  await transaction
    .insertInto('ringfence_receipt_groups')
    .values([...groups])
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ count: sql`ringfence_receipt_groups.count + excluded.count` }),
    )
    .execute();
}

async function take(transaction: Transaction<Tables>, groups: Tallied['groups']): Promise<void> {
  for (let at = 0; at < groups.length; at += partSize) {
    const part = groups.slice(at, at + partSize);
    await add(
      transaction,
      part.map((group) => ({ ...group, count: -Number(group.count) })),
    );
    const names = part.map(({ name }) => name);
    await transaction
      .deleteFrom('ringfence_receipt_groups')
      .where('name', 'in', names)
      .where('count', '<=', 0)
      .execute();
  }
}

/** What binds a group's content to its row. */
export function groupContext(name: Uint8Array): string {
  return `group of receipts ${hexOf(name)}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
