import type { CaseData } from '../caseSubgraph.js';

interface Filter {
  readonly first?: number;
  readonly text?: string;
  readonly nested?: { readonly deep?: readonly Filter[] };
}

const said = (by: Filter | undefined): string => JSON.stringify(by);

export const data: CaseData = {
  a: {
    Query: {
      find: ({ by }: { readonly by: Filter }) => [{ id: said(by) }],
      count: ({ by }: { readonly by: Filter }) => by.first,
    },
  },
  b: { Thing: () => ({ similar: ({ by }: { readonly by?: Filter }) => [said(by), null] }) },
};
