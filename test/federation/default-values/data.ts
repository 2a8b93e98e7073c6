import type { CaseData, Row } from '../caseSubgraph.js';

const said = (args: Row): string => JSON.stringify(args);

export const data: CaseData = {
  a: {
    Query: {
      say: ({ text, times, where, loud }: Row) => said({ text, times, where, loud }),
      both: ({ n }: Row) => n,
      thing: { id: '1' },
    },
  },
  b: { Query: { both: ({ n }: Row) => n }, Thing: () => ({ sum: ({ list, by }: Row) => said({ list, by }) }) },
};
