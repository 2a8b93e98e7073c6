import { describe, expect, test } from '@jest/globals';
import { ask, composeGraph } from './graph.js';

const z = {
  sdl: `
    type Node @key(fields: "id") @interfaceObject { id: ID! }
    type Query { ranking: [Node]! }
  `,
  roots: { ranking: [{ __typename: 'Node', id: 'b1' }] },
  entities: { Node: () => ({ __typename: 'Node', id: 'b1' }) },
};

describe('a row of which a subgraph knows the interface only', () => {
  test('is asked field by field of the subgraph that took the field over from a type behind it', async () => {
    const row = { __typename: 'Book', id: 'b1', name: 'stale' };
    const graph = composeGraph({
      a: {
        sdl: `
          interface Node @key(fields: "id") { id: ID! name: String }
          type Book implements Node @key(fields: "id") { id: ID! name: String }
        `,
        entities: { Node: () => row, Book: () => row },
      },
      b: {
        sdl: 'type Book @key(fields: "id") { id: ID! name: String @override(from: "a") }',
        entities: { Book: () => ({ __typename: 'Book', id: 'b1', name: 'fresh' }) },
      },
      z,
    });
    expect((await ask(graph, '{ ranking { name } }')).data).toEqual({ ranking: [{ name: 'fresh' }] });
  });

  test('is not asked of the subgraph that lost the field, where the planner knows no other way', async () => {
    const graph = composeGraph({
      a: {
        sdl: `
          interface Node @key(fields: "id") { id: ID! name: String }
          type Book implements Node @key(fields: "id") { id: ID! name: String }
        `,
      },
      b: { sdl: 'type Book @key(fields: "id") { id: ID! name: String @override(from: "a") }' },
      c: {
        sdl: `
          type Book @key(fields: "id") { id: ID! name: String @external long: String @requires(fields: "name") }
        `,
      },
      z,
    });
    await expect(ask(graph, '{ ranking { name } }')).rejects.toThrow(
      'a plan asks subgraph `a` for `Node.name`, which `Book` lacks there',
    );
  });

  test('has the fields that fragments ask of each type behind it, under names of their own', async () => {
    const row = (__typename: string, rowId: string) => ({ __typename, id: rowId });
    const graph = composeGraph({
      a: {
        sdl: `
          interface Node @key(fields: "id") { id: ID! }
          type Book implements Node @key(fields: "id") { id: ID! }
          type Shop implements Node @key(fields: "id") { id: ID! }
          type Query { other: Int }
        `,
        entities: {
          Node: ({ id }) => row(id === 'b1' ? 'Book' : 'Shop', String(id)),
          Book: ({ id }) => row('Book', String(id)),
          Shop: ({ id }) => row('Shop', String(id)),
        },
      },
      z: {
        ...z,
        roots: { ranking: [row('Node', 'b1'), row('Node', 's1')] },
        entities: { Node: ({ id }) => row('Node', String(id)) },
      },
    });
    const { data } = await ask(graph, '{ ranking { ... on Book { key: id } ... on Shop { id } } }');
    expect(data).toEqual({ ranking: [{ key: 'b1' }, { id: 's1' }] });
  });

  test('is told what its field requires, where only one of its types is asked for that field', async () => {
    const film = { __typename: 'Film', id: 'f1', label: [1] };
    const graph = composeGraph({
      a: {
        sdl: `
          interface Node @key(fields: "id") { id: ID! label: [Int!] }
          type User implements Node @key(fields: "id") { id: ID! label: [Int!] }
          type Film implements Node @key(fields: "id") { id: ID! label: [Int!] }
          type Query { other: Int }
        `,
        entities: { Node: () => film, User: () => film, Film: () => film },
      },
      z: {
        sdl: `
          type Node @key(fields: "id") @interfaceObject {
            id: ID! label: [Int!] @external ranked: String @requires(fields: "label")
          }
          type Query { ranking: Node! }
        `,
        roots: { ranking: { __typename: 'Node', id: 'f1' } },
        entities: { Node: ({ label }) => ({ __typename: 'Node', id: 'f1', ranked: JSON.stringify(label) }) },
      },
    });
    const { data } = await ask(graph, '{ ranking { ... on User { id } ... on Film { ranked } } }');
    expect(data).toEqual({ ranking: { ranked: '[1]' } });
  });

  test('asks no subgraph what an object of its type cannot be, where the field of the interface requires something', async () => {
    const user = { __typename: 'User', id: 'u1', label: 'one' };
    const graph = composeGraph({
      a: {
        sdl: `
          type User @key(fields: "id") {
            id: ID! label: String @external best: Boolean @external computed: String @requires(fields: "label best")
          }
        `,
        entities: { User: () => user },
      },
      c: {
        sdl: `
          interface Node @key(fields: "id") { id: ID! }
          type User implements Node @key(fields: "id") { id: ID! label: String best: Boolean }
          type Book implements Node @key(fields: "id") { id: ID! label: String }
          type Query { users: [User] }
        `,
        roots: { users: [user] },
        entities: { Node: () => user, User: () => user, Book: () => null },
      },
      z: {
        sdl: `
          type Node @key(fields: "id") @interfaceObject {
            id: ID! label: String @external ranked: String @requires(fields: "label")
          }
        `,
        entities: { Node: ({ label }) => ({ __typename: 'Node', id: 'u1', ranked: `ranked ${String(label)}` }) },
      },
    });
    expect((await ask(graph, '{ users { ranked } }')).data).toEqual({ users: [{ ranked: 'ranked one' }] });
  });

  test('is null for the reason that the subgraph gives which tells its type', async () => {
    const failing = {
      __typename: 'User',
      id: 'b1',
      label: () => {
        throw new Error('no label today');
      },
    };
    const graph = composeGraph({
      a: {
        sdl: `
          interface Node @key(fields: "id") { id: ID! label: String! }
          type User implements Node @key(fields: "id") { id: ID! label: String! }
        `,
        entities: { Node: () => failing, User: () => failing },
      },
      z,
    });
    const outcome = await ask(graph, '{ ranking { __typename label ... on User { id } } }');
    expect(outcome.data).toEqual({ ranking: [null] });
    expect(outcome.errors).toMatchObject([{ message: 'no label today', path: ['ranking', 0, 'label'] }]);
  });
});
