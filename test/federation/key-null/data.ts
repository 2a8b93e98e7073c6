import type { CaseData, Row } from '../caseSubgraph.js';

const thing = (id: string | null, code: string | null): Row => ({ id, code });

export const data: CaseData = {
  a: {
    Query: {
      things: [thing('1', 'x'), thing(null, 'y'), null, thing('3', null), thing(null, null), thing('', '')],
      grid: [[thing(null, 'x'), null], [], [thing('1', null)]],
    },
  },
  b: {
    Thing: [
      { id: '1', size: 10 },
      { id: '3', size: 30 },
      { id: '', size: 0 },
    ],
  },
  c: {
    Thing: [
      { code: 'x', color: 'red' },
      { code: 'y', color: 'blue' },
      { code: '', color: '' },
    ],
  },
};
