import { describe, expect, test } from '@jest/globals';
import { ask, composeGraph, type Graph } from './graph.js';

function graphWith(b: (request: { readonly query: string }) => unknown): Graph {
  return composeGraph({
    a: {
      sdl: 'type Query { us: [User] one: User! } type User @key(fields: "id") { id: ID! name: String }',
      roots: { us: ['1', '2'].map((id) => ({ id, name: `n${id}` })), one: { id: '1', name: 'n1' } },
    },
    b: {
      sdl: 'type Query { z: Int } type User @key(fields: "id") { id: ID! x: Int y: [Int!] sure: Int! deep: Deep dep: Int } type Deep { v: Int! w: Int }',
      instead: b,
    },
    c: {
      sdl: 'type User @key(fields: "id") { id: ID! dep: Int @external c: Int @requires(fields: "dep") }',
      entities: { User: ({ dep }) => ({ __typename: 'User', c: Number(dep) + 1 }) },
    },
  });
}

const failed = (message: string, path?: readonly (string | number)[]): object => ({ message, ...(path && { path }) });

describe('a subgraph that fails', () => {
  test('costs its fields, each with the error at its own path, and nothing else', async () => {
    const graph = graphWith(() => ({ data: null, errors: [failed('no')] }));
    expect(await ask(graph, '{ us { name n: x } }')).toMatchObject({
      data: {
        us: [
          { name: 'n1', n: null },
          { name: 'n2', n: null },
        ],
      },
      errors: [
        { message: 'no', path: ['us', 0, 'n'] },
        { message: 'no', path: ['us', 1, 'n'] },
      ],
    });
  });

  test('nulls the parent of a field that may not be null, with one error', async () => {
    const graph = graphWith(() => ({ data: null, errors: [failed('no')] }));
    expect(await ask(graph, '{ us { sure } }')).toMatchObject({ data: { us: [null, null] }, errors: [{}, {}] });
    expect(await ask(graph, '{ one { sure } }')).toMatchObject({ data: null, errors: [{ path: ['one', 'sure'] }] });
  });

  test('has its errors moved to where the client sees the field', async () => {
    const graph = graphWith(() => ({
      data: {
        _entities: [
          { __as_n: null, deep: null },
          { __as_n: 4, deep: { w: null } },
        ],
      },
      errors: [
        failed('a', ['_entities', 0, '__as_n']),
        failed('b', ['_entities', 0, 'deep', 'v']),
        failed('c', ['_entities', 1, 'deep', 'w']),
        failed('d'),
      ],
    }));
    const { data, errors } = await ask(graph, '{ us { n: x deep { w } } }');
    expect(data).toEqual({
      us: [
        { n: null, deep: null },
        { n: 4, deep: { w: null } },
      ],
    });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([
      ['a', ['us', 0, 'n']],
      ['b', ['us', 0, 'deep', 'v']],
      ['c', ['us', 1, 'deep', 'w']],
      ['d', undefined],
    ]);
  });

  test('keeps the message and extensions that it stated, in plain mode', async () => {
    const graph = graphWith(() => ({
      data: { z: null },
      errors: [{ message: 'm', path: ['z'], extensions: { code: 'OWN', n: 1 } }],
    }));
    expect((await ask(graph, '{ z }')).errors).toEqual([
      { message: 'm', path: ['z'], extensions: { code: 'OWN', n: 1 } },
    ]);
  });

  test('withholds what requires the failed field, without asking', async () => {
    const graph = graphWith(() => ({
      data: { _entities: [{ dep: null }, { dep: 5 }] },
      errors: [failed('no', ['_entities', 0, 'dep'])],
    }));
    expect(await ask(graph, '{ us { c } }')).toMatchObject({
      data: { us: [{ c: null }, { c: 6 }] },
      errors: [{ message: 'no', path: ['us', 0, 'c'] }],
    });
    expect(graph.asked.at(-1)?.variables).toEqual({ representations: [{ __typename: 'User', dep: 5, id: '2' }] });
  });

  test.each([
    ['text', 'oops'],
    ['a list', []],
    ['neither data nor errors', {}],
    ['null data without errors', { data: null }],
    ['too few entities', { data: { _entities: [] } }],
    ['entities that are no list', { data: { _entities: { x: 1 } } }],
    ['entities that are no objects', { data: { _entities: [1, 'x'] } }],
    [
      'entities of another type',
      {
        data: {
          _entities: [
            { __typename: 'Deep', x: 1 },
            { __typename: 'Deep', x: 1 },
          ],
        },
      },
    ],
    ['errors that are no list', { data: { _entities: [null, null] }, errors: 'x' }],
  ])('is unusable when it answers with %s', async (_, answer) => {
    const { data, errors } = await ask(
      graphWith(() => answer),
      '{ us { x } }',
    );
    expect(data).toEqual({ us: [{ x: null }, { x: null }] });
    expect(errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
  });

  test.each([
    ['x', '4', null],
    ['x', 2 ** 31, null],
    ['x', 1.5, null],
    ['y', [1, null], null],
    ['y', 7, null],
    ['deep { w }', [], null],
    ['deep { w }', 'x', null],
  ])('gives null and an error for a `%s` of %j', async (field, value, expected) => {
    const [key = ''] = field.split(' ');
    const { data, errors } = await ask(
      graphWith(() => ({ data: { _entities: [{ [key]: value }, null] } })),
      `{ us { ${field} } }`,
    );
    expect(data).toEqual({ us: [{ [key]: expected }, { [key]: null }] });
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors)).not.toContain(JSON.stringify(value).replaceAll(/[[\]{}]/g, '') || 'never');
  });

  test('costs the object whose type has no place there, and the object that states none', async () => {
    const graph = composeGraph({
      a: {
        sdl: 'type Query { any: [Any] } union Any = A | B type A { s: String } type B { s: String } type C { s: String }',
        instead: () => ({ data: { any: [{ __typename: 'C', s: 'x' }, { __typename: 'A', s: 'y' }, { s: 'z' }] } }),
      },
    });
    const { data, errors } = await ask(graph, '{ any { ... on A { s } } }');
    expect(data).toEqual({ any: [null, { s: 'y' }, null] });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['any', 0],
      ['any', 2],
    ]);
  });
});
