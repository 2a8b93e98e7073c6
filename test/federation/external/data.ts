import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      top: { id: '1', name: 'Ann, as provided' },
      // what stands here is nobody's: the field is external
      people: [
        { id: '1', name: 'wrong', born: 1 },
        { id: '2', name: 'wrong', born: 1 },
      ],
    },
    Person: ({ id, born }) => ({ id, age: born === null ? -1 : 2000 - Number(born) }),
  },
  b: {
    Person: [
      { id: '1', name: 'Ann', born: 1980 },
      { id: '2', name: 'Bo', born: null },
    ],
  },
};
