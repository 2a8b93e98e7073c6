import type { CaseData, Row } from '../caseSubgraph.js';

const book = { __typename: 'Book', id: '1', kind: 'OLD', price: 10 };
const disc = { __typename: 'Disc', id: '1', code: 'x', price: null };

export const data: CaseData = {
  a: { Query: { items: [disc, book, null], kind: ({ of }: Row) => of }, Book: [book], Disc: [disc] },
  b: { Book: [book], Disc: [disc] },
  c: { Book: ({ price }) => ({ offer: Number(price) - 1 }) },
};
