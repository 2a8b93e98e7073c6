/** AuthorizedOperation → CompiledPlan: planned once, run many times. */
import type { DocumentNode, FieldNode } from 'graphql';
import type { AuthorizedOperation } from '../authorize/index.js';
import { CaseCache } from './caseCache.js';
import { type Case, conditionsOf, withoutConditions } from './conditions.js';
import type { Exchange } from './exchange.js';
import type { Harvest } from './harvest.js';
import { byImplementation } from './implementations.js';
import { keptPromise } from './keep.js';
import type { NodeRunner, Run } from './nodeRunner.js';
import type { PlanNode } from './nodes.js';
import { planOperation } from './planOperation.js';
import type { Planner } from './planner.js';
import { compileRepeat, type Repeat } from './repeat.js';
import type { Stage } from './rollout.js';
import { compileNode } from './run.js';
import { sharing } from './sharing.js';
import type { SubgraphPort } from './subgraph.js';
import { withOwnVariables } from './variableNames.js';
import { wireDocument, wireKey } from './wire.js';

/** What a plan is compiled from. */
export interface CompileInput {
  readonly authorized: AuthorizedOperation;
  readonly planner: Planner;
  /** By the names that the supergraph gives its subgraphs. */
  readonly ports: ReadonlyMap<string, SubgraphPort>;
  /** Bounds the plans for cases over all operations that are given it; one of its own when absent. */
  readonly cases?: CaseCache;
}

/** A plan that is ready to run. Holds nothing of any request. */
export interface CompiledPlan {
  /**
   * What it does for a request with these variables, for printing; null when nothing is fetched. Overrides for a share
   * of the requests are off.
   */
  readonly nodeFor: (exchange: Pick<Exchange, 'variables'>) => Promise<PlanNode | null>;
  /** Runs every fetch. Rejects for bugs only: what a subgraph does wrong is in the harvest. */
  readonly run: (exchange: Exchange) => Promise<Harvest>;
  /** The key under which a harvest of this plan holds a field. */
  readonly keyOf: (field: FieldNode) => string;
  /** Null where a run cannot be repeated, or is not the same plan for every request. */
  readonly repeat: Repeat | null;
}

/**
 * Plans what is permitted and compiles the plan to closures. What depends on boolean variables or on overrides for a
 * share of the requests has a plan for each case, made when the case is first met. Rejects with an `InternalFault` for an
 * operation that cannot be planned and for a plan that this gateway cannot run whole.
 */
export async function compilePlan(input: CompileInput): Promise<CompiledPlan> {
  const variants = await compileVariants(input);
  return {
    nodeFor: async (exchange) => (await variants.of(exchange, input.planner.stages - 1)).node,
    keyOf: (field) => wireKey(field, input.planner.topology.contested),
    repeat: variants.only?.repeat ?? null,
    run: async (given) => {
      const exchange = variants.exchangeFor(given);
      const run: Run = { exchange, root: Object.create(null), stray: [], shared: new Set(), isPlain: true };
      const { runNode } = variants.only ?? (await variants.of(exchange, input.planner.drawStage()));
      if (runNode) await runNode(run);
      return run;
    },
  };
}

/** A plan for one case. */
interface Variant {
  readonly node: PlanNode | null;
  readonly runNode: NodeRunner | null;
  readonly repeat: Repeat | null;
}

interface Variants {
  /** Present where there is one plan for every request. */
  readonly only?: Variant;
  readonly of: (exchange: Pick<Exchange, 'variables'>, stage: Stage) => Promise<Variant>;
  /** The exchange as the plans read it. */
  readonly exchangeFor: (exchange: Exchange) => Exchange;
}

async function compileVariants(input: CompileInput): Promise<Variants> {
  const { authorized, planner } = input;
  const { schema, permitted } = authorized;
  const wired = permitted && wireDocument(permitted, schema, planner.topology.contested);
  if (!wired) return { only: nothing, of: async () => nothing, exchangeFor: (exchange) => exchange };
  const expanded = byImplementation(wired, { schema, topology: planner.topology });
  const { document, exchangeFor } = withOwnVariables(expanded);
  const conditions = conditionsOf(document);
  const make = ({ isTrue }: Case, stage: Stage): Promise<Variant> =>
    compileVariant(withoutConditions(document, isTrue), stage, input);
  if (!conditions.isNeeded && planner.stages === 1) {
    const only = await make(conditions.caseOf({}), 0);
    return { only, of: async () => only, exchangeFor };
  }
  const kept = (input.cases ?? new CaseCache()).keep<Promise<Variant>>();
  const of: Variants['of'] = ({ variables }, stage) => {
    const decided = conditions.caseOf(variables);
    return keptPromise(kept, `${stage} ${decided.key}`, () => make(decided, stage));
  };
  return { of, exchangeFor };
}

const nothing: Variant = Object.freeze({ node: null, runNode: null, repeat: null });

async function compileVariant(
  document: DocumentNode | null,
  stage: Stage,
  { planner, ports }: CompileInput,
): Promise<Variant> {
  const node = document && (await planOperation(document, planner, stage));
  if (!node) return nothing;
  const { topology } = planner;
  const runNode = compileNode(node, { topology, ports, maySharePath: sharing(node) });
  return { node, runNode, repeat: compileRepeat(node, ports) };
}
