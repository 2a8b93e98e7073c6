import type { CaseData } from '../caseSubgraph.js';

const parts = [
  { barcode: 'x', maker: 'Abb', number: 1, title: 'Bolt', left: 4, price: 0.5 },
  { barcode: 'y', maker: 'Abb', number: 2, title: 'Nut', left: 0, price: null },
  { barcode: 'z', maker: 'Bosch', number: 1, title: 'Saw', left: null, price: 90 },
];

export const data: CaseData = {
  catalog: { Query: { parts }, Part: parts },
  stock: { Query: { shelf: [parts[2], null, parts[0]] }, Part: parts },
  prices: { Part: parts },
};
