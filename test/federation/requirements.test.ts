import { describe, expect, test } from '@jest/globals';
import { InternalFault } from '../../src/fault/index.js';
import { ask, composeGraph, type Graph } from './graph.js';

type Row = Readonly<Record<string, unknown>>;

/** `ages` owns what `deals` requires, and users lead to users within `deals`. */
function friends(): Graph {
  const age: Row = { u1: 5, u2: 7 };
  const dealing = ({ id, age: known }: Row): Row => ({
    __typename: 'User',
    id,
    deal: known === undefined ? 'nothing known' : Number(known) * 2,
    best: () => dealing({ id: id === 'u1' ? 'u2' : 'u1' }),
  });
  return composeGraph({
    ages: {
      sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! age: Int }',
      roots: { me: { id: 'u1', age: 5 } },
      entities: { User: ({ id }) => ({ __typename: 'User', id, age: age[String(id)] }) },
    },
    deals: {
      sdl: `type User @key(fields: "id") { id: ID! age: Int @external best: User
        deal: Int @requires(fields: "age") }`,
      entities: { User: dealing },
    },
  });
}

describe('a required field', () => {
  test('is there for an entity below its own type in the same subgraph', async () => {
    const query = '{ me { deal best { id deal best { deal age } } } }';
    expect((await ask(friends(), query)).data).toEqual({
      me: { deal: 10, best: { id: 'u2', deal: 14, best: { deal: 10, age: 5 } } },
    });
  });

  test('of an entity interface is fetched before the interface object that requires it is asked', async () => {
    const graph = composeGraph({
      library: {
        sdl: `type Query { items: [Item!] } interface Item @key(fields: "id") { id: ID! title: String }
          type Book implements Item @key(fields: "id") { id: ID! title: String }`,
        roots: { items: [{ __typename: 'Book', id: '1', title: 'a book' }] },
        entities: { Book: ({ id }) => ({ __typename: 'Book', id, title: 'a book' }) },
      },
      shouts: {
        sdl: `type Item @key(fields: "id") @interfaceObject { id: ID! title: String @external
          shout: String @requires(fields: "title") }`,
        entities: { Item: ({ id, title }) => ({ __typename: 'Item', id, shout: String(title).toUpperCase() }) },
      },
    });
    const query = '{ items { shout ... on Book { loud: shout } } }';
    expect((await ask(graph, query)).data).toEqual({ items: [{ shout: 'A BOOK', loud: 'A BOOK' }] });
  });

  test.each([
    ['of one field each', 'code', 'code: Int'],
    ['of fields below a field', 'ref { code }', 'ref: Ref'],
  ])('does not end the process behind several keys, %s', async (_, key, field) => {
    const graph = composeGraph({
      films: {
        sdl: 'type Query { best: Film } type Film @key(fields: "id") { id: ID! seats: Int }',
        roots: { best: { id: '1', seats: 4 } },
      },
      prices: {
        sdl: `type Film @key(fields: "id") @key(fields: "${key}") { id: ID! ${field} seats: Int @external
          price: Int @requires(fields: "seats") } type Ref { code: Int }`,
        entities: { Film: ({ id, seats }) => ({ __typename: 'Film', id, price: Number(seats) * 3 }) },
      },
    });
    expect((await ask(graph, '{ best { price } }')).data).toEqual({ best: { price: 12 } });
  });

  test('is never taken for the same field with the arguments that the client gave', async () => {
    const label = ({ x = 0 }: { readonly x?: number }) => `label ${x}`;
    const graph = composeGraph({
      a: {
        sdl: 'union Thing = User type User @key(fields: "id") { id: ID! label(x: Int): String } type Query { all: Thing }',
        roots: { all: { __typename: 'User', id: '1', label } },
        entities: { User: ({ id }) => ({ __typename: 'User', id, label }) },
      },
      b: {
        sdl: `type User @key(fields: "id") { id: ID! label(x: Int): String @external
          loud: String @requires(fields: "label") }`,
        entities: { User: ({ id, label: known }) => ({ __typename: 'User', id, loud: `${known}!` }) },
      },
    });
    const outcome = await ask(graph, '{ all { ... on User { label(x: 1) loud } } }').catch((fault: unknown) => fault);
    if (outcome instanceof InternalFault) expect(outcome.message).toContain('required field');
    else expect(outcome).toMatchObject({ data: { all: { label: 'label 1', loud: 'label 0!' } } });
  });
});
