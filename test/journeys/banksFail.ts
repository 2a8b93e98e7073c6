/** Banks that fail cost their own rows and nothing else. */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type DemoWorld, type FaultKind } from './demoWorld.js';

let world: DemoWorld;

const query =
  '{ me { accounts { id kind balances { money { amount } } } connections { id bank { id } accounts { id kind } } } }';
const ask = () => world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' })(query);

const codeOf: Readonly<Record<Exclude<FaultKind, 'latency' | 'late'>, string>> = {
  hang: 'BANK_UNAVAILABLE',
  down: 'BANK_UNAVAILABLE',
  error: 'BANK_UNAVAILABLE',
  garbage: 'BANK_UNAVAILABLE',
  types: 'BANK_UNAVAILABLE',
  throttle: 'BANK_THROTTLED',
};

/** The tests of this journey, through a demo that runs. */
export function failingBanksJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });
  afterEach(() => Promise.all([world.clearFault('summit'), world.clearFault('prairie')]));

  describe('one of three banks fails', () => {
    test.each([
      ['hangs', 'hang'],
      ['resets connections', 'down'],
      ['answers with an indiscreet error', 'error'],
      ['answers with half a page of markup', 'garbage'],
      ['answers with other types than promised', 'types'],
      ['limits its callers', 'throttle'],
    ] as const)(
      'when it %s, the others are whole and each list has one error that names the bank',
      async (_way, kind) => {
        const whole = await ask();
        await world.setFault('summit', kind);
        const { status, data, errors, text } = await ask();
        expect(status).toBe(200);
        const extensions = { code: codeOf[kind], bank: 'summit' };
        expect(errors.map(({ path, extensions: own }) => ({ path, own }))).toEqual([
          { path: ['me', 'accounts'], own: extensions },
          { path: ['me', 'connections', 1, 'accounts'], own: extensions },
        ]);
        const rows = (answer: typeof whole) => answer.data.me?.connections?.map(({ accounts }) => accounts);
        expect(rows({ ...whole, data })).toEqual(
          rows(whole)?.map((accounts, index) => (index === 1 ? null : accounts)),
        );
        const lost = whole.data.me?.connections?.[1]?.accounts?.map(({ id }) => id) ?? [];
        expect(lost).toHaveLength(2);
        expect(data.me?.accounts?.map(({ id }) => id)).toEqual(
          whole.data.me?.accounts?.map(({ id }) => id).filter((id) => !lost.includes(id)),
        );
        expect(text).not.toMatch(/12\.30|INSUFFICIENT|ledger|127\.0\.0\.1|Lindqvist|Impostor|html|ECONN/i);
      },
      30_000,
    );

    test('names each of two banks that fail at once, and keeps the third whole', async () => {
      await world.setFault('summit', 'error');
      await world.setFault('prairie', 'garbage');
      const { data, errors } = await ask();
      expect(data.me?.accounts).toHaveLength(3);
      expect(errors.filter(({ path }) => path?.length === 2).map(({ extensions }) => extensions.bank)).toEqual([
        'summit',
        'prairie',
      ]);
    });

    test('comes back as soon as the bank does', async () => {
      await world.setFault('summit', 'error');
      expect((await ask()).errors).toHaveLength(2);
      await world.clearFault('summit');
      const { errors, data } = await ask();
      expect(errors).toEqual([]);
      expect(data.me?.accounts).toHaveLength(7);
    });

    test('answers late rather than not at all while the bank is slow but in time', async () => {
      await world.setFault('summit', 'latency', 300);
      const { errors, data } = await ask();
      expect(errors).toEqual([]);
      expect(data.me?.accounts).toHaveLength(7);
    });
  });
}
