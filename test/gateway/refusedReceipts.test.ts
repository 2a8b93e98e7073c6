/** What a bank may not be asked, and what the journal says of it. */
import { describe, expect, test } from '@jest/globals';
import { categoriesOf, type DataCategory } from '../../src/policy/index.js';
import { countRefusals, createMemoryJournal, type ReceiptEntry } from '../../src/receipt/index.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, standingAt, type WorldOptions } from '../partition/world.js';

const accounts = '{ me { accounts { id } } }';
const transactions =
  '{ me { accounts { id balances { kind } transactions { edges { node { id status description } } } } } }';
const wide: readonly DataCategory[] = ['BALANCE', 'TRANSACTION_CORE', 'TRANSACTION_DETAIL'];
const agreedToCore: readonly DataCategory[] = ['RELATIONSHIP', 'BALANCE', 'TRANSACTION_CORE'];

function worldOf(options: Partial<WorldOptions>) {
  return createWorld({
    banks: [standingAt('harbor', { a1: ['BALANCE'] })],
    rows: { harbor: holding({ accounts: [account('a1')] }), summit: holding({ accounts: [account('s1', 'summit')] }) },
    ...options,
  });
}

async function refusalsOf(world: ReturnType<typeof worldOf>, query: string) {
  await world.ask(query);
  return (await world.receipts()).filter(({ decision }) => decision === 'REFUSED');
}

describe('the receipt of a refusal at a bank', () => {
  test('names the bank and the categories that the customer did not consent to', async () => {
    const [refusal, ...others] = await refusalsOf(worldOf({}), transactions);
    expect(refusal).toMatchObject({ bank: 'harbor', decision: 'REFUSED', objectCount: 0, consents: [] });
    expect(categoriesOf(refusal?.categories ?? 0)).toContain('TRANSACTION_CORE');
    expect(others).toEqual([]);
  });

  test("names the bank whose agreement does not cover what the customer's consent does", async () => {
    const agreed = { harbor: agreedToCore };
    const banks = [standingAt('harbor', { a1: wide })];
    const [refusal, ...others] = await refusalsOf(worldOf({ agreed, banks }), transactions);
    expect(refusal?.bank).toBe('harbor');
    expect(categoriesOf(refusal?.categories ?? 0)).toContain('TRANSACTION_DETAIL');
    expect(others).toEqual([]);
  });

  test('names the bank where the customer has to log in anew, and the one beside it is read', async () => {
    const banks = [standingAt('harbor', { a1: wide }, 'reauth'), standingAt('summit', { s1: wide })];
    const world = worldOf({ banks });
    const [refusal, ...others] = await refusalsOf(world, accounts);
    expect(refusal).toMatchObject({ bank: 'harbor', decision: 'REFUSED' });
    expect(categoriesOf(refusal?.categories ?? 0)).toEqual(['RELATIONSHIP']);
    expect(others).toEqual([]);
    expect((await world.receipts()).map(({ bank, decision }) => [bank, decision])).toContainEqual([
      'summit',
      'RELEASED',
    ]);
  });

  test('is written where the consent moved before the bank was called', async () => {
    const world = worldOf({ epoch: () => 2 });
    expect(await refusalsOf(world, accounts)).toMatchObject([{ bank: 'harbor', objectCount: 0 }]);
    expect(world.asked).toEqual([]);
  });

  test('is written for one account of a bank that shares less than another', async () => {
    const banks = [standingAt('harbor', { a1: wide, a2: ['BALANCE'] })];
    const rows = {
      harbor: (granted: ReadonlySet<string>) => holding({ accounts: [...granted].map((id) => account(id)) }),
    };
    const refusals = await refusalsOf(worldOf({ banks, rows }), transactions);
    expect(refusals.map(({ bank }) => bank)).toEqual(['harbor']);
  });

  test('is not written where everything that was wanted is allowed', async () => {
    expect(await refusalsOf(worldOf({ banks: [standingAt('harbor', { a1: wide })] }), transactions)).toEqual([]);
  });

  test('is not written for what the variables leave out', async () => {
    const query =
      'query ($no: Boolean = false) { me { accounts { id transactions @include(if: $no) { edges { cursor } } } } }';
    expect(await refusalsOf(worldOf({}), query)).toEqual([]);
  });

  test.each(['NOT_PARTICIPATING', 'SUSPENDED'] as const)('never names a bank that is %s', async (status) => {
    const world = worldOf({ banks: [standingAt('harbor', { a1: [] })], statuses: { harbor: status } });
    await world.ask(transactions);
    expect(await world.receipts()).toEqual([]);
  });

  test('never names a bank that the customer has no connection to', async () => {
    expect((await refusalsOf(worldOf({}), transactions)).map(({ bank }) => bank)).toEqual(['harbor']);
    const world = worldOf({ banks: [] });
    await world.ask(transactions);
    expect(await world.receipts()).toEqual([]);
  });

  test('is counted when it is repeated', async () => {
    const written: ReceiptEntry[] = [];
    const memory = createMemoryJournal();
    const journal = { ...memory, append: async (batch: readonly ReceiptEntry[]) => void written.push(...batch) };
    const counting = countRefusals(journal, { now: () => new Date(), onFailure: () => undefined });
    const world = worldOf({ append: counting.append });
    for (let turn = 0; turn < 3; turn += 1) await world.ask(transactions);
    await counting.close();
    const refusals = written.filter(({ decision }) => decision === 'REFUSED');
    expect(refusals.map(({ bank, count }) => [bank, count])).toEqual([
      ['harbor', undefined],
      ['harbor', 2],
    ]);
  });
});
