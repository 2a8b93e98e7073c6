import type { CaseData } from '../caseSubgraph.js';

const products = [
  { __typename: 'Product', id: '1', price: 700 },
  { __typename: 'Product', id: '2', price: 10 },
];

export const data: CaseData = {
  a: { Query: { product: products[0], products, node: products[1] }, Product: products },
  b: { Product: ({ id, price }) => ({ id, isExpensive: Number(price) > 500, maker: { code: `m${String(id)}` } }) },
  c: {
    Product: ({ id, isExpensive }) => ({ id, neverCalled: `called with ${String(isExpensive)}` }),
    Maker: [{ code: 'm1', name: 'Artek' }],
  },
};
