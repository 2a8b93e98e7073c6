import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { rowDemandOf, rowsDemanded } from '../../src/operation/index.js';

function rowsOf(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return rowsDemanded(rowDemandOf(operation satisfies OperationDefinitionNode), variables);
}

describe('the rows that an operation may be answered with', () => {
  test('are those of each page, under each alias', () => {
    expect(rowsOf('{ me { receipts(first: 10) { edges { cursor } } } }')).toBe(10);
    expect(
      rowsOf('{ me { a: receipts(first: 10) { edges { cursor } } b: receipts(first: 5) { edges { cursor } } } }'),
    ).toBe(15);
  });

  test('multiply where pages lie in pages', () => {
    expect(rowsOf('{ a(first: 10) { edges { node { b(first: 3) { edges { cursor } } } } } }')).toBe(10 + 30);
  });

  test('are 25 of a page that says no size, 1000 of one that says too much, and none of what is no page', () => {
    expect(rowsOf('{ a { edges { cursor } } }')).toBe(25);
    expect(rowsOf('{ a { ... on A { edges { cursor } } } }')).toBe(25);
    expect(rowsOf('{ a(first: null) { pageInfo { hasNextPage } } }')).toBe(25);
    expect(rowsOf('{ a(first: 100000) { edges { cursor } } }')).toBe(1000);
    expect(rowsOf('{ a(first: -5) { edges { cursor } } }')).toBe(0);
    expect(rowsOf('{ a { b } }')).toBe(0);
  });

  test('are what the variables say', () => {
    const text = 'query($n: Int) { a(first: $n) { edges { cursor } } }';
    expect([rowsOf(text, { n: 7 }), rowsOf(text, { n: null }), rowsOf(text)]).toEqual([7, 25, 25]);
  });

  test('are no fewer for one more alias', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const aliases = sizes.map((size, index) => `a${index}: list(first: ${size}) { edges { cursor } }`);
        const expected = sizes.reduce((sum, size) => sum + Math.min(size, 1000), 0);
        expect(rowsOf(`{ ${aliases.join(' ')} }`)).toBe(expected);
      }),
    );
  });
});
