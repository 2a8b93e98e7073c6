import { expect, test } from '@jest/globals';
import { revoke, type ClientKey } from '../../src/consent/index.js';
import type { Database } from '../../src/store/index.js';
import { noonMs } from '../consent/makeConsent.js';
import { onEachDatabase } from './databases.js';
import { deaf, epochOf, epochOfStore, grantTo, instancesOver } from './liveInstances.js';

onEachDatabase('a change that was made already', (open) => {
  const { start: instance, stop: stopAll } = instancesOver(open);

  /** A database that tells each time it is asked outside of transactions. */
  const telling = async (asked: () => void): Promise<Partial<Database>> => {
    const { query } = await open();
    return {
      ...deaf,
      get query() {
        asked();
        return query;
      },
    };
  };

  test.each<[string, ClientKey | undefined]>([
    ['without a key', undefined],
    ['under its key', { client: 'messenger', key: 'same' }],
    ['under a new key', { client: 'messenger', key: 'other' }],
  ])('is not acknowledged %s before all instances have applied it, nor decided against here', async (how, key) => {
    const writer = await instance();
    const customer = `twice ${how}`;
    await grantTo(writer, customer);
    let asked = -Infinity;
    let waits: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (waits = resolve));
    const counting = (): void => {
      asked += 1;
      if (asked === 2) waits();
    };
    const [idle, again] = [await instance({}, deaf), await instance({}, await telling(counting))];
    const [consent] = (await again.ofCustomer(customer)).consents;
    expect(await epochOf(idle, customer)).toBe(1);
    const id = consent?.id ?? '';
    const first = writer.change(customer, revoke(id, noonMs, { client: 'messenger', key: 'same' }));
    while ((await epochOfStore(open, customer)) < 2) await idle.ofCustomer(customer);
    asked = 0;
    let acknowledged = false;
    const second = again.change(customer, revoke(id, noonMs, key)).then(() => (acknowledged = true));
    await Promise.race([waiting, second]);
    expect(acknowledged).toBe(false);
    expect((await again.ofCustomer(customer)).consents).toMatchObject([{ state: 'REVOKED' }]);
    expect(await epochOf(idle, customer)).toBe(1);
    await idle.refresh();
    await second;
    await again.refresh();
    await first;
    await stopAll();
  });

  test('is decided on at once by an instance that has nobody else to wait for', async () => {
    const writer = await instance();
    await grantTo(writer, 'once');
    const again = await instance({}, deaf);
    const [consent] = (await again.ofCustomer('once')).consents;
    const first = writer.change('once', revoke(consent?.id ?? '', noonMs));
    while ((await epochOfStore(open, 'once')) < 2) await writer.ofCustomer('nobody');
    await again.change('once', revoke(consent?.id ?? '', noonMs));
    expect((await again.ofCustomer('once')).consents).toMatchObject([{ state: 'REVOKED' }]);
    await again.refresh();
    await first;
    await stopAll();
  });

  test('is not decided against where the answer to it was lost', async () => {
    const database = await open();
    let isLost = false;
    const losing: Pick<Database, 'transaction'> = {
      transaction: async (work) => {
        const result = await database.transaction(work);
        if (isLost) throw new Error('lost');
        return result;
      },
    };
    const live = await instance({}, { ...deaf, ...losing });
    expect(await epochOf(live, 'lost')).toBe(0);
    isLost = true;
    await expect(grantTo(live, 'lost')).rejects.toThrow('lost');
    isLost = false;
    expect(await epochOf(live, 'lost')).toBe(1);
    await stopAll();
  });
});
