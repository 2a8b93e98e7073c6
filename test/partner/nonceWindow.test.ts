import { describe, expect, test } from '@jest/globals';
import { NonceWindow } from '../../src/partner/nonceWindow.js';

describe('the nonce window', () => {
  test('admits a nonce once within its time', () => {
    const window = new NonceWindow(100);
    expect([window.admit('a', 0), window.admit('a', 99), window.admit('a', 100)]).toEqual([true, false, true]);
  });

  test('admits nothing more when it is full, until old nonces are forgotten', () => {
    const window = new NonceWindow(100, 2);
    expect([window.admit('a', 0), window.admit('b', 50), window.admit('c', 60)]).toEqual([true, true, false]);
    expect(window.admit('c', 100)).toBe(true);
  });
});
