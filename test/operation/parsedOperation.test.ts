import { describe, expect, test } from '@jest/globals';
import { buildSchema, type FieldNode, parse, print, visit } from 'graphql';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';

const schema = buildSchema('type Query { me: Me other: Me } type Me { id: ID name: String me: Me }');

type Bounds = Parameters<typeof parseOperation>[1];

function parsed(text: string, operationName?: string, limits: Bounds = defaultOperationLimits): string {
  const { operation } = parseOperation({ document: parse(text), schema, operationName }, limits);
  return print(operation).replace(/\s+/g, ' ');
}

function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'none';
}

describe('the operation that runs', () => {
  test('is the one that is named, or the only one', () => {
    expect(parsed('query A { me { id } } query B { other { id } }', 'B')).toBe('query B { other { id } }');
    expect(parsed('query A { me { id } }')).toBe('query A { me { id } }');
  });

  test.each([
    ['is not named among several', undefined],
    ['has a name that no operation has', 'C'],
    ['has the name of a fragment', 'F'],
    ['has the name of a property of every object', 'constructor'],
  ])('is refused when it %s', (_, name) => {
    const text = 'query A { me { ...F } } query B { other { id } } fragment F on Me { id }';
    expect(codeOf(() => parsed(text, name))).toBe('OPERATION_RESOLUTION_FAILURE');
  });
});

describe('fragments', () => {
  test('are expanded where they are spread, with the conditions of the spread', () => {
    expect(
      parsed(
        'query($x: Boolean!) { me { ...F @include(if: $x) } } fragment F on Me { id ...G } fragment G on Me { name }',
      ),
    ).toBe('query ($x: Boolean!) { me { ... on Me @include(if: $x) { id ... on Me { name } } } }');
  });

  test('give each place that spreads them nodes of its own, so that one denied position is one', () => {
    const document = parse('{ me { ...F } other { ...F } } fragment F on Me { id }');
    const { operation } = parseOperation({ document, schema }, defaultOperationLimits);
    const nodes: FieldNode[] = [];
    visit(operation, { Field: (node) => void nodes.push(node) });
    expect(nodes).toHaveLength(4);
    expect(new Set(nodes).size).toBe(4);
  });

  test('of the other operation do not count', () => {
    const limits = { positions: 3, depth: 40 };
    expect(parsed('query A { me { id } } query B { me { id name me { id } } }', 'A', limits)).toBe(
      'query A { me { id } }',
    );
  });
});

describe('limits', () => {
  test('count positions after expansion, and stop before they are built', () => {
    const doubling = Array.from(
      { length: 30 },
      (_, at) => `fragment F${at} on Me { a: me { ...F${at + 1} } b: me { ...F${at + 1} } }`,
    );
    const text = `{ me { ...F0 } } ${doubling.join(' ')} fragment F30 on Me { id }`;
    expect(codeOf(() => parsed(text, undefined, { positions: 5000, depth: 100 }))).toBe('OPERATION_TOO_LARGE');
  });

  test('hold at their edge', () => {
    expect(codeOf(() => parsed('{ me { id } }', undefined, { positions: 2, depth: 2 }))).toBe('none');
    expect(codeOf(() => parsed('{ me { id name } }', undefined, { positions: 2, depth: 2 }))).toBe(
      'OPERATION_TOO_LARGE',
    );
    expect(codeOf(() => parsed('{ me { me { id } } }', undefined, { positions: 9, depth: 2 }))).toBe(
      'OPERATION_TOO_LARGE',
    );
  });
});
