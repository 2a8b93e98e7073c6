import type { CaseData, Row } from '../caseSubgraph.js';

const led = { __typename: 'Led', socket: 'E14', color: 'warm' };
const halogen = { __typename: 'Halogen', socket: 'G9', heat: 90 };

/** Says what it was given, without the type names that tell members apart. */
function label({ content }: Row): Row {
  return { label: () => JSON.stringify(content, (key, value: unknown) => (key === '__typename' ? undefined : value)) };
}

export const data: CaseData = {
  a: {
    Query: {
      parcels: [
        { id: '1', content: { __typename: 'Book', pages: 9, title: 'Dune' } },
        { id: '2', content: { __typename: 'Lamp', watts: 5, bulb: led } },
        { id: '3', content: { __typename: 'Lamp', watts: 60, bulb: halogen } },
        { id: '4', content: { __typename: 'Lamp', watts: null, bulb: null } },
        { id: '5', content: null },
      ],
    },
  },
  b: { Parcel: label },
};
