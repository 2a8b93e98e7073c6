import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { grant, revoke, type Consent } from '../../src/consent/index.js';
import { consentablePurposes, maskOf } from '../../src/policy/index.js';
import { createConsentStore, storeKeysOf, type NotedChange } from '../../src/store/index.js';
import { makeConsent, noonMs } from '../consent/makeConsent.js';
import { consentMachineLaw } from '../laws/consentMachine.js';
import { consentRaceLaw } from '../laws/consentMachineRace.js';
import { onEachDatabase } from './databases.js';

const keys = storeKeysOf(Buffer.alloc(32, 7));

/** A consent with a random id, of a customer with a random name unless `facts` say whose. */
function randomConsent(facts: Partial<Consent> = {}): Consent {
  return makeConsent({ id: randomUUID(), customer: randomUUID(), ...facts });
}

const write =
  (...consents: Consent[]) =>
  () => ({ consents, result: undefined });

function order(customer: string, idempotencyKey: string) {
  return {
    customer,
    client: 'messenger',
    bank: 'harbor',
    customerReference: 'hb-1',
    purpose: 'ACCOUNT_SERVICING',
    categories: maskOf(['BALANCE']),
    accounts: ['hb-1-1'],
    duration: { kind: 'PERSISTENT' },
    region: 'US',
    idempotencyKey,
  } as const;
}

