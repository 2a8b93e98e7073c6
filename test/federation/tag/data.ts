import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: { item: ({ id }: { readonly id: string }) => ({ id, color: 'RED' }) },
    Item: [{ id: '1', color: 'RED' }],
  },
  b: { Item: [{ id: '1', color: 'RED', size: { wide: [1, 2] } }] },
};
