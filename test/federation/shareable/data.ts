import type { CaseData } from '../caseSubgraph.js';

const geo = { lat: 60.5, lon: 25 };

export const data: CaseData = {
  a: {
    Query: {
      place: { name: 'Espoo', geo, a: 1 },
      spots: [
        { id: '1', geo },
        { id: '2', geo: null },
        { id: '3', geo },
      ],
    },
  },
  b: {
    Query: { place: { name: 'Espoo', geo, b: 2 } },
    Spot: [
      { id: '1', geo },
      { id: '2', geo: null },
    ],
  },
};
