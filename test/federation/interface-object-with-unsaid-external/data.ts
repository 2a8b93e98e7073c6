import type { CaseData, Row } from '../caseSubgraph.js';

const rows = [
  { __typename: 'User', id: 'u1', name: 'Ann', age: 7 },
  { __typename: 'Robot', id: 'r1', name: null },
];

const byId = ({ id }: Row): Row | undefined => rows.find((each) => each.id === id);

export const data: CaseData = {
  a: { Query: { users: rows }, NodeWithName: byId, User: byId, Robot: byId },
  b: {
    Query: { anotherUsers: [{ id: 'r1' }, { id: 'u1' }] },
    NodeWithName: ({ name }) => ({
      username: name === null ? 'nobody' : `${JSON.stringify(name).slice(1, -1).toLowerCase()}7`,
    }),
  },
};
