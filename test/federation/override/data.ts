import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  new: {
    Query: { bills: [{ id: '1', amount: 100, note: 'n' }] },
    Bill: [
      { id: '1', amount: 100, note: 'n' },
      { id: '2', amount: 200, note: null },
    ],
  },
  old: {
    // what the old owner still says is not to be read
    Query: {
      archive: [
        { id: '2', amount: -1, paid: true },
        { id: '3', amount: -1, paid: false },
      ],
    },
    Bill: [{ id: '1', amount: -1, paid: true }],
  },
};
