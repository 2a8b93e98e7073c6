import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { disclosureOf, disclosureTextOf, disclosureVersion, type DisclosedTerms } from '../../src/consent/index.js';
import { maskOf } from '../../src/policy/index.js';
import { makeConsent } from './makeConsent.js';

const terms: DisclosedTerms = {
  client: 'messenger',
  purpose: 'ACCOUNT_SERVICING',
  categories: maskOf(['BALANCE', 'TRANSACTION_CORE']),
  duration: { kind: 'TIME_BOUND', days: 180 },
  lookbackDays: 90,
};

test('the text says who uses what, from where, what for and for how long', () => {
  expect(disclosureTextOf(terms)).toMatchInlineSnapshot(`
    "You allow messenger to use data that this bank or partner holds about you.
    What for: to show you your accounts and manage them.
    Data: balances and limits.
    Data: amount, date and state of transactions.
    History: of the last 90 days.
    How long: at most 180 days from when it takes effect; less where it allows less.
    Only the accounts that you pick are included.
    None of it is used for advertising, sold, or passed to third parties.
    You can end this at any time, and it ends at once.
    "
  `);
});

test('a consent keeps the version of the wording, and the SHA-256 of the text that was shown in it', () => {
  const hash = createHash('sha256').update(disclosureTextOf(terms)).digest('hex');
  expect(disclosureOf(terms)).toEqual({ disclosureHash: hash, disclosureVersion });
});

test('it is the same text for every customer, every bank and every choice of accounts', () => {
  const other = makeConsent({
    ...terms,
    customer: 'customer-2',
    bank: 'summit',
    customerReference: 'hb-9',
    accounts: ['hb-9-1'],
  });
  expect(disclosureTextOf(other)).toBe(disclosureTextOf(terms));
});

test.each<Partial<DisclosedTerms>>([
  { client: 'other' },
  { purpose: 'FRAUD_ALERTS' },
  { categories: maskOf(['BALANCE']) },
  { duration: { kind: 'TIME_BOUND', days: 181 } },
  { duration: { kind: 'ONE_TIME' } },
  { duration: { kind: 'PERSISTENT' } },
  { lookbackDays: 91 },
])('it is another text with %j', (change) => {
  expect(disclosureTextOf({ ...terms, ...change })).not.toBe(disclosureTextOf(terms));
});

test('without a limit it says that all of the history is included', () => {
  const { lookbackDays: _, ...unlimited } = terms;
  expect(disclosureTextOf(unlimited)).toContain('as far back as it is shared');
});

test('one time is a day, and says so', () => {
  expect(disclosureTextOf({ ...terms, duration: { kind: 'ONE_TIME' } })).toContain('at most 1 day ');
});
