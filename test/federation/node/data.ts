import type { CaseData, Row } from '../caseSubgraph.js';

/** Both subgraphs say of every id whose it is; each knows the fields of its own. */
const nodeOf = ({ id }: { readonly id: string }): Row | null =>
  id.startsWith('u') ? { ...user(id) } : id.startsWith('p') ? { ...post(id) } : null;

const user = (id: string): Row => ({
  __typename: 'User',
  id,
  name: `user ${id}`,
  posts: () => [post('p1')],
});

const post = (id: string): Row => ({
  __typename: 'Post',
  id,
  title: `post ${id}`,
  author: () => user('u1'),
});

const nodes = ({ ids }: { readonly ids: readonly string[] }): unknown => ids.map((id) => nodeOf({ id }));

export const data: CaseData = {
  users: { Query: { node: nodeOf, nodes, me: user('u1') }, User: ({ id }) => user(String(id)) },
  posts: {
    Query: { node: nodeOf, nodes },
    User: ({ id }) => user(String(id)),
    Post: ({ id }) => post(String(id)),
  },
};
