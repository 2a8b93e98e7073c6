import { type CaseData, failing, type Row } from '../caseSubgraph.js';

const user = (id: string): Row => ({ id, secret: id === '1' ? failing('no secrets of 1') : `secret ${id}` });

export const data: CaseData = {
  a: {
    Query: {
      users: [user('1'), null, user('2'), user('1')],
      one: user('2'),
      broken: failing('broken'),
      grid: [[user('2')], [null, user('1')]],
    },
    User: ({ id }) => user(String(id)),
  },
  b: {
    User: ({ id, secret }) => {
      if (id === '3') throw new Error('no such user');
      const items = [
        { price: 1, sure: 1 },
        null,
        { price: failing('no price'), sure: 2 },
        { sure: failing('not sure') },
      ];
      return {
        fails: ({ at }: { readonly at?: string }) => {
          if (id === '1') throw new Error(`fails at ${at ?? 'nothing'}`);
          return 1;
        },
        items: id === '2' ? items : null,
        hash: typeof secret === 'string' ? `hash of ${secret}` : 'hash of nothing',
      };
    },
  },
};
