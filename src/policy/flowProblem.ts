import type { Problem } from '../fault/index.js';
import type { Flow, FlowFinding } from '../supergraph/index.js';
import { categoriesOf, type CategoryMask } from './vocabulary.js';

/** Exceptions that keep nothing from travelling: they would quietly cover what somebody adds later. */
export function idleExceptions({ declassifications, edges }: Flow): Problem[] {
  const stopped = new Map<string, number>();
  for (const { from, to, reason, stops = 0 } of edges) {
    const place = reason === 'argument' ? from : to.replace(/^rows of /, '');
    stopped.set(place, (stopped.get(place) ?? 0) | stops);
  }
  return declassifications.flatMap(({ coordinate, categories, location }) => {
    const idle = categories & ~(stopped.get(coordinate) ?? 0);
    const message = `declassifies ${words(idle)}, which does not travel there; take it away`;
    return idle === 0 ? [] : [{ code: 'DECLASSIFY_IDLE', message, coordinate, location }];
  });
}

/** A finding of the flow in words: what arrives where, over which path, and what to do. */
export function flowProblem({ code, sink, categories, path, location }: FlowFinding): Problem {
  const what = words(categories);
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

function words(categories: CategoryMask): string {
  return categoriesOf(categories)
    .map((word) => `\`${word}\``)
    .join(', ');
}
