import type { CaseData } from '../caseSubgraph.js';

const products = [
  { id: '1', price: 9.5, name: 'Lamp', category: 'light' },
  { id: '2', price: null, name: 'Desk', category: null },
];

export const data: CaseData = {
  price: { Query: { product: products[0], products, me: { id: 'v', currency: 'EUR' } }, Product: products },
  name: { Query: { product: products[0], products: products, me: { id: 'v', name: 'Ann' } }, Product: products },
  category: { Query: { product: products[0] }, Product: products },
};
