import { describe, expect, test } from '@jest/globals';
import { createMemoryJournal } from '../../src/receipt/index.js';
import { makeEntry } from './makeEntry.js';

const requestIds = (receipts: readonly { readonly requestId: string }[]) => receipts.map(({ requestId }) => requestId);
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => makeEntry({ requestId: String(index) }));

describe('a journal', () => {
  test('gives a customer their own receipts only, newest first', async () => {
    const journal = createMemoryJournal();
    await journal.append([...numbered(2), makeEntry({ customer: 'customer-2', requestId: 'other' })]);
    expect(requestIds(await journal.ofCustomer('customer-1', {}))).toEqual(['1', '0']);
    expect(await journal.ofCustomer('customer-3', {})).toEqual([]);
  });

  test('narrows to one client and purpose', async () => {
    const journal = createMemoryJournal();
    await journal.append([
      makeEntry({ requestId: 'own' }),
      makeEntry({ requestId: 'purpose', purpose: 'FRAUD_ALERTS' }),
      makeEntry({ requestId: 'client', client: 'other' }),
    ]);
    const own = await journal.ofCustomer('customer-1', { client: 'messenger', purpose: 'ACCOUNT_SERVICING' });
    expect(requestIds(own)).toEqual(['own']);
  });

  test('keeps refusals of principals without a customer, out of every customer’s sight', async () => {
    const journal = createMemoryJournal();
    const { customer: _, bank: __, ...nobody } = makeEntry({ decision: 'REFUSED', client: 'ads-engine' });
    await journal.append([nobody]);
    expect(await journal.all()).toMatchObject([{ client: 'ads-engine', decision: 'REFUSED' }]);
    expect(await journal.ofCustomer('undefined', {})).toEqual([]);
  });

  test('gives every receipt an id of its own', async () => {
    const journal = createMemoryJournal();
    await journal.append(numbered(50));
    expect(new Set((await journal.all()).map(({ id }) => id)).size).toBe(50);
  });

  test('keeps the newest, of so many customers', async () => {
    const journal = createMemoryJournal({ perCustomer: 3, customers: 1 });
    await journal.append(numbered(10));
    expect(requestIds(await journal.ofCustomer('customer-1', {}))).toEqual(['9', '8', '7']);
    await journal.append([makeEntry({ customer: 'customer-2' })]);
    expect(await journal.ofCustomer('customer-1', {})).toEqual([]);
    expect(await journal.ofCustomer('customer-2', {})).toHaveLength(1);
  });
});
