/** Decisions about keys of banks, in the database: who can make them, and what shows that somebody else did. */
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createAgreementRegistry, createKeyRegistry, type KeyDecision } from '../../src/consent/index.js';
import {
  createKeyStore,
  createRestoreGuard,
  followRegistry,
  storeKeysOf,
  type Database,
  type NewKeyDecision,
  type OperatorAct,
} from '../../src/store/index.js';
import { emptyEmbedded, emptyOnServer, type EmptyDatabase, onEachDatabase } from './databases.js';

const keys = storeKeysOf(Buffer.alloc(32, 1));
const damaged = { reason: 'STORE_DAMAGED' };
const at = Date.UTC(2026, 0, 1);
const act: OperatorAct = { bank: 'harbor', by: 'ops', reason: 'a test', command: 'bank add-key', at };
const print = (letter: string): string => letter.repeat(43);
const adding = (kid: string, letter: string): NewKeyDecision => ({
  act: 'ADD',
  kid,
  kind: 'grant',
  print: print(letter),
});
const enter = (database: Database, ...decisions: readonly NewKeyDecision[]): Promise<void> =>
  createKeyStore(database, keys).enter(act, () => decisions);
const read = async (database: Database): Promise<readonly KeyDecision[]> =>
  (await createKeyStore(database, keys).all()).decisions;
const asOwner = async (database: EmptyDatabase, ...statements: readonly string[]): Promise<void> => {
  const { query } = await database.open('owner');
  for (const statement of statements) await sql.raw(statement).execute(query);
};
const unlocked = 'drop trigger only_grows on ringfence_bank_keys';

/** A database of its own for each test, as these tamper with it. */
describe.each([
  ['embedded', emptyEmbedded],
  ['server', emptyOnServer],
] as const)('decisions about keys, %s', (_, empty) => {
  const withDatabase = (work: (database: EmptyDatabase) => Promise<void>) => async (): Promise<void> => {
    const database = await empty();
    try {
      await work(database);
    } finally {
      await database.end();
    }
  };

  test(
    'are read as they were entered, and leave an entry in the log',
    withDatabase(async (database) => {
      const owner = await database.open('owner');
      const mac = { act: 'ADD', kid: 'm2', kind: 'mac', print: print('m'), from: at + 5, until: at + 9 } as const;
      await enter(owner, adding('g2', 'g'), mac);
      await enter(owner, { act: 'RETIRE', kid: 'g1', until: at + 7 }, { act: 'REVOKE', kid: 'm1', print: print('o') });
      await enter(owner, { act: 'REVOKE', kid: 'm0' });
      const facts = { bank: 'harbor', enteredAt: at, by: 'ops', reason: 'a test' };
      expect(await read(await database.open('gateway'))).toEqual([
        { ...facts, ...adding('g2', 'g') },
        { ...facts, ...mac },
        { ...facts, act: 'RETIRE', kid: 'g1', until: at + 7 },
        { ...facts, act: 'REVOKE', kid: 'm1', print: print('o') },
        { ...facts, act: 'REVOKE', kid: 'm0' },
      ]);
      const { rows } = await sql`select by, command from ringfence_operator_log`.execute(owner.query);
      expect(rows).toEqual(Array(3).fill({ by: 'ops', command: 'bank add-key' }));
    }),
  );

  test(
    'are entered one after the other, however many enter them at once',
    withDatabase(async (database) => {
      const seen: number[] = [];
      const enterOne = async (index: number): Promise<void> =>
        createKeyStore(await database.open('owner'), keys).enter(act, (decisions) => {
          seen.push(decisions.length);
          return [adding(`g${index}`, String(index))];
        });
      await Promise.all([0, 1, 2, 3].map(enterOne));
      expect(seen.sort()).toEqual([0, 1, 2, 3]);
      expect(await read(await database.open('gateway'))).toHaveLength(4);
    }),
  );

  test.each([
    [
      'made',
      [
        `insert into ringfence_bank_keys select 3, bank, 'forged', act, kind, repeat('f', 43), valid_from, valid_until,
      entered_at, entered_by, reason, seal from ringfence_bank_keys where revision = 1`,
      ],
    ],
    ['changed', [unlocked, `update ringfence_bank_keys set print = repeat('f', 43) where revision = 1`]],
    ['dated otherwise', [unlocked, `update ringfence_bank_keys set valid_until = now() where revision = 1`]],
    ['given to another bank', [unlocked, `update ringfence_bank_keys set bank = 'summit' where revision = 1`]],
    ['taken out of the middle', [unlocked, 'delete from ringfence_bank_keys where revision = 1']],
    [
      'closed up',
      [unlocked, 'delete from ringfence_bank_keys where revision = 1', 'update ringfence_bank_keys set revision = 1'],
    ],
  ])('are refused when one was %s by whoever owns the database alone', (_words, statements) =>
    withDatabase(async (database) => {
      const owner = await database.open('owner');
      await enter(owner, adding('g2', 'g'), { act: 'REVOKE', kid: 'g1' });
      await asOwner(database, ...statements);
      const store = createKeyStore(await database.open('gateway'), keys);
      await expect(store.all()).rejects.toMatchObject(damaged);
      await expect(enter(owner, adding('g3', 'h'))).rejects.toMatchObject(damaged);
    })(),
  );

  test(
    'are refused by a running instance when the newest one it knows was taken away',
    withDatabase(async (database) => {
      await enter(await database.open('owner'), adding('g2', 'g'), { act: 'REVOKE', kid: 'g1' });
      const store = createKeyStore(await database.open('gateway'), keys);
      const known = await store.all();
      expect(await store.all(known)).toBe(known);
      await asOwner(database, unlocked, 'delete from ringfence_bank_keys where revision = 2');
      await expect(store.all(known)).rejects.toMatchObject(damaged);
    }),
  );

  test(
    'do not open with another store’s key',
    withDatabase(async (database) => {
      await enter(await database.open('owner'), adding('g2', 'g'));
      const other = createKeyStore(await database.open('gateway'), storeKeysOf(Buffer.alloc(32, 2)));
      await expect(other.all()).rejects.toMatchObject(damaged);
    }),
  );

  test(
    'are missed in a store that was put back to a time before one',
    withDatabase(async (database) => {
      let mark: Parameters<Parameters<typeof createRestoreGuard>[1]['write']>[0] | undefined;
      const keeper = { read: () => mark, write: (next: typeof mark) => void (mark = next) };
      await createRestoreGuard(await database.open('gateway'), keeper);
      const backup = await database.copy();
      await enter(await database.open('owner'), { act: 'REVOKE', kid: 'g1' });
      const guard = await createRestoreGuard(await database.open('gateway'), keeper);
      await guard.check((await database.open('gateway')).query);
      const restored = createRestoreGuard(await backup.open('gateway'), keeper);
      await expect(restored).rejects.toMatchObject({ reason: 'STORE_RESTORED' });
      await backup.end();
    }),
  );
});

