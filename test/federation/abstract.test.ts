import { describe, expect, test } from '@jest/globals';
import { ask, composeGraph, type Graph } from './graph.js';

const shelf = [
  { __typename: 'Book', id: 'b1' },
  { __typename: 'Film', id: 'f1' },
  { __typename: 'Book', id: 'b2' },
];

function library(): Graph {
  return composeGraph({
    shelf: {
      sdl: `type Query { items: [Item!]! either: [Either] }
        interface Item @key(fields: "id") { id: ID! }
        union Either = Book | Film
        type Book implements Item @key(fields: "id") { id: ID! }
        type Film implements Item @key(fields: "id") { id: ID! minutes: Int }`,
      roots: { items: shelf, either: shelf },
      entities: { Book: ({ id }) => ({ __typename: 'Book', id }), Film: ({ id }) => ({ __typename: 'Film', id }) },
    },
    texts: {
      sdl: `type Book @key(fields: "id") { id: ID! title: String } type Film @key(fields: "id") { id: ID! title: String }`,
      entities: {
        Book: ({ id }) => ({ __typename: 'Book', id, title: `book ${id}` }),
        Film: ({ id }) => ({ __typename: 'Film', id, title: `film ${id}` }),
      },
    },
    loans: {
      sdl: `type Item @key(fields: "id") @interfaceObject { id: ID! loans(years: Int): Int }`,
      entities: {
        Item: ({ id }) => ({
          __typename: 'Item',
          id,
          loans: ({ years }: { years?: number }) => String(id).length + (years ?? 0),
        }),
      },
    },
  });
}

describe('abstract types', () => {
  test('fan out to the subgraphs of their members', async () => {
    const { data } = await ask(library(), '{ either { __typename ... on Book { title } ... on Film { t: title } } }');
    expect(data).toEqual({
      either: [
        { __typename: 'Book', title: 'book b1' },
        { __typename: 'Film', t: 'film f1' },
        { __typename: 'Book', title: 'book b2' },
      ],
    });
  });

  test('are extended by an interface object without losing their own type', async () => {
    const { data } = await ask(
      library(),
      '{ items { loans kind: __typename ... on Film { more: loans(years: 3) title } } }',
    );
    expect(data).toEqual({
      items: [
        { loans: 2, kind: 'Book' },
        { loans: 2, kind: 'Film', more: 5, title: 'film f1' },
        { loans: 2, kind: 'Book' },
      ],
    });
  });

  test('merge one response key across fragments, in the order of the specification', async () => {
    const { text } = await ask(
      library(),
      '{ items { ... on Book { title } id ... on Item { id loans } ... on Film { id title } } }',
    );
    expect(text).toBe(
      '{"data":{"items":[{"title":"book b1","id":"b1","loans":2},{"id":"f1","loans":2,"title":"film f1"},{"title":"book b2","id":"b2","loans":2}]}}',
    );
  });

  test('let one response key be different fields of different types', async () => {
    const graph = composeGraph({
      a: {
        sdl: 'type Query { any: [Any] } union Any = A | B type A { s: String } type B { s: String! n: Int }',
        roots: {
          any: [
            { __typename: 'A', s: 'x' },
            { __typename: 'B', s: 'y', n: 1 },
          ],
        },
      },
    });
    const { data } = await ask(graph, '{ any { ... on A { s } ... on B { x: n s: s } } }'.replace('s: s', 'n'));
    expect(data).toEqual({ any: [{ s: 'x' }, { x: 1, n: 1 }] });
  });

  test('refuse a type that has no place there', async () => {
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
