import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: {
    Query: {
      users: ({ kind, kinds }: { readonly kind?: string; readonly kinds: readonly string[] }) => [
        { id: '1', kind: kind ?? 'INTERNAL', kinds },
        { id: '2', kind: 'REGISTERED', kinds: ['ANONYMOUS', 'INTERNAL', null] },
      ],
      type: 'ONE',
    },
    User: [{ id: '1', kinds: null }],
  },
  b: {
    Query: { asKind: ({ kind }: { readonly kind: string }) => ({ id: '1', kind, output: ['THREE', 'TWO'] }) },
    User: [
      { id: '1', output: ['THREE', 'TWO'] },
      { id: '2', output: [] },
    ],
  },
};
