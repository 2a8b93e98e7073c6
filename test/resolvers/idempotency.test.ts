import { describe, expect, test } from '@jest/globals';
import { createOnce } from '../../resolvers/idempotency.js';

const order = { holder: 'wl-1', client: 'messenger', purpose: 'P2P_PAYMENT', key: 'same', body: ['pay', '3.00'] };

describe('an idempotency key', () => {
  test.each([{ holder: 'wl-2' }, { client: 'bank-portal' }, { purpose: 'MERCHANT_CHECKOUT' }])(
    'with %j is another key: it is neither answered from memory nor refused',
    (change) => {
      const answerTo = (body: readonly string[]) => {
        const once = createOnce(() => new Date(0));
        once(order, () => 'first');
        return once({ ...order, ...change, body }, () => 'second');
      };
      expect(answerTo(order.body)).toBe('second');
      expect(answerTo(['pay', '4.00'])).toBe('second');
    },
  );

  test('gives the same order its first answer, and refuses another one', () => {
    const once = createOnce(() => new Date(0));
    once(order, () => 'first');
    expect(once(order, () => 'second')).toBe('first');
    expect(() => once({ ...order, body: ['ask', '3.00'] }, () => 'third')).toThrow('used for another order');
  });
});
