import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      feed: [
        { __typename: 'Image', id: '1', createdAt: 'i1' },
        { __typename: 'Text', id: '1', createdAt: 't1' },
      ],
    },
    Text: [
      { id: '1', createdAt: 't1' },
      { id: '2', createdAt: 't2' },
    ],
    Image: [{ id: '1', createdAt: 'i1' }],
  },
  b: {
    Query: {
      archive: [{ __typename: 'Text', id: '2', createdAt: 'old', words: 9 }, null],
      pinned: { id: '1', createdAt: 'old', words: 5 },
    },
    Text: [{ id: '1', createdAt: 'old', words: 5 }],
  },
};
