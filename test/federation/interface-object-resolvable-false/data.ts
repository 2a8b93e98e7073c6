import type { CaseData } from '../caseSubgraph.js';

const bread = { __typename: 'Bread', id: 'p1', reviews: ['good'], grain: 'rye' };

export const data: CaseData = {
  a: { Query: { product: bread }, Product: [bread], Bread: [bread] },
  b: { Query: { basket: [{ id: 'p1' }, null, { id: 'p1' }] } },
};
