/** How banks know the platform's customers, in the database: names keyed, references sealed. */
import type { Transaction } from 'kysely';
import type { Database } from './database.js';
import { actAsOwner } from './registry.js';
import { keyedName, openContent, sealContent, type StoreKeys } from './sealing.js';
import type { Tables } from './tables.js';

/** What came of linking: `taken` when the bank has already given another reference for that customer, which stays. */
export type LinkOutcome = 'linked' | 'taken';

/** Where the links are kept. */
export interface CustomerLinks {
  /** Undefined where the bank has not said how it knows the customer. */
  reference(customer: string, bank: string): Promise<string | undefined>;
  /** Linking the same twice is linking once. Needs the owner's rights, as does {@link CustomerLinks.unlink}. */
  link(customer: string, bank: string, reference: string): Promise<LinkOutcome>;
  /** True where there was a link. */
  unlink(customer: string, bank: string): Promise<boolean>;
}

/** The links in `database`. */
export function createCustomerLinks(database: Database, keys: StoreKeys): CustomerLinks {
  const nameOf = (customer: string, bank: string): Buffer => keyedName(keys.names, 'link', customer, bank);
  const open = (name: Buffer, sealed: Uint8Array): string => openContent(keys.consents, contextOf(name), sealed);
  return {
    reference: async (customer, bank) => {
      const name = nameOf(customer, bank);
      const row = await database.query
        .selectFrom('ringfence_links')
        .select('reference')
        .where('name', '=', name)
        .executeTakeFirst();
      return row && open(name, row.reference);
    },
    link: (customer, bank, reference) =>
      database.transaction(async (transaction) => {
        await actAsOwner(transaction);
        const name = nameOf(customer, bank);
        await addLink(transaction, name, sealContent(keys.consents, contextOf(name), reference));
        const { reference: kept } = await transaction
          .selectFrom('ringfence_links')
          .select('reference')
          .where('name', '=', name)
          .executeTakeFirstOrThrow();
        return open(name, kept) === reference ? 'linked' : 'taken';
      }),
    unlink: (customer, bank) =>
      database.transaction(async (transaction) => {
        await actAsOwner(transaction);
        const gone = await transaction
          .deleteFrom('ringfence_links')
          .where('name', '=', nameOf(customer, bank))
          .executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
  };
}

async function addLink(transaction: Transaction<Tables>, name: Buffer, reference: Buffer): Promise<void> {
  await transaction
    .insertInto('ringfence_links')
    .values({ name, reference })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

function contextOf(name: Buffer): string {
  return `link ${name.toString('hex')}`;
}
