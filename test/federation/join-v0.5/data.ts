import type { CaseData } from '../caseSubgraph.js';

const more = ({ by }: { readonly by?: { readonly first: number } }): unknown =>
  [
    { __typename: 'Extra', note: 'n' },
    { __typename: 'Item', id: '1', status: 'OFF' },
  ].slice(0, by?.first);

export const data: CaseData = {
  'first-graph': { Query: { item: { id: '1', status: 'ON' } }, Item: [{ id: '1', status: 'ON' }] },
  First_Graph: { Item: [{ id: '1', status: 'ON', more }] },
};
