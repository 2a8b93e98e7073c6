import { describe, expect, test } from '@jest/globals';
import { ask, composeGraph, type Graph } from './graph.js';

function shop(): Graph {
  const names: Record<string, string> = { p1: 'Lamp', p2: 'Desk' };
  return composeGraph({
    products: {
      sdl: `type Query { products: [Product!]! product: Product grid: [[Product]] }
        type Product @key(fields: "id") { id: ID! name: String! weight: Int price: Int }`,
      roots: {
        products: ['p1', 'p2', 'p1'].map((id) => ({ id, name: names[id], weight: 3, price: 10 })),
        product: { id: 'p1', name: 'Lamp', weight: null },
        grid: [[{ id: 'p1' }, null], null, [{ id: 'p2' }]],
      },
      entities: { Product: ({ id }) => ({ __typename: 'Product', id, name: names[String(id)], weight: 3 }) },
    },
    stock: {
      sdl: `type Product @key(fields: "id") { id: ID! weight: Int @external
          inStock(city: String): Int shipping: Int @requires(fields: "weight") maker: Maker }
        type Maker @key(fields: "country code") { country: String! code: Int! }`,
      entities: {
        Product: ({ id, weight }) => ({
          __typename: 'Product',
          id,
          inStock: ({ city }: { city?: string }) => (id === 'p1' ? 7 : 8) + (city?.length ?? 0),
          shipping: weight === null ? -1 : Number(weight) * 100,
          maker: { country: 'fi', code: id === 'p1' ? 1 : 2 },
        }),
      },
    },
    makers: {
      sdl: `type Maker @key(fields: "country code") { country: String! code: Int! label: String }`,
      entities: { Maker: ({ country, code }) => ({ __typename: 'Maker', country, code, label: `${country}-${code}` }) },
    },
  });
}

describe('entities', () => {
  test('are asked for once each, however often they occur', async () => {
    const graph = shop();
    const { data } = await ask(graph, '{ products { name inStock } }');
    expect(data).toEqual({
      products: [
        { name: 'Lamp', inStock: 7 },
        { name: 'Desk', inStock: 8 },
        { name: 'Lamp', inStock: 7 },
      ],
    });
    expect(graph.asked[1]?.variables).toEqual({
      representations: [
        { __typename: 'Product', id: 'p1' },
        { __typename: 'Product', id: 'p2' },
      ],
    });
  });

  test('are found through nested lists, around nulls', async () => {
    const { data } = await ask(shop(), '{ grid { inStock } }');
    expect(data).toEqual({ grid: [[{ inStock: 7 }, null], null, [{ inStock: 8 }]] });
  });

  test('carry compound keys', async () => {
    const graph = shop();
    const { data, plan } = await ask(graph, '{ product { maker { label } } }');
    expect(data).toEqual({ product: { maker: { label: 'fi-1' } } });
    expect(plan).toMatchInlineSnapshot(`
      "sequence
        fetch products
          {
            product {
              __typename
              id
            }
          }
        entities stock
          $representations at product by ... on Product { __typename id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                maker {
                  __typename
                  country
                  code
                }
              }
            }
          }
        entities makers
          $representations at product.maker by ... on Maker { __typename country code }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Maker {
                label
              }
            }
          }"
    `);
  });

  test('carry what a field requires, null included', async () => {
    const graph = shop();
    const { data } = await ask(graph, '{ products { shipping } product { shipping } }');
    expect(data).toEqual({
      products: [{ shipping: 300 }, { shipping: 300 }, { shipping: 300 }],
      product: { shipping: -1 },
    });
  });

  test('keep apart what two aliases ask of one entity', async () => {
    const { data } = await ask(shop(), 'query($c: String) { product { a: inStock(city: $c) b: inStock } }', {
      c: 'abc',
    });
    expect(data).toEqual({ product: { a: 10, b: 7 } });
  });

  test('keep apart what two positions ask of one entity', async () => {
    const { data } = await ask(
      shop(),
      '{ a: products { maker { x: label } inStock } b: products { maker { x: country label } inStock(city: "x") } }',
    );
    expect(data).toMatchObject({
      a: [{ maker: { x: 'fi-1' }, inStock: 7 }, {}, {}],
      b: [{ maker: { x: 'fi', label: 'fi-1' }, inStock: 8 }, {}, {}],
    });
  });

  test('are not confused by aliases that look like keys, required fields or type names', async () => {
    const { data } = await ask(
      shop(),
      '{ product { id: name weight: price __typename: name shipping __proto__: inStock constructor: id as_id: id } }',
    );
    expect(JSON.stringify(data)).toBe(
      '{"product":{"id":"Lamp","weight":null,"__typename":"Lamp","shipping":-1,"__proto__":7,"constructor":"p1","as_id":"p1"}}',
    );
  });

  test('stay null in a subgraph that does not know them', async () => {
    const graph = composeGraph({
      a: { sdl: 'type Query { u: User } type User @key(fields: "id") { id: ID! }', roots: { u: { id: '1' } } },
      b: { sdl: 'type User @key(fields: "id") { id: ID! x: Int }', entities: { User: () => null } },
    });
    expect(await ask(graph, '{ u { id x } }')).toMatchObject({ data: { u: { id: '1', x: null } }, errors: undefined });
  });

  test('are not asked for without a key', async () => {
    const graph = composeGraph({
      a: {
        sdl: 'type Query { u: [User] } type User @key(fields: "id") { id: ID }',
        roots: { u: [{ id: null }, { id: '2' }] },
      },
      b: {
        sdl: 'type User @key(fields: "id") { id: ID x: Int }',
        entities: { User: () => ({ __typename: 'User', x: 1 }) },
      },
    });
    const { data } = await ask(graph, '{ u { x } }');
    expect(data).toEqual({ u: [{ x: null }, { x: 1 }] });
    expect(graph.asked[1]?.variables).toEqual({ representations: [{ __typename: 'User', id: '2' }] });
  });

  test('are not fetched where a provider has the field', async () => {
    const graph = composeGraph({
      a: {
        sdl: 'type Query { r: Review } type Review { id: ID! u: User @provides(fields: "n") } type User @key(fields: "id") { id: ID! n: String @external }',
        roots: { r: { id: '1', u: { id: '2', n: 'Ann' } } },
      },
      b: { sdl: 'type User @key(fields: "id") { id: ID! n: String @shareable }', entities: { User: () => null } },
    });
    expect((await ask(graph, '{ r { u { n } } }')).data).toEqual({ r: { u: { n: 'Ann' } } });
    expect(graph.asked).toHaveLength(1);
  });
});
