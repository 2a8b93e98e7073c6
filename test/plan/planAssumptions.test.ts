import type { PlanNode as RawNode } from '@graphql-hive/router-query-planner';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { printPlan } from '../../src/plan/index.js';
import { planOperation } from '../../src/plan/planOperation.js';
import { composeGraph } from '../federation/graph.js';

const { planner } = composeGraph({
  a: {
    sdl: `
      interface Node @key(fields: "id") { id: ID! }
      type Book implements Node @key(fields: "id") { id: ID! pages: Int }
      type User implements Node @key(fields: "id") { id: ID! name: String }
      type Note { text: String }
      type Shelf { size: Int }
      union Item = Book | Note
      type Query { node: Node user: User item: Item note: Note shelf: Shelf }
    `,
  },
  z: {
    sdl: `
      type Node @key(fields: "id") @interfaceObject { id: ID! rank: Int }
      type Query { ranking: Node }
    `,
  },
  y: {
    sdl: `
      type Book @key(fields: "id") { id: ID! }
      type Ghost { id: ID! }
      type Query { book: Book ghost: Ghost }
    `,
  },
});

/** What becomes of a plan that the library would make. */
async function planned(node: RawNode): Promise<string> {
  const way = async () => ({ kind: 'QueryPlan' as const, node });
  return printPlan(await planOperation(parse('{ unused }'), { ...planner, ways: [way] }, 0)).replaceAll(/\s+/g, ' ');
}

const rootFetch = (serviceName: string, operation: string): RawNode =>
  ({ kind: 'Fetch', serviceName, operation }) as RawNode;

const entityFetch = (serviceName: string, selections: string): RawNode => {
  const operation = `query($representations:[_Any!]!){_entities(representations: $representations){${selections}}}`;
  const requires = [{ kind: 'Field', name: '__typename' }];
  return {
    kind: 'Flatten',
    path: [{ Field: 'node' }],
    node: { ...rootFetch(serviceName, operation), requires },
  } as RawNode;
};

describe('a fragment of a plan', () => {
  test.each([
    ['on an object behind its interface', '{node{__typename ...on Book{pages}}}'],
    ['on the interface of its object', '{user{...on Node{id}}}'],
    ['on a member of its union', '{item{__typename ...on Note{text}}}'],
    ['on an interface that a member of its union has', '{item{__typename ...on Node{id}}}'],
  ])('is kept %s', async (_, operation) => {
    expect((await planned(rootFetch('a', operation))).replaceAll(' ', '')).toBe(
      `fetcha${operation}`.replaceAll(' ', ''),
    );
  });

  test.each([
    ['another object', '{user{id ...on Book{pages}}}', '{ user { id } }'],
    ['another object, and nothing else is asked', '{user{...on Book{pages}}}', '{ user { __typename } }'],
    [
      'another object below an interface',
      '{user{id ...on Node{...on User{name} ...on Shelf{size}}}}',
      '{ user { id ... on Node { ... on User { name } } } }',
    ],
    ['a type that the subgraph does not know, and its object is none', '{user{id ...on Ghost{id}}}', '{ user { id } }'],
    ['no member of its union', '{item{__typename ...on User{name}}}', '{ item { __typename } }'],
  ])('is left out where it is on %s', async (_, operation, asked) => {
    expect(await planned(rootFetch('a', operation))).toBe(`fetch a ${asked}`);
  });

  test.each<[string, RawNode, string]>([
    [
      'an interface of its object that the subgraph does not know',
      rootFetch('y', '{book{...on Node{id}}}'),
      'a plan asks subgraph `y` for what `Book` is as `Node`, which nothing can be there',
    ],
    [
      'a type behind its interface object, which the subgraph does not know',
      rootFetch('z', '{ranking{id ...on Book{id}}}'),
      'a plan asks subgraph `z` for what `Node` is as `Book`, which nothing can be there',
    ],
    [
      'a type of entities that the subgraph does not know',
      entityFetch('z', '...on Book{id}'),
      'a plan asks subgraph `z` for what an entity is as `Book`, which nothing can be there',
    ],
    [
      'a type without a key, where entities are asked for',
      entityFetch('a', '...on Note{text}'),
      'a plan asks subgraph `a` for what an entity is as `Note`, which nothing can be there',
    ],
  ])('is refused where it is on %s', async (_, node, message) => {
    await expect(planned(node)).rejects.toThrow(message);
  });
});
