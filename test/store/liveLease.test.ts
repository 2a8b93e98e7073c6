import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { RestoreGuard } from '../../src/store/index.js';
import { onEachDatabase } from './databases.js';
import { Clock, codeOf, deaf, epochOf, epochOfStore, grantTo, Hasty, instancesOver } from './liveInstances.js';

/** Something that others wait for while a test holds it. */
class Gate {
  private isHeld = false;
  private reached: () => void = () => undefined;
  private opened: () => void = () => undefined;
  private readonly opening = new Promise<void>((resolve) => (this.opened = resolve));

  /** Holds whoever comes next; resolves when somebody has come. */
  hold(): Promise<void> {
    this.isHeld = true;
    return new Promise((resolve) => (this.reached = resolve));
  }

  async pass(): Promise<void> {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.reached();
    await this.opening;
  }

  open(): void {
    this.opened();
  }
}

onEachDatabase('an instance whose lease is over', (open) => {
  const { start: instance, stop: stopAll } = instancesOver(open);

  /** Holds the reading of changes between its snapshot and the new lease. */
  const holding = (gate: Gate): { readonly guard: RestoreGuard } => ({
    guard: { check: () => gate.pass(), noted: () => undefined },
  });

  test('reads anew what it kept, where a change was acknowledged after the snapshot of its next lease', async () => {
    const [clock, gate] = [new Clock(), new Gate()];
    const { monotonicMs } = clock;
    const late = await instance({ monotonicMs, ...holding(gate) }, deaf);
    expect(await epochOf(late, 'renewed')).toBe(0);
    clock.now += 5_000;
    const held = gate.hold();
    const renewing = late.refresh();
    await held;
    await grantTo(await instance(new Hasty()), 'renewed');
    gate.open();
    await renewing;
    expect(await epochOf(late, 'renewed')).toBe(1);
    await stopAll();
  });

  test('reads again what it was reading, where such a change came between', async () => {
    const [clock, gate, reading] = [new Clock(), new Gate(), new Gate()];
    const database = await open();
    const { monotonicMs } = clock;
    const late = await instance(
      { monotonicMs, ...holding(gate) },
      {
        ...deaf,
        transaction: async (work) => {
          const result = await database.transaction(work);
          await reading.pass();
          return result;
        },
      },
    );
    const hasRead = reading.hold();
    const answer = epochOf(late, 'reading');
    await hasRead;
    clock.now += 5_000;
    const held = gate.hold();
    const renewing = late.refresh();
    await held;
    await grantTo(await instance(new Hasty()), 'reading');
    gate.open();
    await renewing;
    reading.open();
    expect(await answer).toBe(1);
    await stopAll();
  });

  test('by the clock of the database alone still holds a change up, until it has applied it', async () => {
    const late = await instance({}, deaf);
    const owner = await open('owner');
    await sql`update ringfence_instances set lease_until = clock_timestamp() - interval '1 hour'`.execute(owner.query);
    const writer = await instance();
    expect(await epochOf(late, 'stepped')).toBe(0);
    let acknowledged = false;
    const changing = grantTo(writer, 'stepped').then(() => (acknowledged = true));
    while ((await epochOfStore(open, 'stepped')) === 0) await late.ofCustomer('nobody');
    for (const _ of Array.from({ length: 20 })) await epochOfStore(open, 'nobody');
    expect([acknowledged, await epochOf(late, 'stepped')]).toEqual([false, 0]);
    await late.refresh();
    await changing;
    expect(await epochOf(late, 'stepped')).toBe(1);
    await stopAll();
  });

  test('is waited for by nobody who has seen it stand still for so long, and is forgotten', async () => {
    const clock = new Clock();
    await instance(clock, deaf);
    const writer = await instance(clock);
    const others = async () => sql`select 1 from ringfence_instances`.execute((await open()).query);
    expect((await others()).rows).toHaveLength(2);
    clock.now += 5_000;
    await writer.refresh();
    expect((await others()).rows).toHaveLength(1);
    await grantTo(writer, 'alone');
    await stopAll();
  });

  test('refuses what it was reading when that came to pass', async () => {
    const clock = new Clock();
    const slow = await instance(clock, deaf);
    const answer = codeOf(slow.ofCustomer('slow'));
    clock.now += 4_999;
    expect(await answer).toBe('an answer');
    const refused = codeOf(slow.ofCustomer('slower'));
    clock.now += 1;
    expect(await refused).toBe('STALE');
    await slow.refresh();
    expect(await epochOf(slow, 'slower')).toBe(0);
    await stopAll();
  });
});
