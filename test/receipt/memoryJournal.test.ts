import { describe, expect, test } from '@jest/globals';
import { createMemoryJournal, type ReceiptFilter, type ReceiptJournal } from '../../src/receipt/index.js';
import { makeEntry } from './makeEntry.js';
import { readable } from './readable.js';

const requestIds = (receipts: readonly { readonly requestId: string }[]) => receipts.map(({ requestId }) => requestId);
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => makeEntry({ requestId: String(index) }));

const ofCustomer = async (journal: ReceiptJournal, customer: string, filter: ReceiptFilter = {}) =>
  readable((await journal.ofCustomer(customer, filter, { first: 100 }))?.receipts);

describe('a journal', () => {
  test('gives a customer their own receipts only, newest first', async () => {
    const journal = createMemoryJournal();
    await journal.append([...numbered(2), makeEntry({ customer: 'customer-2', requestId: 'other' })]);
    expect(requestIds(await ofCustomer(journal, 'customer-1'))).toEqual(['1', '0']);
    expect(await ofCustomer(journal, 'customer-3')).toEqual([]);
  });

  test('narrows to one client and purpose', async () => {
    const journal = createMemoryJournal();
    await journal.append([
      makeEntry({ requestId: 'own' }),
      makeEntry({ requestId: 'purpose', purpose: 'FRAUD_ALERTS' }),
      makeEntry({ requestId: 'client', client: 'other' }),
    ]);
    const own = await ofCustomer(journal, 'customer-1', { client: 'messenger', purpose: 'ACCOUNT_SERVICING' });
    expect(requestIds(own)).toEqual(['own']);
  });

  test('keeps refusals of principals without a customer, out of every customer’s sight', async () => {
    const journal = createMemoryJournal();
    const { customer: _, bank: __, ...nobody } = makeEntry({ decision: 'REFUSED', client: 'ads-engine' });
    await journal.append([nobody]);
    expect(journal.all()).toMatchObject([{ client: 'ads-engine', decision: 'REFUSED' }]);
    expect(await ofCustomer(journal, 'undefined')).toEqual([]);
  });

  test('gives every receipt an id of its own', async () => {
    const journal = createMemoryJournal();
    await journal.append(numbered(50));
    expect(new Set(journal.all().map(({ id }) => id)).size).toBe(50);
  });

  test('keeps the newest, of so many customers', async () => {
    const journal = createMemoryJournal({ perCustomer: 3, customers: 1 });
    await journal.append(numbered(10));
    expect(requestIds(await ofCustomer(journal, 'customer-1'))).toEqual(['9', '8', '7']);
    await journal.append([makeEntry({ customer: 'customer-2' })]);
    expect(await ofCustomer(journal, 'customer-1')).toEqual([]);
    expect(await ofCustomer(journal, 'customer-2')).toHaveLength(1);
  });

  test('gives parts of a list that follow one another, of that customer alone', async () => {
    const journal = createMemoryJournal();
    await journal.append([...numbered(5), makeEntry({ customer: 'customer-2' })]);
    const first = await journal.ofCustomer('customer-1', {}, { first: 2 });
    const after = first?.receipts.at(-1)?.id ?? '';
    const second = await journal.ofCustomer('customer-1', {}, { first: 3, after });
    expect([requestIds(readable(first?.receipts)), first?.hasMore]).toEqual([['4', '3'], true]);
    expect([requestIds(readable(second?.receipts)), second?.hasMore]).toEqual([['2', '1', '0'], false]);
    expect(await journal.ofCustomer('customer-2', {}, { first: 3, after })).toBeUndefined();
  });
});
