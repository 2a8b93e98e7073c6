import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      rooms: [
        { wing: 'EAST', number: 0, open: false, level: 0.5 },
        { wing: 'WEST', number: 0, open: false, level: -1e-7 },
        { wing: 'WEST', number: -2147483648, open: true, level: 1e21 },
      ],
    },
  },
  b: {
    Room: [
      { wing: 'EAST', number: 0, open: false, level: 0.5, name: 'cellar' },
      { wing: 'WEST', number: 0, open: false, level: -1e-7, name: 'vault' },
      { wing: 'WEST', number: -2147483648, open: true, level: 1e21, name: 'roof' },
    ],
  },
};
