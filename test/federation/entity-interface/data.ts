import type { CaseData } from '../caseSubgraph.js';

const cars = [
  { __typename: 'Car', id: '1', plate: 'ABC-1', owner: 'Ann', speed: 180, doors: 4 },
  { __typename: 'Car', id: '2', plate: null, owner: null, speed: null, doors: 2 },
];
const boats = [{ __typename: 'Boat', id: '1', owner: 'Bo', speed: 20 }];

export const data: CaseData = {
  a: { Query: { nodes: [cars[0], boats[0], null, cars[1]], owned: boats[0] }, Car: cars, Boat: boats },
  b: { Query: { fleet: [boats[0], cars[1], cars[0]] }, Car: cars, Boat: boats },
  c: { Car: [{ plate: 'ABC-1', fines: 3 }] },
};
