import { describe, expect, test } from '@jest/globals';
import { ask, composeGraph, type Graph } from './graph.js';

const title: Readonly<Record<string, string | null>> = { b1: 'a book', f1: null };

/** The interface's field may be null; one of its implementations promises that it is not. */
function shelf(): Graph {
  const found = ({ __typename, id }: Readonly<Record<string, unknown>>) => ({
    __typename,
    id,
    title: title[String(id)],
  });
  return composeGraph({
    shelf: {
      sdl: `type Query { items: [Item] } interface Item { id: ID! }
        type Book implements Item @key(fields: "id") { id: ID! }
        type Film implements Item @key(fields: "id") { id: ID! }`,
      roots: {
        items: [
          { __typename: 'Book', id: 'b1' },
          { __typename: 'Film', id: 'f1' },
        ],
      },
    },
    titles: {
      sdl: `interface Item { id: ID! title: String }
        type Book implements Item @key(fields: "id") { id: ID! title: String! }
        type Film implements Item @key(fields: "id") { id: ID! title: String }`,
      entities: { Book: found, Film: found },
    },
  });
}

/** Keys and required fields of one name and different types, which the planner asks for side by side. */
function mixed(): Graph {
  const rows = [
    { __typename: 'Book', id: '1', size: { w: 1 } },
    { __typename: 'Film', id: 2, size: { w: 'wide' } },
    { __typename: 'Song', id: '3' },
  ];
  const priced = ({ __typename, id, size }: Readonly<Record<string, unknown>>) => ({
    __typename,
    id,
    price: size === undefined ? 'none' : JSON.stringify(size),
  });
  return composeGraph({
    a: {
      sdl: `type Query { items: [Item] } union Item = Book | Film | Song
        type Book @key(fields: "id") { id: ID! size: Inches }
        type Film @key(fields: "id") { id: Int! size: Words }
        type Song @key(fields: "id") { id: ID }
        type Inches { w: Int } type Words { w: String }`,
      roots: { items: rows },
    },
    b: {
      sdl: `type Book @key(fields: "id") { id: ID! size: Inches @external price: String @requires(fields: "size { w }") }
        type Film @key(fields: "id") { id: Int! size: Words @external price: String @requires(fields: "size { w }") }
        type Song @key(fields: "id") { id: ID price: String }
        type Inches @external { w: Int } type Words @external { w: String }`,
      entities: { Book: priced, Film: priced, Song: priced },
    },
  });
}

describe('one response key', () => {
  test('may be of different nullability in the implementations of an interface', async () => {
    const graph = shelf();
    const { data, errors } = await ask(graph, '{ items { id title ... on Film { title } } }');
    expect(data).toEqual({
      items: [
        { id: 'b1', title: 'a book' },
        { id: 'f1', title: null },
      ],
    });
    expect(errors).toBeUndefined();
  });

  test('may be a key or a required field of another type in each member of a union', async () => {
    const query = '{ items { ... on Book { id price } ... on Film { number: id price } ... on Song { price } } }';
    expect((await ask(mixed(), query)).data).toEqual({
      items: [{ id: '1', price: '{"w":1}' }, { number: 2, price: '{"w":"wide"}' }, { price: 'none' }],
    });
  });
});
