import type { CaseData } from '../caseSubgraph.js';

const ids = ['1', '2', '1', '3'];

export const data: CaseData = {
  a: { Query: { people: ids.map((id) => ({ id })), sure: ids.map((id) => ({ id })) } },
  b: {
    // 2 is unknown, 3 fails
    Person: ({ id }) => {
      if (id === '3') throw new Error('3 is not to be had');
      return id === '2' ? null : { id, name: `n${String(id)}`, sure: 'yes', home: { id: 'h' } };
    },
  },
  c: { Person: ({ name }) => ({ letters: String(name).length }), Home: [] },
};
