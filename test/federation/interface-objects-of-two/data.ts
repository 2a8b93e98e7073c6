import type { CaseData, Row } from '../caseSubgraph.js';

const accounts = [
  { __typename: 'Person', id: '1', name: 'Ann' },
  { __typename: 'Firm', id: '2', vat: 'FI1' },
];
const byId = ({ id }: Row): Row | undefined => accounts.find((each) => each.id === id);
const balance = (id: string): Row => ({
  id,
  balance: id === '1' ? 5 : null,
  parent: () => (id === '1' ? balance('2') : null),
});

export const data: CaseData = {
  a: { Query: { accounts: [...accounts, null] }, Account: byId, Person: byId, Firm: byId },
  b: { Query: { rich: [balance('1'), null, balance('2')] }, Account: ({ id }) => balance(id === '1' ? '1' : '2') },
  c: { Account: [{ id: '1', logins: ['x'] }] },
};
