import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { categoriesOf, financialMask, maskOf, purposes, scopeOf, viewOf } from '../../src/policy/index.js';
import { admittedBy, admittedScope } from '../../src/principal/index.js';
import { readScope } from '../../src/principal/scope.js';

const everything = 0x7fffffff;

describe('the scope that a purpose admits', () => {
  test('holds no data word outside the first-party view, whatever the policy says', () => {
    for (const purpose of purposes.filter((one) => viewOf(one) !== 'first-party')) {
      expect([...admittedScope(purpose, () => everything).keys()].filter((word) => word.startsWith('data:'))).toEqual(
        [],
      );
    }
  });

  test('holds a word for every category read directly, as an item or given as input, and for no open one', () => {
    const masks = {
      direct: maskOf(['RELATIONSHIP', 'OFFER_PUBLIC']),
      item: maskOf(['TRANSACTION_CORE']),
      write: maskOf(['PAYMENT_CREDENTIAL']),
    };
    const admits = admittedBy({ cells: () => masks });
    expect([...admittedScope('P2P_PAYMENT', admits).keys()]).toEqual([
      'data:relationship',
      'data:transaction-core',
      'data:payment-credential',
    ]);
  });
});

describe('reading a scope', () => {
  const admitted = admittedScope('CONSENT_MANAGEMENT', () => everything);
  const words = [...admitted.keys()];

  test('names exactly the categories of its words, and RELATIONSHIP with any financial one', () => {
    fc.assert(
      fc.property(fc.subarray(words), (chosen) => {
        const { mask, words: read } = readScope(chosen.join(' '), admitted);
        const named = maskOf(chosen.flatMap((word) => admitted.get(word) ?? []));
        expect([...read]).toEqual(chosen);
        expect(mask).toBe(named & financialMask ? named | maskOf(['RELATIONSHIP']) : named);
        expect(categoriesOf(named).map(scopeOf)).toEqual(
          words.filter((word) => chosen.includes(word) && admitted.get(word)),
        );
      }),
    );
  });

  test('takes a text only when it is admitted words, each once, joined by single spaces', () => {
    const pieces = fc.constantFrom(...words, ' ', '  ', '\t', '\u00a0', '\n', ',', 'data:', 'DATA:BALANCE', 'x', '');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (list) => {
        const text = list.join('');
        const parts = text === '' ? [] : text.split(' ');
        const plain = parts.every((word) => words.includes(word)) && new Set(parts).size === parts.length;
        const taken = (() => {
          try {
            readScope(text, admitted);
            return true;
          } catch {
            return false;
          }
        })();
        expect(taken).toBe(plain);
      }),
    );
  });
});
