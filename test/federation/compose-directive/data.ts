import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: { Query: { accounts: [{ id: '1', owner: 'Ann' }] } },
  b: { Account: [{ id: '1', balance: 5 }] },
};
