import type { CaseData } from '../caseSubgraph.js';

const products = [
  { id: '1', price: 10, weight: 5 },
  { id: '2', price: null, weight: 50 },
  { id: '1', price: 10, weight: 5 },
];

export const data: CaseData = {
  products: { Query: { products: [...products, null], best: products[1] }, Product: products },
  shipping: {
    Product: ({ id, price, weight }) => ({
      depot: `depot of ${id}`,
      heavy: Number(weight) > 20,
      estimate: ({ express }: { readonly express?: boolean }) =>
        price === null ? null : Number(price) * Number(weight) * (express === true ? 2 : 1),
    }),
  },
};
