import type { CaseData, Row } from '../caseSubgraph.js';

const shop = (id: string, name: string | null = `shop ${id}`): Row => ({ id, name, owner: { id: `o${id}` } });

export const data: CaseData = {
  a: {
    Query: {
      maybe: shop('1'),
      sure: shop('2'),
      shops: [shop('1'), shop('2')],
      grid: [[shop('1')], [shop('1'), shop('2')], []],
    },
  },
  b: {
    Shop: [
      { id: '1', rating: 5, tags: ['x'], notes: [] },
      { id: '2', rating: null, tags: ['x', null], notes: ['y', null] },
    ],
    Owner: [{ id: 'o1', name: 'Ann', age: null }],
  },
};
