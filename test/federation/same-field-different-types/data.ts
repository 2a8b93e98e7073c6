import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      either: [
        { __typename: 'Book', id: '1', length: 600, tags: ['x'] },
        { __typename: 'Song', id: '1', length: 3.5, tags: [null, 'y'] },
        { __typename: 'Chart', id: 7, length: { value: 3 } },
        { __typename: 'Book', id: '2', length: 1, tags: null },
      ],
    },
  },
  b: {
    Book: [{ id: '1', rating: 5 }],
    Song: [{ id: '1', rating: 'good' }],
  },
};
