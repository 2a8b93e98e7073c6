import type { CaseData } from '../caseSubgraph.js';

interface Plot {
  readonly area: { readonly width: number; readonly depth: number | null } | null;
}

const windows = [[{ width: 1 }, null], null, []];

export const data: CaseData = {
  a: {
    Query: {
      houses: [
        { id: '1', plot: { area: { width: 3, depth: 4 }, zone: 'N' }, rooms: [{ name: 'hall', windows }, null] },
        { id: '2', plot: { area: null, zone: 'S' }, rooms: [] },
        { id: '3', plot: null, rooms: null },
        { id: '4', plot: { area: { width: 3, depth: null }, zone: null }, rooms: [{ name: null, windows: null }] },
      ],
    },
  },
  b: {
    House: ({ plot, rooms }) => ({
      // what came is said as it came: a null stays at its place
      light: () => JSON.stringify(rooms),
      ground: () => {
        const area = (plot as Plot | null)?.area;
        return area ? area.width * (area.depth ?? 0) : -1;
      },
    }),
  },
};
