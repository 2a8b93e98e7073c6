/** The judge of killed gateways objects where a receipt is missing. */
import { describe, expect, test } from '@jest/globals';
import { missingReceipts } from './readings.js';

const received = [{ reading: 5, banks: ['harbor', 'summit'] }];
const coordinates = ['Account.balances', 'DepositAccount.nickname', 'DepositAccount.product', 'Transaction.amount'];
const whole = ['harbor', 'summit'].map((bank) => ({ bank, decision: 'RELEASED', coordinates }));

describe('an answer that a client received', () => {
  test('has a receipt for each bank', () => expect(missingReceipts(received, whole)).toEqual([]));

  test('has one of the fields that the bank releases at all', () => {
    const other = { bank: 'summit', decision: 'RELEASED', coordinates: ['DepositAccount.nickname'] };
    expect(missingReceipts(received, [...whole.slice(0, 1), other])).toEqual([]);
    expect(missingReceipts([...received, ...received], [...whole, ...whole.slice(1)])).toHaveLength(1);
  });

  test.each([
    ['a receipt is gone', whole.slice(1)],
    ['nothing was released by it', [{ ...whole[0], decision: 'REQUESTED' }, whole[1]]],
    [
      'it is of fewer fields',
      [
        { ...whole[0], coordinates: coordinates.slice(0, 2) },
        { ...whole[0], coordinates: ['Account.product'] },
        whole[1],
      ],
    ],
    ['it is of another bank', [{ ...whole[0], bank: 'prairie' }, whole[1]]],
  ])('is missing one where %s', (_, exported) => {
    expect(missingReceipts(received, exported as typeof whole)).toEqual([
      'reading 5 was received with values of harbor, and there is no receipt of it',
    ]);
  });
});
