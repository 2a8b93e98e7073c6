import type { Problem } from '../fault/index.js';
import type { FlowFinding } from '../supergraph/index.js';
import { categoriesOf } from './vocabulary.js';

/** A finding of the flow in words: what arrives where, over which path, and what to do. */
export function flowProblem({ code, sink, categories, path, location }: FlowFinding): Problem {
  const what = categoriesOf(categories)
    .map((word) => `\`${word}\``)
    .join(', ');
  const way = path.map(({ words }) => words).join('; ');
  const message = `is reached by ${what}, which it does not name: ${way}; ${remedies[code]}`;
  const problem = { code, message, coordinate: sink };
  return location ? { ...problem, location } : problem;
}

const remedies: Readonly<Record<FlowFinding['code'], string>> = {
  FLOW_INTO_COORDINATE: 'label it so, cut the path, or have an exception reviewed (`@declassify`)',
  FLOW_INTO_ARGUMENT: 'label its field so, take the argument away, or have an exception reviewed (`@declassify`)',
  FLOW_INTO_SUBGRAPH:
    'cut the path, clear the subgraph in `policy/clearances.yaml`, or have an exception reviewed (`@declassify`)',
};
