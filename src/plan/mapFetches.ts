/** The one walk over a plan that makes another of the same build. */
import type { EntityFetchNode, PlanNode, RootFetchNode } from './nodes.js';

/** The plan with each fetch replaced by what `map` makes of it. */
export function mapFetches(node: PlanNode, map: (fetch: RootFetchNode | EntityFetchNode) => PlanNode): PlanNode {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map((inner) => mapFetches(inner, map)) };
    case 'condition':
      return {
        ...node,
        whenTrue: node.whenTrue && mapFetches(node.whenTrue, map),
        whenFalse: node.whenFalse && mapFetches(node.whenFalse, map),
      };
    case 'rootFetch':
    case 'entityFetch':
      return map(node);
  }
}
