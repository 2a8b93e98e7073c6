import type { CaseData, Row } from '../caseSubgraph.js';

const body = { __proto: 1, list: [1, null, { deep: 'é\u2028"' }], yes: true };
const events = [
  { at: '2026-01-01', body, bigs: [1e21, '9007199254740993', null, -0.5] },
  { at: 20260102, body: [], bigs: [] },
  { at: { year: 2026 }, body: null, bigs: null },
];

export const data: CaseData = {
  a: {
    Query: {
      echo: ({ value, dates }: Row) => ({ value, dates }),
      event: events[0],
      events,
    },
    Event: events,
  },
  b: { Event: ({ at, body: given }) => ({ at, copy: ({ of }: Row) => ({ of, given }) }) },
};