onEachDatabase('decisions about keys', (open) => {
  test.each(['delete from ringfence_bank_keys', 'truncate ringfence_bank_keys'])(
    'cannot be changed, not even by their owner: %s',
    async (statement) => {
      const { query } = await open('owner');
      await expect(sql.raw(statement).execute(query)).rejects.toThrow('only grows');
    },
  );

  test.each(['delete from ringfence_bank_keys', 'insert into ringfence_bank_keys (revision) values (1)'])(
    'are out of reach for the gateway’s role: %s',
    async (statement) => {
      const { query } = await open('gateway');
      await expect(sql.raw(statement).execute(query)).rejects.toThrow('permission denied');
    },
  );

  test('name a key once, at one bank', async () => {
    const owner = await open('owner');
    await enter(owner, adding('once', 'u'));
    await expect(enter(owner, adding('once', 'v'))).rejects.toThrow('ringfence_bank_keys_kid');
    await expect(
      createKeyStore(owner, keys).enter({ ...act, bank: 'summit' }, () => [adding('twice', 'u')]),
    ).rejects.toThrow('ringfence_bank_keys_print');
  });

  test('reach two instances that follow them, and nothing is told of keys once they cannot be read for 5 s', async () => {
    const owner = await open('owner');
    let monotonic = 0;
    const configured = [{ bank: 'prairie', kid: 'followed', kind: 'grant', print: print('c') }] as const;
    const instance = async () => {
      const registry = createAgreementRegistry([], { now: () => new Date(), monotonicMs: () => monotonic });
      const requireFresh = (): void => void registry.revision();
      const bankKeys = createKeyRegistry(configured, { now: () => new Date(), requireFresh });
      const following = { store: createKeyStore(await open('gateway'), keys), registry: bankKeys };
      const options = { registry, keys: following, monotonicMs: () => monotonic, onFailure: () => undefined };
      return { bankKeys, follower: await followRegistry(await open('gateway'), { ...options, everyMs: 3_600_000 }) };
    };
    const instances = [await instance(), await instance()];
    for (const { bankKeys } of instances)
      expect(bankKeys.valid('prairie', 'grant')).toMatchObject([{ kid: 'followed' }]);
    await createKeyStore(owner, keys).enter({ ...act, bank: 'prairie' }, () => [{ act: 'REVOKE', kid: 'followed' }]);
    for (const { bankKeys, follower } of instances) {
      await follower.refresh();
      expect([bankKeys.valid('prairie', 'grant'), bankKeys.revision()]).toEqual([[], 1]);
      expect(bankKeys.revoked()).toMatchObject([{ kid: 'followed' }]);
    }
    monotonic = 5_001;
    for (const { bankKeys, follower } of instances) {
      for (const ask of [() => bankKeys.valid('prairie', 'mac'), bankKeys.revoked, bankKeys.revision]) {
        expect(ask).toThrow(expect.objectContaining({ code: 'STALE' }));
      }
      await follower.stop();
    }
  });
});
