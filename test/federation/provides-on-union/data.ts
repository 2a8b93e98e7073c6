import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      media: [
        { __typename: 'Movie', id: '1' },
        { __typename: 'Book', id: '1', title: 'Dune at a' },
      ],
      unprovided: [
        { __typename: 'Book', id: '1' },
        { __typename: 'Movie', id: '1' },
      ],
    },
  },
  b: { Book: [{ id: '1', title: 'Dune' }], Movie: [{ id: '1', title: 'Alien' }] },
};
