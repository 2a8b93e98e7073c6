import type { CaseData } from '../caseSubgraph.js';

const lights = { id: 'c1', tag: 't', title: 'Lights' };

export const data: CaseData = {
  products: {
    Query: {
      products: [
        { id: '1', pid: 'p1' },
        { id: '2', pid: 'p2' },
        { id: '3', pid: null },
      ],
    },
  },
  prices: {
    Product: [
      { id: '1', pid: 'p1', category: lights, price: 100 },
      { id: '2', pid: 'p2', category: { id: 'c2', tag: null }, price: 200 },
    ],
  },
  categories: {
    Product: [
      { id: '1', pid: 'p1', category: lights },
      { id: '2', pid: 'p2', category: null },
    ],
    Category: [lights],
  },
};
