import type { CaseData } from '../caseSubgraph.js';

const products = [{ id: '1', name: 'Lamp' }, null, { id: '2', name: 'Desk' }];

export const data: CaseData = {
  a: { Query: { products, best: products[2] } },
  b: 'down',
  c: {
    Query: { news: 'none' },
    Product: [
      { id: '1', reviews: ['good'] },
      { id: '2', reviews: [] },
    ],
  },
};
