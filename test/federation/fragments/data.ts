import type { CaseData } from '../caseSubgraph.js';

const ann = { id: '1', name: 'Ann', city: 'Oulu' };
const bo = { id: '2', name: 'Bo', city: null };
const likes = ({ min = 0 }: { readonly min?: number }): unknown => [ann, null, bo].slice(min);
const entries = [
  { __typename: 'Post', id: '1', by: ann, text: 'hello', likes },
  { __typename: 'Photo', id: '1', by: null, likes },
  { __typename: 'Post', id: '2', by: bo, text: null, likes: null },
];

export const data: CaseData = {
  a: { Query: { feed: entries, top: entries[0] }, Post: entries, Photo: [entries[1] ?? {}], Person: [ann, bo] },
  b: { Post: [entries[0] ?? {}, entries[2] ?? {}], Photo: [entries[1] ?? {}], Person: [ann, bo] },
};
