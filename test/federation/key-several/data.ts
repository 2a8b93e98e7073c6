import type { CaseData } from '../caseSubgraph.js';

const users = [
  { id: 'u1', email: 'ann@x.fi' },
  { id: 'u2', email: null },
  { id: 'u3', email: 'cat@x.fi' },
];

const boxes = [
  { email: 'ann@x.fi', unread: 3 },
  { email: 'cat@x.fi', unread: 0 },
];

export const data: CaseData = {
  accounts: {
    // u4 is nobody to the directory
    Query: { users: [{ id: 'u1', name: 'Ann' }, { id: 'u2', name: 'Bo' }, null, { id: 'u4', name: 'Dan' }] },
    User: [
      { id: 'u1', name: 'Ann' },
      { id: 'u2', name: 'Bo' },
      { id: 'u3', name: null },
    ],
  },
  directory: { User: users },
  mail: {
    Query: { inbox: [boxes[1], boxes[0], boxes[1]] },
    User: boxes,
  },
};
