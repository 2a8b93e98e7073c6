import { describe, expect, test } from '@jest/globals';
import { parsePayable } from '../../../resolvers/wallet/money.js';

describe('an amount', () => {
  test.each([
    ['1.5', 'IQD', '1.500'],
    ['1.500', 'IQD', '1.500'],
    ['1.50', 'HUF', '1.50'],
    ['1', 'PKR', '1.00'],
    ['1', 'LAK', '1.00'],
    ['1', 'LBP', '1.00'],
    ['1', 'MGA', '1.00'],
    ['1', 'JPY', '1'],
    ['1.234', 'KWD', '1.234'],
    ['1.2345', 'CLF', '1.2345'],
    ['12.5', 'USD', '12.50'],
  ])('of %s in %s is shown as %s', (amount, currency, shown) => {
    expect(parsePayable(amount, currency)).toEqual({ amount: shown, currency });
  });

  test.each([
    ['1.5000', 'IQD', 'at most 3 digits'],
    ['1.500', 'HUF', 'at most 2 digits'],
    ['1.0', 'JPY', 'at most 0 digits'],
    ['1.2345', 'KWD', 'at most 3 digits'],
    ['1.00', 'XQX', 'ISO 4217'],
    ['1.00', 'usd', 'ISO 4217'],
  ])('of %s in %s is refused: %s', (amount, currency, reason) => {
    expect(() => parsePayable(amount, currency)).toThrow(reason);
  });
});
