import { describe, expect, test } from '@jest/globals';
import { executeSync, getIntrospectionQuery, parse } from 'graphql';
import { ask, composeGraph, type Graph } from './graph.js';

function graph(log: string[] = []): Graph {
  const user = { id: '1', name: 'Ann' };
  const written =
    (name: string) =>
    ({ i }: { i: number }) => {
      log.push(`${name}${i}`);
      return { __typename: 'User', id: String(i), name: `${name}${i}` };
    };
  return composeGraph({
    a: {
      sdl: `type Query { me: User } type User @key(fields: "id") { id: ID! name: String }
        type Mutation { x(i: Int): User z(i: Int): User }`,
      roots: { me: user },
      mutations: {
        x: (_: unknown, args: { i: number }) => written('x')(args),
        z: (_: unknown, args: { i: number }) => written('z')(args),
      },
      entities: { User: ({ id }) => ({ __typename: 'User', id, name: `user ${id}` }) },
    },
    b: {
      sdl: `type Query { top: Int } type User @key(fields: "id") { id: ID! age: Int since(year: Int): Int }
        type Mutation { y(i: Int): User }`,
      roots: { top: 3 },
      mutations: { y: (_: unknown, args: { i: number }) => written('y')(args) },
      entities: {
        User: ({ id }) => {
          log.push(`read ${id}`);
          return { __typename: 'User', id, age: 40, since: ({ year }: { year?: number }) => year ?? 0 };
        },
      },
    },
  });
}

describe('an operation', () => {
  test.each([
    [true, true, { me: { name: 'Ann', age: 40 } }],
    [true, false, { me: { name: 'Ann' } }],
    [false, true, { top: 3, me: { name: 'Ann', age: 40 } }],
    [false, false, { top: 3, me: { name: 'Ann' } }],
  ])('leaves out what @skip (%s) and @include (%s) say', async (skip, include, expected) => {
    const query =
      'query($s: Boolean!, $i: Boolean = true) { top @skip(if: $s) me { name ... @include(if: $i) { age } } }';
    expect((await ask(graph(), query, { s: skip, i: include })).data).toEqual(expected);
  });

  test('calls nobody for what its variables skip', async () => {
    const asked = graph();
    await ask(asked, 'query($i: Boolean!) { me { name age @include(if: $i) } }', { i: false });
    expect(asked.asked.map(({ subgraph }) => subgraph)).toEqual(['a']);
  });

  test('merges fields that fragments select under different conditions', async () => {
    const query = `query($a: Boolean!, $b: Boolean!) {
      me @include(if: $a) { name ... on User { id } } ...F @include(if: $b) } fragment F on Query { me { age id } }`;
    expect((await ask(graph(), query, { a: true, b: false })).text).toBe('{"data":{"me":{"name":"Ann","id":"1"}}}');
    expect((await ask(graph(), query, { a: false, b: true })).text).toBe('{"data":{"me":{"age":40,"id":"1"}}}');
    expect((await ask(graph(), query, { a: true, b: true })).text).toBe(
      '{"data":{"me":{"name":"Ann","id":"1","age":40}}}',
    );
    expect((await ask(graph(), query, { a: false, b: false })).text).toBe('{"data":{}}');
  });

  test('sends a subgraph the variables that it uses, and no others', async () => {
    const asked = graph();
    await ask(asked, 'query($y: Int, $s: Boolean!) { me { since(year: $y) name @skip(if: $s) } }', { y: 5, s: false });
    expect(asked.asked.map(({ variables }) => Object.keys(variables))).toEqual([[], ['y', 'representations']]);
  });

  test('may name its variables as the planner names its own', async () => {
    const query = 'query($representations: Int) { me { since(year: $representations) } }';
    expect((await ask(graph(), query, { representations: 7 })).data).toEqual({ me: { since: 7 } });
  });

  test('asks for `__typename` of the root from nobody', async () => {
    const asked = graph();
    expect((await ask(asked, '{ __typename a: __typename }')).text).toBe('{"data":{"__typename":"Query","a":"Query"}}');
    expect(asked.asked).toEqual([]);
  });

  test('answers introspection as graphql-js does, beside data', async () => {
    const asked = graph();
    const { data } = await ask(asked, getIntrospectionQuery());
    const expected = executeSync({ schema: asked.schema, document: parse(getIntrospectionQuery()) });
    expect(data).toEqual(JSON.parse(JSON.stringify(expected.data)));
    const query = 'query($n: String!) { t: __type(name: $n) { name fields { name } } ... { top } }';
    expect((await ask(asked, query, { n: 'User' })).text).toBe(
      '{"data":{"t":{"name":"User","fields":[{"name":"id"},{"name":"name"},{"name":"age"},{"name":"since"}]},"top":3}}',
    );
  });

  test('runs mutations in order, each with what is read of it', async () => {
    const log: string[] = [];
    const { data } = await ask(graph(log), 'mutation { x(i: 1) { age } y(i: 2) { name } z(i: 3) { name } }');
    expect(log).toEqual(['x1', 'read 1', 'y2', 'z3']);
    expect(data).toEqual({ x: { age: 40 }, y: { name: 'user 2' }, z: { name: 'z3' } });
  });

  test('moves a field to its new owner for the share of requests that its override states', async () => {
    const draws = [0, 19.9, 20, 99.9];
    const moving = composeGraph(
      {
        old: { sdl: 'type Query { x: Int y: Int }', roots: { x: 1, y: 1 } },
        new: {
          sdl: `type Query { x: Int @override(from: "old", label: "percent(20)") y: Int @override(from: "old", label: "percent(100)") }`,
          roots: { x: 2, y: 2 },
        },
      },
      { draw: () => draws.shift() ?? 0 },
    );
    const answers = [];
    for (const _ of [1, 2, 3, 4]) answers.push((await ask(moving, '{ x y }')).data);
    expect(answers).toEqual([
      { x: 2, y: 2 },
      { x: 2, y: 2 },
      { x: 1, y: 2 },
      { x: 1, y: 2 },
    ]);
  });

  test.each([
    [[], 'old'],
    [['spring'], 'new'],
  ])('is answered by the owner that the labels switched on (%j) say', async (labels, owner) => {
    const moving = composeGraph(
      {
        old: { sdl: 'type Query { x: Int }', roots: { x: 1 } },
        new: { sdl: 'type Query { x: Int @override(from: "old", label: "spring") }', roots: { x: 1 } },
      },
      { overrideLabels: new Set(labels) },
    );
    await ask(moving, '{ x }');
    expect(moving.asked.map(({ subgraph }) => subgraph)).toEqual([owner]);
  });

  test('knows of which type an object is though the fragments that ask for it are left out', async () => {
    const shelf = composeGraph({
      a: {
        sdl: 'type Query { items: [Item] } interface Item { id: ID! } type Book implements Item { id: ID! pages: Int }',
        roots: { items: [{ __typename: 'Book', id: '1' }] },
      },
    });
    const query = 'query($no: Boolean!) { items { id ... on Book @include(if: $no) { pages } } }';
    expect((await ask(shelf, query, { no: false })).text).toBe('{"data":{"items":[{"id":"1"}]}}');
  });

  test('keeps an object of which the variables select nothing', async () => {
    const query = 'query($no: Boolean!) { me { name @include(if: $no) ... on User @include(if: $no) { age } } }';
    expect((await ask(graph(), query, { no: false })).text).toBe('{"data":{"me":{}}}');
  });
});
