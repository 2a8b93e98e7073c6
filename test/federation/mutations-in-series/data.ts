import { type CaseData, failing, type Row } from '../caseSubgraph.js';

/** What was done, in the order in which it was done. */
const done: string[] = [];
const counter = (step: string): Row => {
  done.push(step);
  return { id: step, value: done.length };
};

export const data: CaseData = {
  a: {
    Query: { count: () => done.length },
    Mutation: {
      add: ({ by }: { readonly by: number }) => counter(`add ${by}`),
      reset: () => done.splice(0).length > 0,
      failA: failing('a does not want to'),
    },
    Counter: ({ id }) => ({ id, value: done.length }),
  },
  b: {
    Mutation: {
      double: () => ({ ...counter('double'), history: [...done] }),
      clear: () => done.splice(0).length > 0,
      failB: failing('b does not want to'),
    },
    // how far things were when this entity was asked for
    Counter: ({ id }) => ({ history: [...done], id }),
  },
};
