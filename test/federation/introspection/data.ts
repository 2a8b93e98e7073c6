import type { CaseData } from '../caseSubgraph.js';

export const data: CaseData = {
  a: { Query: { book: ({ isbn }: { readonly isbn: string }) => ({ isbn, published: '1965-08-01' }) } },
  b: { Book: [{ isbn: '1', pages: 600 }] },
};
