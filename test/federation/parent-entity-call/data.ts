import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: { Query: { products: [{ id: '1' }, { id: '2' }, { id: '3' }] } },
  b: {
    Product: [
      { id: '1', category: { name: 'Lights', path: { slug: 'lights' } } },
      { id: '2', category: null },
      { id: '3', category: { name: 'Desks', path: null } },
    ],
  },
  c: {
    Product: [
      { id: '1', category: { details: 'all lights', path: { full: '/home/lights' } } },
      { id: '2', category: null },
    ],
  },
};
