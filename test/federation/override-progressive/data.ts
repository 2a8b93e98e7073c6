import type { CaseData, Row } from '../caseSubgraph.js';

const rows = (from: string): readonly Row[] =>
  ['1', '2'].map((id) => ({ id, createdAt: `${from} ${id}`, text: `${from} ${id}`, likes: from === 'a' ? 10 : 20 }));

export const data: CaseData = {
  a: { Query: { feed: rows('a') }, Post: rows('a') },
  b: { Query: { archive: [null, ...rows('b')] }, Post: rows('b') },
};
