import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  orders: {
    Query: {
      orders: [
        { id: 'o1', product: { sku: 's1' } },
        { id: 'o2', product: { sku: 'gone' } },
        { id: 'o3', product: null },
      ],
    },
    Order: [{ id: 'o1', product: { sku: 's1' }, amount: 5 }],
  },
  products: {
    Query: {
      products: [
        { sku: 's1', name: 'Lamp', latest: { id: 'o1' } },
        { sku: 's2', name: 'Desk', latest: null },
      ],
    },
    Product: [{ sku: 's1', name: 'Lamp', latest: { id: 'o1' } }],
  },
};
