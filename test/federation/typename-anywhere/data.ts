import type { CaseData } from '../caseSubgraph.js';

const dog = { __typename: 'Dog', id: 'd' };
const cat = { __typename: 'Cat', id: 'c' };

export const data: CaseData = {
  a: { Query: { pet: dog, pets: [cat, dog], either: cat }, Mutation: { touch: dog }, Dog: [dog], Cat: [cat] },
  b: { Dog: [{ id: 'd', home: { city: null } }] },
};
