import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type AgreementTerms, createAgreementRegistry, createKeyRegistry } from '../../src/consent/index.js';
import { bankStatuses, maskOf } from '../../src/policy/index.js';
import {
  createCustomerLinks,
  createKeyStore,
  createRegistryStore,
  followRegistry,
  storeKeysOf,
  type OperatorAct,
} from '../../src/store/index.js';
import { readTerms } from '../../src/store/registryTerms.js';
import { onEachDatabase } from './databases.js';

const act = (bank: string): OperatorAct => ({
  bank,
  by: 'ops',
  reason: 'a test',
  command: 'bank suspend',
  at: Date.UTC(2026, 0, 1),
});

onEachDatabase('decisions about banks', (open) => {
  test('are read as they were entered', async () => {
    const store = createRegistryStore(await open('owner'));
    const before = (await store.versionsAfter(0)).length;
    const terms: AgreementTerms = {
      status: 'PILOT',
      covers: new Map([['ACCOUNT_SERVICING', maskOf(['RELATIONSHIP', 'BALANCE'])]]),
      lookbackDays: 30,
      maximumConsentDays: 90,
      callsPerMinute: 60,
      maintenance: [{ from: 1, until: 2 }],
    };
    const entered = await store.enter(act('whole'), () => [{ terms }, { terms: {}, effectiveFrom: 5_000 }]);
    expect(entered.map(({ version }) => version)).toEqual([1, 2]);
    expect(await store.versionsAfter(before)).toEqual(entered);
    expect(entered[0]).toMatchObject({ bank: 'whole', terms, by: 'ops', reason: 'a test' });
  });

  test('hold every status that there is', async () => {
    const store = createRegistryStore(await open('owner'));
    const entered = await store.enter(act('each'), () => bankStatuses.map((status) => ({ terms: { status } })));
    expect(entered.map(({ terms }) => terms.status)).toEqual(bankStatuses);
  });

  test('are entered one after the other, however many enter them at once', async () => {
    const stores = await Promise.all([open('owner'), open('owner')]);
    const seen: number[] = [];
    const enter = (index: number) =>
      createRegistryStore(stores[index % 2] as never).enter(act('raced'), (versions) => {
        seen.push(versions.length);
        return [{ terms: { lookbackDays: index + 1 } }];
      });
    await Promise.all(Array.from({ length: 6 }, (_, index) => enter(index)));
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are not entered when deciding fails, and leave no entry in the log', async () => {
    const owner = await open('owner');
    const store = createRegistryStore(owner);
    const count = async () =>
      (await sql<{ count: number }>`select count(*)::int as count from ringfence_operator_log`.execute(owner.query))
        .rows[0]?.count;
    const before = await count();
    const refused = store.enter(act('refused'), () => {
      throw new RangeError('no');
    });
    await expect(refused).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  test.each([
    'update ringfence_registry set reason = $$x$$',
    'delete from ringfence_registry',
    'truncate ringfence_operator_log',
  ])('cannot be changed, not even by their owner: %s', async (statement) => {
    const { query } = await open('owner');
    await expect(sql.raw(statement).execute(query)).rejects.toThrow('only grows');
  });

  test.each([
    ['insert into ringfence_registry (revision) values (1)', 'permission denied'],
    ['insert into ringfence_links values ($$x$$, $$y$$)', 'permission denied'],
    ['delete from ringfence_links', 'permission denied'],
    ['select * from ringfence_operator_log', 'permission denied'],
  ])('are out of reach for the gateway’s role: %s', async (statement, message) => {
    const { query } = await open('gateway');
    await expect(sql.raw(statement).execute(query)).rejects.toThrow(message);
  });

  test('reach an instance that follows them, without being asked again', async () => {
    const [owner, gateway] = [await open('owner'), await open('gateway')];
    const harbor = { bank: 'followed', status: 'LIVE', region: 'US', covers: new Map() } as const;
    const clocks = { now: () => new Date(), monotonicMs: () => performance.now() };
    const registry = createAgreementRegistry([harbor], clocks);
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const follower = await followRegistry(gateway, {
      registry,
      keys: {
        store: createKeyStore(gateway, storeKeysOf(Buffer.alloc(32, 1))),
        registry: createKeyRegistry([], { now: clocks.now, requireFresh: () => undefined }),
      },
      monotonicMs: clocks.monotonicMs,
      onFailure,
      everyMs: 50,
    });
    const before = registry.revision();
    await createRegistryStore(owner).enter(act('followed'), () => [{ terms: { status: 'SUSPENDED' } }]);
    await follower.refresh();
    expect(registry.agreement('followed')?.status).toBe('SUSPENDED');
    expect(registry.revision()).toBe(before + 1);
    await follower.stop();
    expect(failures).toEqual([]);
  });
});

onEachDatabase('links between customers and banks', (open) => {
  const keys = storeKeysOf(Buffer.alloc(32, 1));

  test('are kept until they are taken away, and one bank’s say nothing of another’s', async () => {
    const links = createCustomerLinks(await open('owner'), keys);
    expect(await links.reference('customer-1', 'harbor')).toBeUndefined();
    expect(await links.link('customer-1', 'harbor', 'h-1')).toBe('linked');
    expect(await links.link('customer-1', 'harbor', 'h-1')).toBe('linked');
    expect(await links.link('customer-1', 'harbor', 'h-2')).toBe('taken');
    expect(await createCustomerLinks(await open('gateway'), keys).reference('customer-1', 'harbor')).toBe('h-1');
    expect(await links.reference('customer-1', 'summit')).toBeUndefined();
    expect([await links.unlink('customer-1', 'harbor'), await links.unlink('customer-1', 'harbor')]).toEqual([
      true,
      false,
    ]);
    expect(await links.reference('customer-1', 'harbor')).toBeUndefined();
  });

  test('tell whoever reads the table neither a customer nor a bank nor a reference', async () => {
    const owner = await open('owner');
    await createCustomerLinks(owner, keys).link('customer-7', 'harbor', 'reference-7');
    const { rows } = await sql<{
      text: string;
    }>`select encode(name || reference, 'escape') as text from ringfence_links`.execute(owner.query);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/customer-7|harbor|reference-7/);
  });
});

describe('a decision that this program does not understand', () => {
  test.each([
    [{ covers: { ACCOUNT_SERVICING: ['NONSENSE'] } }],
    [{ surprise: 1 }],
    ['text'],
    [null],
    [{ lookbackDays: 0 }],
  ])('is a fault, never no decision: %j', (stored) => {
    expect(() => readTerms(stored, 'entry')).toThrow(expect.objectContaining({ reason: 'STORE_DAMAGED' }));
  });
});
