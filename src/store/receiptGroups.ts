/** The groups that are counted, as auditors page through them. */
import type { Roll, RollSpan } from '../consent/index.js';
import type { ReceiptGroup } from '../receipt/index.js';
import type { Database } from './database.js';
import { type GroupContent, groupContext } from './receiptCounting.js';
import { ReceiptCustomers, type ReceiptOwner } from './receiptCustomers.js';
import { erasedName } from './receiptPages.js';
import { openContent, type StoreKeys } from './sealing.js';
import type { Tables } from './tables.js';

/** The roll of the groups in `database`, as far as receipts are counted. */
export class ReceiptGroups implements Roll<ReceiptGroup> {
  private readonly customers: ReceiptCustomers;

  constructor(
    private readonly database: Database,
    private readonly keys: StoreKeys,
  ) {
    this.customers = new ReceiptCustomers(database, keys);
  }

  async names({ from, below, most }: RollSpan): Promise<readonly string[]> {
    let names = this.database.query
      .selectFrom('ringfence_receipt_groups')
      .select('name')
      .where('name', '>=', Buffer.from(from, 'hex'))
      .orderBy('name');
    if (below !== undefined) names = names.where('name', '<', Buffer.from(below, 'hex'));
    if (most !== undefined) names = names.limit(most);
    return (await names.execute()).map(({ name }) => hexOf(name));
  }

  async entries(names: readonly string[]): Promise<ReadonlyMap<string, ReceiptGroup | 'damaged'>> {
    if (names.length === 0) return new Map();
    const rows = await this.database.query
      .selectFrom('ringfence_receipt_groups')
      .selectAll()
      .where(
        'name',
        'in',
        names.map((name) => Buffer.from(name, 'hex')),
      )
      .execute();
    const opened = rows.map((row) => ({ name: hexOf(row.name), content: this.opened(row), count: Number(row.count) }));
    const owners = await this.customers.owners(opened.flatMap(({ content }) => pseudonymOf(content)));
    return new Map(opened.map(({ name, content, count }) => [name, groupOf(content, count, owners)]));
  }

  private opened({ name, sealed }: Tables['ringfence_receipt_groups']): GroupContent {
    try {
      return JSON.parse(openContent(this.keys.receipts, groupContext(name), sealed)) as GroupContent;
    } catch {
      return 'damaged';
    }
  }
}

function pseudonymOf(content: GroupContent): Buffer | [] {
  return content === 'damaged' || content.customer === undefined ? [] : Buffer.from(content.customer, 'hex');
}

/** Under the customer's name, or what stands for a customer who was erased. */
function groupOf(
  content: GroupContent,
  count: number,
  owners: ReadonlyMap<string, ReceiptOwner | 'damaged'>,
): ReceiptGroup | 'damaged' {
  if (content === 'damaged') return content;
  const { customer: pseudonym, ...facts } = content;
  if (pseudonym === undefined) return { ...facts, count };
  const owner = owners.get(pseudonym);
  if (owner === 'damaged') return owner;
  return { ...facts, customer: owner?.customer ?? erasedName(Buffer.from(pseudonym, 'hex')), count };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
