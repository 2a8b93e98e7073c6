import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { categoriesOf, dataCategories, maskOf } from '../../src/policy/index.js';

describe('printProblem', () => {
  test('names the place before the code and the coordinate', () => {
    const location = { file: 'schema/bank.graphql', line: 12, column: 3 };
    expect(
      printProblem({ code: 'UNCLASSIFIED', message: 'states no category', coordinate: 'Account.id', location }),
    ).toBe('schema/bank.graphql:12:3 UNCLASSIFIED Account.id: states no category');
  });
});

test('a mask gives back the categories it was made of', () => {
  expect(categoriesOf(maskOf(dataCategories))).toEqual([...dataCategories]);
});
