import type { CaseData } from '../caseSubgraph.js';

const ann = { id: '1', name: 'Ann at a', age: null };
const bo = { id: '2', name: 'Bo at a', age: 50 };
const reviews = [
  { id: 'r1', author: ann, editor: bo },
  { id: 'r2', author: bo, editor: null },
];

export const data: CaseData = {
  a: { Query: { latest: reviews[0], reviews }, Review: reviews },
  b: {
    User: [
      { id: '1', name: 'Ann', age: 30, city: 'Oulu' },
      { id: '2', name: 'Bo', age: 50, city: null },
    ],
  },
};
