import type { CaseData, Row } from '../caseSubgraph.js';

const last: Row = { '1': 'Aho', '2': null };

export const data: CaseData = {
  a: {
    Query: {
      users: [
        { id: '1', last: 'Aho' },
        { id: '2', last: null },
      ],
    },
    User: ({ id, first }) => ({ last: last[String(id)], fullName: `${String(first)} ${String(last[String(id)])}` }),
  },
  b: {
    User: [
      { id: '1', first: 'Ann', last: 'old', fullName: 'old' },
      { id: '2', first: 'Bo', last: 'old', fullName: 'old' },
    ],
  },
  c: { User: ({ fullName, last: name }) => ({ greeting: `Hello ${String(fullName)} (${String(name)})` }) },
};
