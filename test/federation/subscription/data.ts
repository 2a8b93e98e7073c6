import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: { Query: { price: { id: '1', amount: 3 } } },
  b: { Price: [{ id: '1', currency: 'EUR' }] },
};
