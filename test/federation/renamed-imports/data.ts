import type { CaseData, Row } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: { users: [{ id: '1', name: 'Ann' }, null] },
    Mutation: { rename: ({ id }: Row) => ({ id, name: 'Bo' }) },
    User: [{ id: '1', name: 'Ann' }],
  },
  b: { User: ({ id, age }) => ({ id, name: 'Ann', adult: Number(age) >= 18 }) },
  c: { User: [{ id: '1', age: 30 }] },
};
