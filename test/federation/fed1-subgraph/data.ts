import type { CaseData } from '../caseSubgraph.js';

const rows = [
  { upc: '1', sku: 'a', brand: { id: 'x' }, size: { height: 1, width: 2 }, price: 10, weight: 2 },
  { upc: '2', sku: 'a', brand: { id: 'y' }, size: null, price: 20, weight: null },
];

export const data: CaseData = {
  products: { Query: { products: rows }, Product: rows },
  reviews: {
    Query: { latest: [{ id: 'r9', text: 'fine', product: { upc: '2', sku: 'a' } }, null] },
    Product: [
      { upc: '1', reviews: [{ id: 'r1', text: null, product: { upc: '1', sku: 'a' } }] },
      { upc: '2', reviews: [] },
    ],
  },
  shipping: { Product: ({ price, weight }) => ({ shipping: Number(price) * Number(weight ?? 100) }) },
};
