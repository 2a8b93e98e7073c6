import type { CaseData } from '../caseSubgraph.js';

const pen = { __typename: 'Pen', id: 'p', label: 'Bic', score: 0.5, stock: 9, maker: 'Bic Oy' };
const mug = { __typename: 'Mug', id: 'm', label: 'Mug', stock: null };
const cup = { __typename: 'Cup', id: 'c', label: null, stock: 1 };

export const data: CaseData = {
  a: { Query: { items: [pen, mug, pen], hits: [pen, null] }, Pen: [pen], Mug: [mug] },
  b: { Query: { shelf: [cup, mug, null] }, Pen: [pen], Mug: [mug], Cup: [cup] },
};
