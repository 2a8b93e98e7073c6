import type { CaseData, Row } from '../caseSubgraph.js';

const book: Row = {
  __typename: 'Book',
  id: '1',
  price: 9.5,
  same: () => [album, book, null],
  author: { works: () => [album, book] },
};
const album: Row = { __typename: 'Album', id: '1', price: null, same: () => [book] };

export const data: CaseData = {
  a: { Query: { product: book }, Book: [book], Album: [album] },
  b: { Book: [book], Album: [album] },
};
