import type { CaseData } from '../caseSubgraph.js';

const ann = { id: '1', name: 'Ann', home: { id: 'h', city: 'Oulu' } };
const age = { id: '1', age: 30, home: { id: 'h', street: 'Aura' } };

export const data: CaseData = {
  a: { Query: { viewer: ann, nobody: null, lists: [null, ann, null] } },
  b: { Query: { viewer: age, nobody: null, lists: [null, age, null] } },
};
