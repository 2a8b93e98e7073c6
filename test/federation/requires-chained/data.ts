import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: { jobs: [{ id: '1', hours: 2 }, null, { id: '2', hours: null }] },
    Job: [
      { id: '1', hours: 2 },
      { id: '2', hours: null },
    ],
  },
  b: {
    Job: ({ hours, price }) => ({
      cost: hours === null ? null : Number(hours) * 50,
      margin: price === null ? null : Number(price) - Number(hours) * 50,
    }),
  },
  c: {
    Job: ({ cost, margin }) => ({
      price: cost === null ? null : Number(cost) + 20,
      note: margin === null ? 'unknown' : `margin ${Number(margin)}`,
    }),
  },
};
