import type { CaseData } from '../caseSubgraph.js';

const people = [
  { id: '1', name: 'Ann', boss: { id: '2' } },
  { id: '2', name: 'Bo', boss: null },
].map((person) => ({ ...person, boss: person.boss && { id: '2', name: 'Bo', boss: null } }));

/** Says what it was given, without ids and type names. */
const said = (value: unknown): string =>
  JSON.stringify(value, (key, each: unknown) => (key === 'id' || key === '__typename' ? undefined : each));

export const data: CaseData = {
  a: {
    Query: {
      tasks: [
        { id: 't1', owner: { id: '1' }, helpers: [{ id: '2' }, { id: '1' }] },
        { id: 't2', owner: null, helpers: [] },
        { id: 't3', owner: { id: '2' }, helpers: null },
      ],
    },
  },
  people: { Person: people },
  rates: { Task: ({ owner, helpers }) => ({ line: () => said(owner), count: () => said(helpers) }) },
};
