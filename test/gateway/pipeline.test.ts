import { describe, expect, test } from '@jest/globals';
import { categoriesOf } from '../../src/policy/index.js';
import type { ReceiptEntry } from '../../src/receipt/index.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, standingAt, type WorldOptions } from '../partition/world.js';

const harbor = {
  banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY', 'BALANCE'] })],
  rows: { harbor: holding({ accounts: [account('a1')] }) },
};
const query = '{ me { accounts { nickname balances { money { amount } } } } }';

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'answered',
    (error: unknown) => (error as { code?: unknown }).code ?? (error as Error).message,
  );
}

describe('a receipt', () => {
  test('is written for each bank that released something, before the answer, and holds no value', async () => {
    const entries: ReceiptEntry[] = [];
    const world = createWorld({ ...harbor, append: async (batch) => void entries.push(...batch) });
    await world.ask(query);
    expect(entries).toMatchObject([
      { bank: 'harbor', decision: 'RELEASED', objectCount: 1, consents: [{ id: 'consent-harbor', version: 1 }] },
    ]);
    expect(categoriesOf(entries[0]?.categories ?? 0)).toEqual(['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'BALANCE']);
    expect(JSON.stringify(entries)).not.toMatch(/12\.30|nickname of|a1"/);
  });

  test('that cannot be written keeps financial data in, and the open graph answering', async () => {
    const append = async (): Promise<void> => Promise.reject(new Error('the store is down'));
    const world = createWorld({ ...harbor, append });
    expect(await world.ask('{ me { id accounts { nickname } } }')).toMatchObject({
      data: { me: { id: 'pairwise', accounts: [] } },
      errors: [{ path: ['me', 'accounts'], extensions: { code: 'STALE', bank: 'harbor' } }],
    });
    expect(await world.ask('{ me { id } }')).toEqual({ data: { me: { id: 'pairwise' } } });
  });

  test('is written for what the purpose was refused, without a bank', async () => {
    const world = createWorld({ ...harbor, purpose: 'FRAUD_ALERTS' });
    await world.ask('{ me { id accounts { balances { kind } } } }');
    const refusals = (await world.receipts()).filter(({ decision }) => decision === 'REFUSED');
    expect(refusals.map(({ categories, objectCount, bank }) => [categoriesOf(categories), objectCount, bank])).toEqual([
      [['BALANCE'], 0, undefined],
    ]);
  });

  test('is not written for open data', async () => {
    const world = createWorld(harbor);
    await world.ask('{ me { id displayName } }');
    expect(await world.receipts()).toEqual([]);
  });
});

describe('a login', () => {
  const send = 'mutation { sendPayment(recipient: "a", amount: "1", currency: "USD", idempotencyKey: "k") { id } }';
  const agedS = (age: number): number => Math.floor(Date.now() / 1000) - age;
  const wallet: WorldOptions = { purpose: 'P2P_PAYMENT', banks: [], rows: {} };

  test('older than five minutes sends no payment, also below an alias and a fragment', async () => {
    const world = createWorld({ ...wallet, authTime: agedS(302) });
    expect(await codeOf(world.ask(send))).toBe('UNAUTHENTICATED');
    const hidden =
      'mutation { __typename ... { x: sendPayment(recipient: "a", amount: "1", currency: "USD", idempotencyKey: "k") { id } } }';
    expect(await codeOf(world.ask(hidden))).toBe('UNAUTHENTICATED');
  });

  test('of the last five minutes does, and any login reads', async () => {
    expect(await codeOf(createWorld({ ...wallet, authTime: agedS(200) }).ask(send))).toBe('answered');
    expect(await codeOf(createWorld({ ...wallet, authTime: agedS(9999) }).ask('{ me { id } }'))).toBe('answered');
  });
});

describe('variables', () => {
  test('that do not fit are refused by name, without their value', async () => {
    const world = createWorld(harbor);
    const asked = world.ask('query($n: Int) { me { accounts { transactions(first: $n) { edges { cursor } } } } }', {
      n: 'secret',
    });
    await expect(asked).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'the value of variable `$n` does not fit its type',
    });
    expect(world.asked).toEqual([]);
  });
});

describe('a never-consentable principal', () => {
  test.each(['THIRD_PARTY_SHARING', 'ANALYTICS', 'AD_TARGETING'] as const)(
    '%s meets no financial field and no bank',
    async (purpose) => {
      const world = createWorld({ ...harbor, purpose });
      await expect(world.ask('{ me { accounts { id } } }')).rejects.toThrow(
        'Cannot query field "accounts" on type "Customer".',
      );
      expect(world.asked).toEqual([]);
    },
  );
});