onEachDatabase('the store of consents', (open) => {
  const openStore = async (options = {}) => createConsentStore(await open(), keys, options);

  test('knows nothing of a customer without consents', async () => {
    const store = await openStore();
    expect(await store.ofCustomer('__proto__')).toEqual({ epoch: 0, consents: [], answered: [] });
  });

  test('gives back what was written, in the order in which it was made, through another handle', async () => {
    const consents = Array.from({ length: 5 }, (_, at) => randomConsent({ customer: 'order', version: at + 1 }));
    const store = await openStore();
    for (const consent of consents) await store.change('order', write(consent));
    const again = await openStore();
    expect(await again.ofCustomer('order')).toEqual({ epoch: 5, consents, answered: [] });
  });

  test('moves the epoch with a consent that is written, and only then', async () => {
    const store = await openStore();
    await store.change('still', () => ({ consents: [], result: undefined }));
    expect((await store.ofCustomer('still')).epoch).toBe(0);
    const answered = [{ client: 'messenger', key: 'k', terms: 't', consentId: randomUUID(), at: noonMs }];
    await store.change('still', () => ({ consents: [], answered, result: undefined }));
    expect(await store.ofCustomer('still')).toEqual({ epoch: 0, consents: [], answered });
  });

  test('writes nothing when a step throws, or writes for somebody else', async () => {
    const store = await openStore();
    const failing = () => {
      throw new Error('no');
    };
    await expect(store.change('whole', failing)).rejects.toThrow('no');
    const own = randomConsent({ customer: 'whole' });
    await expect(store.change('whole', write(own, randomConsent()))).rejects.toThrow('another customer');
    expect(await store.ofCustomer('whole')).toEqual({ epoch: 0, consents: [], answered: [] });
  });

  test('writes nothing when one of two consents cannot be written', async () => {
    const store = await openStore();
    const revoked = randomConsent({ customer: 'half', state: 'REVOKED' });
    await store.change('half', write(revoked));
    const revived = { ...revoked, state: 'ACTIVE' } as const;
    await expect(store.change('half', write(randomConsent({ customer: 'half' }), revived))).rejects.toThrow(
      'a consent cannot go from REVOKED to ACTIVE',
    );
    expect(await store.ofCustomer('half')).toEqual({ epoch: 1, consents: [revoked], answered: [] });
  });

  test('tells of each change when it is durable, before the caller hears of it', async () => {
    const told: string[] = [];
    const onChange = (change: NotedChange, customer: string): void => void told.push(`${customer} ${change.id}`);
    const store = await openStore({ onChange });
    await store.change('told', write(randomConsent({ customer: 'told' })));
    const rows = await sql<{ id: string }>`select max(id)::text as id from ringfence_changes`.execute(
      (await open()).query,
    );
    expect(told).toEqual([`told ${rows.rows[0]?.id}`]);
  });

  test('notifies every listener of a change, by its number', async () => {
    const numbers: string[] = [];
    const listener = await open();
    let heard: () => void = () => undefined;
    const notice = new Promise<void>((resolve) => (heard = resolve));
    const stop = await listener.listen('ringfence_changes', () => heard());
    const store = await openStore({ onChange: ({ id }: NotedChange) => numbers.push(id) });
    await store.change('notified', write(randomConsent({ customer: 'notified' })));
    await notice;
    expect(numbers).toEqual([expect.stringMatching(/^\d+$/)]);
    await stop();
  });

  test('finds whose a consent is, and whom a bank means', async () => {
    const store = await openStore();
    const [one, other] = ['found-1', 'found-2'].map((customer) =>
      randomConsent({ customer, customerReference: `at-harbor-${customer}` }),
    );
    for (const consent of [one, other]) await store.change(consent?.customer ?? '', write(consent as Consent));
    expect(await store.customersOf({ kind: 'consent', id: one?.id ?? '' })).toEqual(['found-1']);
    expect(await store.customersOf({ kind: 'consent', id: randomUUID() })).toEqual([]);
    expect(await store.customersOf({ kind: 'consent', id: "' or true --" })).toEqual([]);
    const holder = { kind: 'holder', bank: 'harbor', customerReference: 'at-harbor-found-2' } as const;
    expect(await store.customersOf(holder)).toEqual(['found-2']);
    expect(await store.customersOf({ ...holder, bank: 'summit' })).toEqual([]);
  });

  test('hands out every consent by its roll, in spans of names', async () => {
    const store = await openStore();
    const consents = Array.from({ length: 520 }, () => randomConsent({ customer: 'many' }));
    await store.change('many', write(...consents));
    const roll = store.roll();
    const middle = '8'.padEnd(32, '0');
    const names = [
      ...(await roll.names({ from: '0'.repeat(32), below: middle })),
      ...(await roll.names({ from: middle })),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual(names);
    expect(await roll.names({ from: names[1] ?? '', most: 2 })).toEqual(names.slice(1, 3));
    const entries = await roll.entries(names);
    expect([...entries.keys()].sort()).toEqual(names);
    const many = [...entries.values()].flatMap((entry) =>
      entry !== 'damaged' && entry.customer === 'many' ? entry.id : [],
    );
    expect(new Set(many)).toEqual(new Set(consents.map(({ id }) => id)));
  });

  test('can hold no purpose that nobody may consent to', async () => {
    const values = await sql<{ value: string }>`
      select unnest(enum_range(null::ringfence_purpose))::text as value`.execute((await open()).query);
    expect(values.rows.map(({ value }) => value)).toEqual(consentablePurposes);
    const store = await openStore();
    const stuffed = randomConsent({ customer: 'ads', purpose: 'AD_TARGETING' as never });
    await expect(store.change('ads', write(stuffed))).rejects.toThrow(/invalid input value for enum/);
  });

  test('keeps the key of a revocation with the revocation: another handle repeats it, and writes nothing', async () => {
    const [one, other] = [randomConsent({ customer: 'keyed' }), randomConsent({ customer: 'keyed' })];
    const key = { client: 'messenger', key: 'revoked once' };
    const store = await openStore();
    await store.change('keyed', write(one, other));
    const first = await store.change('keyed', revoke(one.id, noonMs, key));
    const stored = await store.ofCustomer('keyed');
    const told: string[] = [];
    const again = await openStore({ onChange: ({ id }: NotedChange) => void told.push(id) });
    expect(await again.change('keyed', revoke(one.id, noonMs + 1, key))).toEqual(first);
    expect(await again.change('keyed', revoke(other.id, noonMs + 1, key))).toEqual({ kind: 'keyReused' });
    expect([await again.ofCustomer('keyed'), told]).toEqual([stored, []]);
    expect(stored.consents.map(({ state }) => state)).toEqual(['REVOKED', 'ACTIVE']);
  });

  describe('with two instances at once', () => {
    test('makes one consent of many grants under one key, and each epoch once', async () => {
      const stores = [await openStore(), await openStore()];
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          stores[at % 2]?.change('race', grant(order('race', 'one key'), { now: noonMs, newId: randomUUID() })),
        ),
      );
      expect(new Set(outcomes.map((outcome) => outcome?.kind === 'granted' && outcome.consent.id)).size).toBe(1);
      const { epoch, consents } = await (await openStore()).ofCustomer('race');
      expect({ epoch, consents: consents.length }).toEqual({ epoch: 1, consents: 1 });
    });

    test('loses no change of one customer', async () => {
      const stores = [await openStore(), await openStore()];
      const changes = Array.from({ length: 20 }, (_, at) =>
        stores[at % 2]?.change('crowd', write(randomConsent({ customer: 'crowd' }))),
      );
      await Promise.all(changes);
      const { epoch, consents } = await (await openStore()).ofCustomer('crowd');
      expect({ epoch, consents: consents.length }).toEqual({ epoch: 20, consents: 20 });
    });

    test('a consent that one has revoked is in effect for none', async () => {
      const [one, other] = [await openStore(), await openStore()];
      const consent = randomConsent({ customer: 'gone' });
      await one.change('gone', write(consent));
      await other.change('gone', revoke(consent.id, noonMs));
      expect((await one.ofCustomer('gone')).consents).toMatchObject([{ id: consent.id, state: 'REVOKED' }]);
    });
  });

  describe('without its keys', () => {
    test('shows no name, bank, account or reference of anybody', async () => {
      const customer = 'mark-customer-77';
      const consent = randomConsent({
        customer,
        bank: 'mark-bank',
        customerReference: 'mark-reference',
        accounts: ['mark-account'],
        client: 'mark-client',
      });
      await (await openStore()).change(customer, write(consent));
      const rows = await sql<{ row: string }>`
        select to_jsonb(ringfence_consents)::text as row from ringfence_consents
        union all select to_jsonb(ringfence_customers)::text from ringfence_customers
        union all select to_jsonb(ringfence_changes)::text from ringfence_changes`.execute((await open('owner')).query);
      const shown = rows.rows.map(({ row }) => Buffer.from(row.replaceAll(/\\\\x([0-9a-f]+)/g, '$1'), 'latin1'));
      expect(rows.rows.some(({ row }) => row.includes(consent.id))).toBe(true);
      for (const mark of ['mark-customer', 'mark-bank', 'mark-reference', 'mark-account', 'mark-client']) {
        const hex = Buffer.from(mark).toString('hex');
        expect(shown.some((row) => row.includes(mark) || row.includes(hex))).toBe(false);
      }
    });

    test('is no store at all: another key opens nothing', async () => {
      const consent = randomConsent({ customer: 'locked' });
      await (await openStore()).change('locked', write(consent));
      const { names } = keys;
      const other = createConsentStore(await open(), { ...storeKeysOf(Buffer.alloc(32, 8)), names });
      await expect(other.ofCustomer('locked')).rejects.toMatchObject({ reason: 'STORE_KEY' });
    });

    test('an owner of the database who writes a state or swaps two rows is found out', async () => {
      const store = await openStore();
      const [one, other] = [randomConsent({ customer: 'forged' }), randomConsent({ customer: 'forged' })];
      await store.change('forged', write(one, other));
      const owner = (await open('owner')).query;
      await sql`update ringfence_consents set state = 'SUSPENDED' where id = ${one.id}`.execute(owner);
      await expect(store.ofCustomer('forged')).rejects.toMatchObject({ reason: 'STORE_DAMAGED' });
      await sql`update ringfence_consents set state = 'ACTIVE',
        sealed = (select sealed from ringfence_consents where id = ${other.id}) where id = ${one.id}`.execute(owner);
      await expect(store.ofCustomer('forged')).rejects.toMatchObject({ reason: 'STORE_KEY' });
      const unreadable: string[] = [];
      const listed = await openStore({ onUnreadable: (consent: string) => unreadable.push(consent) });
      const names = [one, other].map(({ id }) => id.replaceAll('-', ''));
      expect([...(await listed.roll().entries(names)).values()]).toEqual(
        expect.arrayContaining(['damaged', expect.objectContaining({ id: other.id })]),
      );
      expect(unreadable).toEqual([one.id]);
    });
  });

  test('goes the way of the model, whatever is done to it', async () => {
    const database = await open();
    let trial = 0;
    const fresh = async () => {
      trial += 1;
      const name = Buffer.alloc(32, 0);
      name.writeUInt32BE(trial);
      return createConsentStore(database, { ...keys, names: name });
    };
    await expect(consentMachineLaw(fresh, { numRuns: 4, maxActs: 20 })).resolves.toBeUndefined();
  });

  test('comes out as if one instance had followed the other, where two write at once', async () => {
    const handles = [await openStore(), await openStore()] as const;
    await expect(consentRaceLaw(async () => handles, { numRuns: 20, maxActs: 3 })).resolves.toBeUndefined();
  });
});
