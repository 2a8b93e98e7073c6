import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { ClientFault } from '../../src/fault/index.js';
import { createRestoreGuard, type StoreMark } from '../../src/store/index.js';
import { onEachDatabase } from './databases.js';
import { Clock, codeOf, deaf, epochOf, epochOfStore, grantTo, Hasty, instancesOver } from './liveInstances.js';

onEachDatabase('consents that an instance decides on', (open) => {
  const { start: instance, stop: stopAll } = instancesOver(open);

  test('are read once, and then cost no statement', async () => {
    let transactions = 0;
    const database = await open();
    const live = await instance(
      {},
      {
        transaction: (work) => {
          transactions += 1;
          return database.transaction(work);
        },
      },
    );
    for (const _ of Array.from({ length: 5 })) await live.ofCustomer('often');
    expect(transactions).toBe(1);
    await stopAll();
  });

  test('are known at once while they are as they were read, and no longer than they may be decided on', async () => {
    const clock = new Clock();
    const [live, other] = [await instance(clock), await instance()];
    expect(live.known('at once')).toBeUndefined();
    await live.ofCustomer('at once');
    expect(live.known('at once')?.epoch).toBe(0);
    await grantTo(other, 'at once');
    expect(live.known('at once')).toBeUndefined();
    await live.ofCustomer('at once');
    expect(live.known('at once')?.epoch).toBe(1);
    clock.now += 5_000;
    expect(() => live.known('at once')).toThrow(new ClientFault('STALE'));
    await stopAll();
  });

  test('are what another instance has changed, once that change is acknowledged', async () => {
    const [one, other] = [await instance(), await instance()];
    for (let epoch = 1; epoch <= 10; epoch += 1) {
      const [writer, reader] = epoch % 2 === 0 ? [one, other] : [other, one];
      await reader.ofCustomer('both');
      await grantTo(writer, 'both');
      expect(await epochOf(reader, 'both')).toBe(epoch);
    }
    await stopAll();
  });

  test('are refused by an instance that hears nothing, when a change elsewhere is acknowledged without it', async () => {
    const clock = new Clock();
    const silent = await instance(clock, deaf);
    expect(await epochOf(silent, 'unheard')).toBe(0);
    const writer = await instance(new Hasty());
    await grantTo(writer, 'unheard');
    clock.now += 4_999;
    expect(await epochOf(silent, 'unheard')).toBe(0);
    clock.now += 1;
    expect(await codeOf(silent.ofCustomer('unheard'))).toBe('STALE');
    await silent.refresh();
    expect(await epochOf(silent, 'unheard')).toBe(1);
    await stopAll();
  });

  test('make a change wait for an instance that has not applied it', async () => {
    const silent = await instance({}, deaf);
    const writer = await instance();
    let acknowledged = false;
    const changing = grantTo(writer, 'waited').then(() => (acknowledged = true));
    while ((await epochOfStore(open, 'waited')) === 0) await silent.ofCustomer('nobody');
    expect(acknowledged).toBe(false);
    await silent.refresh();
    await changing;
    expect(acknowledged).toBe(true);
    await stopAll();
  });

  test('are refused 5 s after the database was heard of last, and served again when it answers', async () => {
    const clock = new Clock();
    const database = await open();
    let isDown = false;
    const failing = {
      ...deaf,
      get query() {
        if (isDown) throw new Error('down');
        return database.query;
      },
    };
    const live = await instance(clock, failing);
    expect(await epochOf(live, 'patient')).toBe(0);
    isDown = true;
    await expect(live.refresh()).rejects.toThrow('down');
    clock.now += 4_999;
    expect(await epochOf(live, 'patient')).toBe(0);
    clock.now += 1;
    expect(await codeOf(live.ofCustomer('patient'))).toBe('STALE');
    isDown = false;
    await live.refresh();
    expect(await epochOf(live, 'patient')).toBe(0);
    await stopAll();
  });

  test('are read again where they changed while they were read', async () => {
    const database = await open();
    let openGate: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (openGate = resolve));
    let held = false;
    const live = await instance(
      {},
      {
        transaction: async (work) => {
          const result = await database.transaction(work);
          if (!held) {
            held = true;
            await gate;
          }
          return result;
        },
      },
    );
    const reading = epochOf(live, 'overtaken');
    await grantTo(live, 'overtaken');
    openGate();
    expect(await reading).toBe(1);
    await stopAll();
  });

  test('are refused from the next look on where the store was put back, though nobody writes or reads', async () => {
    const owner = await open('owner');
    let mark: StoreMark | undefined;
    const keeper = { read: () => mark, write: (next: StoreMark) => void (mark = next) };
    const live = await instance({ guard: await createRestoreGuard(owner, keeper) });
    await grantTo(await instance(), 'put back');
    await live.refresh();
    const { rows } = await sql<{ last: string }>`select max(id)::text as last from ringfence_changes`.execute(
      owner.query,
    );
    expect(mark?.change?.id).toBe(rows[0]?.last);
    expect(await epochOf(live, 'put back')).toBe(1);
    await sql`delete from ringfence_changes where id = ${rows[0]?.last}::bigint`.execute(owner.query);
    await expect(live.refresh()).rejects.toMatchObject({ reason: 'STORE_RESTORED' });
    expect(await codeOf(live.ofCustomer('put back'))).toBe('STALE');
    await stopAll();
  });

  test('are refused while the store has another schema', async () => {
    const { query } = await open('owner');
    const live = await instance();
    expect(await epochOf(live, 'migrated')).toBe(0);
    await sql`insert into ringfence_schema (version, name) values (9999, 'later')`.execute(query);
    await expect(live.refresh()).rejects.toMatchObject({ reason: 'STORE_VERSION' });
    expect(await codeOf(live.ofCustomer('migrated'))).toBe('STALE');
    await sql`delete from ringfence_schema where version = 9999`.execute(query);
    await live.refresh();
    expect(await epochOf(live, 'migrated')).toBe(0);
    await stopAll();
  });

  test.each([
    ['ahead of', 600_000],
    ['behind', -600_000],
  ])("are refused while this machine's clock is ten minutes %s the store's", async (how, offMs) => {
    let offsetMs = 0;
    const live = await instance({ wallClock: () => new Date(Date.now() + offsetMs) });
    expect(await epochOf(live, 'skewed')).toBe(0);
    offsetMs = offMs;
    const told = await live.refresh().catch((error: unknown) => error);
    expect(told).toMatchObject({ reason: 'STORE_CLOCK' });
    expect(String(told)).toMatch(new RegExp(`clock is \\d{3} s ${how} the store's: set both by NTP`));
    expect(await codeOf(live.ofCustomer('skewed'))).toBe('STALE');
    offsetMs = offMs / 30;
    await live.refresh();
    expect(await epochOf(live, 'skewed')).toBe(0);
    await stopAll();
  });

  test('change only once answers that passed their last check before are on their sockets', async () => {
    const events: string[] = [];
    let hand: () => void = () => undefined;
    const handed = new Promise<void>((resolve) => (hand = resolve)).then(() => void events.push('handed'));
    const live = await instance({ departed: () => handed });
    const changing = grantTo(live, 'leaving').then(() => events.push('acknowledged'));
    while ((await epochOfStore(open, 'leaving')) === 0) await live.ofCustomer('nobody');
    hand();
    await changing;
    expect(events).toEqual(['handed', 'acknowledged']);
    await stopAll();
  });
});
