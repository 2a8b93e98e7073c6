import type { CaseData, Row } from '../caseSubgraph.js';

const ids = ['1', '2', '3'];
const items = [{ __typename: 'Pen', id: 'p', price: 3 }, { __typename: 'Ink', price: 4, milliliters: 50 }, null];

export const data: CaseData = {
  a: {
    Query: { carts: ids.map((id, index) => ({ id, item: items[index] })) },
    Cart: ids.map((id, index) => ({ id, item: items[index] })),
    Pen: [{ id: 'p', price: 3 }],
  },
  b: {
    Query: { taxed: [{ __typename: 'Pen', id: 'p' }, null, { __typename: 'Pen', id: 'gone' }] },
    Cart: ({ item }) => ({ total: item === null ? 0 : Number((item as Row)['price']) * 10 }),
    Pen: ({ id, price }) => ({ id, tax: Number(price) * 100 }),
  },
};
