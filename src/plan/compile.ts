/** AuthorizedOperation → CompiledPlan: planned once, run many times. */
import { print } from 'graphql';
import type { AuthorizedOperation } from '../authorize/index.js';
import type { Exchange } from './exchange.js';
import type { Harvest } from './harvest.js';
import type { PlanNode } from './nodes.js';
import type { Planner } from './planner.js';
import { compileRepeat, type Repeat } from './repeat.js';
import { compileNode } from './run.js';
import { sharing } from './sharing.js';
import type { SubgraphPort } from './subgraph.js';
import { translatePlan } from './translate.js';
import { wireDocument } from './wire.js';

/** What a plan is compiled from. */
export interface CompileInput {
  readonly authorized: AuthorizedOperation;
  readonly planner: Planner;
  /** By the names that the supergraph gives its subgraphs. */
  readonly ports: ReadonlyMap<string, SubgraphPort>;
}

/** A plan that is ready to run. Holds nothing of any request. */
export interface CompiledPlan {
  /** What it does, for printing; null when nothing is fetched. */
  readonly node: PlanNode | null;
  /** Runs every fetch. Rejects for bugs only: what a subgraph does wrong is in the harvest. */
  readonly run: (exchange: Exchange) => Promise<Harvest>;
  /** Null where a run cannot be repeated. */
  readonly repeat: Repeat | null;
}

/**
 * Plans what is permitted and compiles the plan to closures. Throws an `InternalFault` for an operation that cannot be
 * planned and for a plan that this gateway cannot run whole.
 */
export function compilePlan({ authorized, planner, ports }: CompileInput): CompiledPlan {
  const document = authorized.permitted ? wireDocument(authorized.permitted) : null;
  const node = document ? translatePlan(planner.plan(print(document))) : null;
  const runNode = node ? compileNode(node, { topology: planner.topology, ports, maySharePath: sharing(node) }) : null;
  return {
    node,
    repeat: node && compileRepeat(node, ports),
    run: async (exchange) => {
      const harvest = { root: Object.create(null), stray: [], shared: new Set<object>() };
      if (runNode) await runNode({ exchange, ...harvest });
      return harvest;
    },
  };
}
