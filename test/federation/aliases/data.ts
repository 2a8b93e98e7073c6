import type { CaseData, Row } from '../caseSubgraph.js';

const user = (id: string): Row => ({
  id,
  login: `l${id}`,
  name: `name ${id}`,
  nick: ({ upper }: { readonly upper?: boolean }) => (upper === true ? 'NICK' : 'nick'),
});

const posts = ({ first = 2 }: { readonly first?: number }): unknown =>
  [1, 2].slice(0, first).map((number) => ({ id: `p${number}`, title: null, author: { id: `${number}` } }));

export const data: CaseData = {
  a: {
    Query: {
      user: user('1'),
      users: ({ first }: { readonly first?: number }) => [user('1'), null, user('2')].slice(0, first),
    },
    User: ({ id }) => user(String(id)),
  },
  b: { User: ({ id, name, nick }) => ({ id, posts, card: `${String(name)} (${String(nick)})` }) },
};
