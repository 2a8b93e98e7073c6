import type { CaseData } from '../caseSubgraph.js';

const here = { id: 'a1', city: 'Turku at a', country: { code: 'FI', name: 'Finland at a' } };
const there = { id: 'a1', city: 'Turku', street: 'Aura', country: { code: 'FI', name: 'Finland' } };

export const data: CaseData = {
  a: {
    Query: {
      orders: [{ id: '1', buyer: { id: 'b1', address: here } }, { id: '2', buyer: { id: 'b2', address: null } }, null],
      plain: { id: '1', buyer: { id: 'b1' } },
    },
  },
  b: {
    Buyer: [
      { id: 'b1', address: there },
      { id: 'b2', address: null },
    ],
    Address: [there],
    Country: [there.country],
  },
};
