import { describe, expect, test } from '@jest/globals';
import { buildSchema, type FieldNode, Kind, parse } from 'graphql';
import { inputCoordinates } from '../../src/authorize/inputCoordinates.js';

const schema = buildSchema(`
  input Filter { min: Int and: [Filter!] range: Range }
  input Range { from: Int until: Int }
  type Query { rows(filter: Filter! sort: [Range!] count: Int): Int }
`);

/** The coordinates that a root field supplies. */
function suppliedBy(text: string): string[] {
  const [operation] = parse(`{ ${text} }`).definitions;
  const field = schema.getQueryType()?.getFields()['rows'];
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !field) throw new Error('not an operation');
  return inputCoordinates(operation.selectionSet.selections[0] as FieldNode, 'Query.rows', field);
}

const range = ['Range.from', 'Range.until'];

describe('the coordinates that a field supplies', () => {
  test.each([
    ['rows', []],
    ['rows(count: 1)', ['Query.rows(count:)']],
    ['rows(filter: $filter)', ['Query.rows(filter:)', 'Filter.min', 'Filter.and', 'Filter.range', ...range]],
    ['rows(filter: { min: 1 })', ['Query.rows(filter:)', 'Filter.min', 'Filter.and', 'Filter.range', ...range]],
    ['rows(count: 1, sort: $sort)', ['Query.rows(count:)', 'Query.rows(sort:)', ...range]],
    ['rows(other: 1)', ['Query.rows(other:)']],
  ])('by `%s` are its arguments and all that they can carry, each once', (text, expected) => {
    expect(suppliedBy(text)).toEqual(expected);
  });
});
