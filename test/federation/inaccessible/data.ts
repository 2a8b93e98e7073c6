import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      things: [
        { secret: { code: 'x' }, name: 'one' },
        { secret: null, name: 'two' },
      ],
      shapes: [
        { __typename: 'Square', area: 4 },
        { __typename: 'Ghost', area: 9 },
        { __typename: 'Square', area: null },
      ],
    },
  },
  b: {
    Thing: [
      {
        secret: { code: 'x' },
        price: 10,
        label: ({ of }: { readonly of?: { readonly text?: string } }) => of?.text ?? 'none',
      },
    ],
  },
  c: { Thing: ({ price }) => ({ offer: Number(price) - 1 }) },
};
