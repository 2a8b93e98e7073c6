import type { CaseData } from '../caseSubgraph.js';

interface Author {
  readonly yearsOfService: number;
}

export const data: CaseData = {
  a: {
    Query: { feed: [{ id: '1' }, { id: '2' }] },
    Post: ({ author, byExpert }) => ({
      byNovice: (author as Author | undefined)?.yearsOfService === 0,
      label: byExpert === true ? 'by an expert' : null,
    }),
  },
  b: {
    Post: ({ id, byNovice }) => ({
      author: { id: `a${id}`, yearsOfService: id === '1' ? 0 : 30 },
      byExpert: byNovice === false,
    }),
  },
};
