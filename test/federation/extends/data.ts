import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      users: [
        { id: '1', name: 'Ann' },
        { id: '2', name: 'Bo' },
      ],
    },
    User: [
      { id: '1', name: 'Ann' },
      { id: '2', name: 'Bo' },
    ],
  },
  b: {
    Query: { someone: { id: '2' } },
    User: ({ id, name }) => ({
      id,
      initial: String(name).slice(0, 1),
      friends: id === '1' ? [{ id: '2' }, null, { id: '1' }] : null,
    }),
  },
  c: { User: [{ id: '1', score: 7 }] },
};
