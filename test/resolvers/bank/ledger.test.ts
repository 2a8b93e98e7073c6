import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { demoCustomers } from '../../../resolvers/demo/world.js';
import {
  balanceAt,
  createLedger,
  moneyOf,
  shows,
  type CustomerBook,
  type Posting,
  type LedgerSeed,
} from '../../../resolvers/bank/ledger/index.js';

const noon = new Date('2026-11-22T12:00:00Z');
const dayMs = 86_400_000;

function ledgerOf(seed: Partial<LedgerSeed> = {}) {
  return createLedger({ bank: 'harbor', salt: '', now: () => noon, ...seed });
}

function bookOf(customer = 'hb-20417', seed: Partial<LedgerSeed> = {}): CustomerBook {
  const book = ledgerOf(seed).book(customer);
  if (book === undefined) throw new Error(`no book for ${customer}`);
  return book;
}

/** What each ledger account holds after the postings up to an instant, by account and currency. */
function holdings(book: CustomerBook, atMs: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { atMs: bookedMs, legs } of book.postings) {
    if (bookedMs > atMs) continue;
    for (const { account, currency, amountMinor } of legs) {
      const key = `${account} ${currency}`;
      sums.set(key, (sums.get(key) ?? 0) + amountMinor);
    }
  }
  return sums;
}

/** True where debits and credits are equal in each currency. */
function isBalanced(legs: Posting['legs']): boolean {
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of legs) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  return [...sums.values()].every((sum) => sum === 0);
}

describe('the ledger', () => {
  const ledger = ledgerOf();
  const writtenBook = (customer: string): CustomerBook => ledger.book(customer) ?? bookOf(customer);
  const someone = fc.constantFrom(...[...ledger.customers.keys()].slice(0, 8));

  test('books every movement twice: the legs of each currency of each posting add up to zero', () => {
    fc.assert(
      fc.property(someone, (customer) => {
        const unbalanced = writtenBook(customer).postings.filter(({ legs }) => !isBalanced(legs));
        expect(unbalanced).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  test('states balances that are the sums of the postings, at any instant', () => {
    fc.assert(
      fc.property(someone, fc.integer({ min: 0, max: 548 }), (customer, daysAgo) => {
        const book = writtenBook(customer);
        const atMs = noon.getTime() - daysAgo * dayMs;
        const sums = holdings(book, atMs);
        for (const [reference, statement] of book.statements) {
          expect(balanceAt(statement, atMs)).toBe(sums.get(`${reference} USD`) ?? 0);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('writes the same book for the same seed, and keeps what was when days are added', () => {
    const today = bookOf();
    expect(JSON.stringify(bookOf().postings)).toBe(JSON.stringify(today.postings));
    let now = noon;
    const ledger = ledgerOf({ now: () => now });
    ledger.book('hb-20417');
    now = new Date(noon.getTime() + 3 * dayMs);
    const later = ledger.book('hb-20417');
    const untilMs = Math.floor(noon.getTime() / dayMs) * dayMs;
    const past = (book: CustomerBook | undefined) => book?.postings.filter(({ atMs }) => atMs < untilMs);
    expect(JSON.stringify(past(later))).toBe(JSON.stringify(past(today)));
    expect(later?.postings.length).toBeGreaterThan(today.postings.length);
    expect(later?.alerts).toEqual(today.alerts);
  });

  test('changes every id, text and count of entries with the salt, and no account or customer', () => {
    const [plain, salted] = [bookOf(), bookOf('hb-20417', { salt: 'other' })];
    expect([...salted.statements.keys()]).toEqual([...plain.statements.keys()]);
    expect([...ledgerOf({ salt: 'other' }).customers.keys()]).toEqual([...ledgerOf().customers.keys()]);
    for (const [reference, statement] of plain.statements) {
      const other = salted.statements.get(reference);
      expect(other?.lines.length).not.toBe(statement.lines.length);
      expect(other?.lines.some(({ id }) => statement.positions.has(id))).toBe(false);
    }
    const texts = new Set(plain.movements.map(({ description }) => description));
    const common = salted.movements.filter(({ description }) => texts.has(description));
    expect(common).toEqual([]);
    expect(salted.alerts.length).not.toBe(plain.alerts.length);
  });

  test('knows the customers of the demo by their own references, among 200 others at least', () => {
    for (const bank of ['harbor', 'summit', 'prairie', 'union'] as const) {
      const { customers } = ledgerOf({ bank });
      const holdings = demoCustomers
        .flatMap((customer) => customer.holdings)
        .filter((holding) => holding.bank === bank);
      for (const { customerReference, accounts } of holdings) {
        expect(customers.get(customerReference)?.accounts).toEqual(accounts);
      }
      const references = [...customers.values()].flatMap(({ accounts }) => accounts.map(({ reference }) => reference));
      expect(customers.size).toBeGreaterThanOrEqual(200);
      expect(new Set(references).size).toBe(references.length);
    }
  });

  test('posts most pending entries under a new id, and lets some vanish', () => {
    const lines = [...bookOf().statements.values()].flatMap((statement) => statement.lines);
    const replaced = new Set(lines.map(({ replacesId }) => replacesId));
    const pending = lines.filter(({ status }) => status === 'PENDING');
    const vanished = pending.filter(({ id }) => !replaced.has(id));
    expect(pending.some((line) => shows(line, noon.getTime()))).toBe(true);
    expect(vanished.length).toBeGreaterThan(0);
    expect(vanished.length).toBeLessThan(pending.length / 10);
    for (const { replacesId, sinceMs } of lines.filter((line) => line.replacesId !== undefined)) {
      const before = pending.find(({ id }) => id === replacesId);
      expect(before?.untilMs).toBe(sinceMs);
    }
  });

  test('holds salaries, standing orders, refunds, foreign money and fees over eighteen months', () => {
    const { movements, postings } = bookOf();
    for (const words of ['SALARY', 'STANDING ORDER', 'DIRECT DEBIT', 'REFUND', 'ACCOUNT FEE', 'INTEREST']) {
      expect(movements.some(({ description }) => description.startsWith(words))).toBe(true);
    }
    expect(movements.some(({ original }) => original !== undefined)).toBe(true);
    expect(noon.getTime() - (postings[0]?.atMs ?? 0)).toBeGreaterThan(545 * dayMs);
  });

  test('writes amounts with the digits of their currency', () => {
    expect(moneyOf({ amountMinor: -1205, currency: 'USD' })).toEqual({ amount: '-12.05', currency: 'USD' });
    expect(moneyOf({ amountMinor: 6200, currency: 'JPY' })).toEqual({ amount: '6200', currency: 'JPY' });
    expect(moneyOf({ amountMinor: 7, currency: 'KWD' })).toEqual({ amount: '0.007', currency: 'KWD' });
  });
});
