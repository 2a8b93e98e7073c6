import type { CaseData, Row } from '../caseSubgraph.js';

const media = [
  { __typename: 'Book', id: '1', title: 'Dune', pages: 600 },
  { __typename: 'Film', id: '2', title: 'Alien', minutes: 117 },
  { __typename: 'Book', id: '3', title: null, pages: null },
];

const stars: Readonly<Record<string, readonly number[]>> = { '1': [5, 3], '2': [] };

function reviewed(id: string): Row {
  return {
    id,
    reviews: ({ min }: { readonly min: number }) =>
      stars[id]?.filter((each) => each >= min).map((each) => ({ stars: each, of: { id } })) ?? null,
    rival: () => (id === '1' ? reviewed('2') : null),
  };
}

const byId = ({ id }: Row): Row | undefined => media.find((each) => each.id === id);

export const data: CaseData = {
  catalog: { Query: { media: [...media, null], books: [media[2], media[0]] }, Media: byId, Book: byId, Film: byId },
  reviews: {
    Query: { reviewed: [reviewed('2'), reviewed('1'), null, { id: 'gone' }] },
    Media: ({ id }) => reviewed(String(id)),
  },
};
