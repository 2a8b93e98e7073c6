import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sql, type Transaction } from 'kysely';
import { consentStates, legalSteps, type Consent, type ConsentState } from '../../src/consent/index.js';
import { createConsentStore, storeKeysOf, type Database } from '../../src/store/index.js';
import { customerName } from '../../src/store/consentRows.js';
import type { Tables } from '../../src/store/tables.js';
import { makeConsent } from '../consent/makeConsent.js';
import { onEachDatabase } from './databases.js';

const keys = storeKeysOf(Buffer.alloc(32, 7));
const forbidden = { code: '42501' };

/** What `work` does as the gateway within one customer's rows. */
function within(database: Database, customer: string, work: (transaction: Transaction<Tables>) => Promise<unknown>) {
  return database.transaction(async (transaction) => {
    const setting = customer === '*' ? customer : customerName(keys, customer).toString('hex');
    await sql`select set_config('ringfence.customer', ${setting}, true)`.execute(transaction);
    return work(transaction);
  });
}

onEachDatabase('in a migrated database', (open) => {
  const stored = async (facts: Partial<Consent> = {}): Promise<Consent> => {
    const consent = makeConsent({ id: randomUUID(), customer: randomUUID(), ...facts });
    const store = createConsentStore(await open(), keys);
    await store.change(consent.customer, () => ({ consents: [consent], result: undefined }));
    return consent;
  };

  describe('the gateway', () => {
    test.each([
      'delete from ringfence_consents',
      'delete from ringfence_customers',
      'truncate ringfence_consents cascade',
      "update ringfence_consents set customer = '\\x00'",
      "update ringfence_consents set purpose = 'P2P_PAYMENT'",
      'update ringfence_consents set position = 9',
      "update ringfence_customers set customer = '\\x00'",
      'delete from ringfence_changes',
      'update ringfence_changes set customer = null',
      "insert into ringfence_changes (transaction) values ('1')",
      'update ringfence_store set generation = gen_random_uuid()',
      'insert into ringfence_schema values (99, $$x$$)',
      'insert into ringfence_registry values (1)',
      'drop table ringfence_consents',
      'create table mine (id integer)',
      'alter table ringfence_consents disable row level security',
    ])('may not: %s', async (statement) => {
      const database = await open();
      await expect(sql.raw(statement).execute(database.query)).rejects.toMatchObject(forbidden);
    });

    test('sees no consent, and changes none, unless it says whose', async () => {
      await stored();
      const { query } = await open();
      expect(await query.selectFrom('ringfence_consents').select('id').execute()).toEqual([]);
      const change = await query.updateTable('ringfence_consents').set({ state: 'REVOKED' }).executeTakeFirst();
      expect(change.numUpdatedRows).toBe(0n);
    });

    test('sees the consents of whom it names, and of nobody else', async () => {
      const [one, other] = [await stored(), await stored()];
      const seen = await within(await open(), one.customer, (transaction) =>
        transaction.selectFrom('ringfence_consents').select('id').execute(),
      );
      expect(seen).toEqual([{ id: one.id }]);
      expect(other.id).not.toBe(one.id);
    });

    test('changes nothing while it reads those of all', async () => {
      const consent = await stored();
      const change = await within(await open(), '*', async (transaction) => {
        const row = transaction.updateTable('ringfence_consents').where('id', '=', consent.id);
        return (await row.set({ state: 'SUSPENDED' }).executeTakeFirst()).numUpdatedRows;
      });
      expect(change).toBe(0n);
    });

    test('writes no consent for a customer whom it did not name', async () => {
      const [one, other] = [await stored(), await stored()];
      const row = {
        id: randomUUID(),
        customer: customerName(keys, other.customer),
        position: 2,
        purpose: 'ACCOUNT_SERVICING',
        state: 'ACTIVE',
        state_since: new Date(),
        holder: null,
        sealed: randomBytes(8),
      } as const;
      const insert = within(await open(), one.customer, (transaction) =>
        transaction.insertInto('ringfence_consents').values(row).execute(),
      );
      await expect(insert).rejects.toMatchObject(forbidden);
    });
  });

  test.each([
    "update ringfence_consents set state = 'REVOKED'",
    'insert into ringfence_customers values ($$x$$, 1, $$y$$)',
    'insert into ringfence_changes (customer) values (null)',
  ])('an auditor may not: %s', async (statement) => {
    const database = await open('auditor');
    await expect(sql.raw(statement).execute(database.query)).rejects.toMatchObject(forbidden);
  });

  test('an auditor sees the rows of all', async () => {
    const { id } = await stored();
    const { query } = await open('auditor');
    expect(await query.selectFrom('ringfence_consents').select('id').where('id', '=', id).execute()).toEqual([{ id }]);
  });

  test('an epoch moves by one and never back', async () => {
    const { customer } = await stored();
    const epochTo = (epoch: number) =>
      within(awaited, customer, (transaction) =>
        transaction.updateTable('ringfence_customers').set({ epoch }).execute(),
      );
    const awaited = await open();
    await expect(epochTo(0)).rejects.toThrow('an epoch moves by one');
    await expect(epochTo(3)).rejects.toThrow('an epoch moves by one');
    await expect(epochTo(2)).resolves.toBeDefined();
  });

  test('a consent goes from state to state exactly as one or more legal steps take it, its owner too', async () => {
    const owner = await open('owner');
    const reaches = async (id: string, to: ConsentState): Promise<boolean> => {
      const move = owner.transaction(async (transaction) => {
        await transaction.updateTable('ringfence_consents').set({ state: to }).where('id', '=', id).execute();
        throw new Undone();
      });
      return (await move.catch((error: unknown) => error)) instanceof Undone;
    };
    const taken: [ConsentState, ConsentState[]][] = [];
    for (const from of consentStates) {
      const { id } = await stored({ state: from });
      const others = consentStates.filter((state) => state !== from);
      const reached = await Promise.all(others.map((to) => reaches(id, to)));
      taken.push([from, others.filter((_, at) => reached[at])]);
    }
    const legal = consentStates.map((from) => [from, consentStates.filter((to) => to !== from && leadsTo(from, to))]);
    expect(taken).toEqual(legal);
  });

  test('a final state keeps its moment', async () => {
    const { id } = await stored({ state: 'REVOKED' });
    const row = (await open('owner')).query.updateTable('ringfence_consents').where('id', '=', id);
    await expect(row.set({ state_since: new Date(0) }).execute()).rejects.toThrow('cannot go from REVOKED to REVOKED');
  });
});

class Undone extends Error {}

/** True where legal steps, one after the other, lead from the one state to the other. */
function leadsTo(from: ConsentState, to: ConsentState, seen: readonly ConsentState[] = []): boolean {
  return legalSteps[from].some((next) => next === to || (!seen.includes(next) && leadsTo(next, to, [...seen, next])));
}
