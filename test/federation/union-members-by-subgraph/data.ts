import type { CaseData } from '../caseSubgraph.js';

const book = { __typename: 'Book', id: 'b', title: 'Dune' };
const song = { __typename: 'Song', id: 's', title: 'One' };

export const data: CaseData = {
  a: { Query: { media: book, books: [book] }, Book: [book], Movie: [{ id: 'm' }] },
  b: {
    Query: {
      media: book,
      viewer: { media: song, name: 'Ann' },
      found: [song, null, { __typename: 'Viewer', name: 'Bo', media: null }],
    },
    Book: [book],
    Song: [song],
  },
};
