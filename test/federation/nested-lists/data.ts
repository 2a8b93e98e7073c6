import type { CaseData, Row } from '../caseSubgraph.js';

const cell = (x: number, y: number): Row => ({
  x,
  y,
  piece: x === y ? `king ${x}` : null,
  around: () => [[cell(1, 2)], null, [cell(2, 2), cell(2, 2)]],
  never: x === 1 ? 'here' : null,
});

const board = { rows: [[cell(1, 1), null, cell(1, 2)], [], null, [cell(1, 1)]] };

export const data: CaseData = {
  a: { Query: { boards: [[board, null], [], [board]], deep: [[[cell(2, 2)], null], null, [], [[null, cell(1, 1)]]] } },
  b: { Cell: ({ x, y }) => cell(Number(x), Number(y)) },
};
