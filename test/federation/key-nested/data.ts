import type { CaseData, Row } from '../caseSubgraph.js';

const inHouse = (code: string, floor: number): Row => ({ floor, building: { code } });

export const data: CaseData = {
  offices: {
    Query: {
      desks: [
        { number: 1, room: inHouse('A', 3) },
        { number: 1, room: inHouse('B', 3) },
        { number: 2, room: null },
        { number: 3, room: { floor: 1, building: null } },
      ],
    },
  },
  people: {
    Desk: [
      { number: 1, room: inHouse('A', 3), sitter: { badges: [{ serial: 7 }, { serial: 8 }] } },
      { number: 1, room: inHouse('B', 3), sitter: { badges: [] } },
    ],
  },
  payroll: {
    Person: ({ badges }) => ({
      title: `holder of ${(badges as readonly Row[]).map(({ serial }) => serial).join('+')}`,
    }),
  },
  buildings: {
    Building: [
      { code: 'A', street: 'Aleksi' },
      { code: 'B', street: null },
    ],
  },
};
