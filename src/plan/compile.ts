/** AuthorizedOperation → CompiledPlan: planned once, run many times. */
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { AuthorizedOperation } from '../authorize/index.js';
import { conditionVariables, withoutConditions } from './conditions.js';
import type { Exchange } from './exchange.js';
import type { Harvest } from './harvest.js';
import { byImplementation } from './implementations.js';
import type { NodeRunner, Run } from './nodeRunner.js';
import type { PlanNode } from './nodes.js';
import { planOperation } from './planOperation.js';
import type { Planner } from './planner.js';
import { compileRepeat, type Repeat } from './repeat.js';
import type { Stage } from './rollout.js';
import { compileNode } from './run.js';
import { sharing } from './sharing.js';
import type { SubgraphPort } from './subgraph.js';
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
  /**
   * What it does for a request with these variables, for printing; null when nothing is fetched. Overrides for a share
   * of the requests are off.
   */
  readonly nodeFor: (exchange: Pick<Exchange, 'variables'>) => PlanNode | null;
  /** Runs every fetch. Rejects for bugs only: what a subgraph does wrong is in the harvest. */
  readonly run: (exchange: Exchange) => Promise<Harvest>;
  /** Null where a run cannot be repeated, or is not the same plan for every request. */
  readonly repeat: Repeat | null;
}

/**
 * Plans what is permitted and compiles the plan to closures. What depends on boolean variables or on overrides for a
 * share of the requests has a plan for each case, made when the case is first met. Throws an `InternalFault` for an
 * operation that cannot be planned and for a plan that this gateway cannot run whole.
 */
export function compilePlan(input: CompileInput): CompiledPlan {
  const variants = compileVariants(input);
  return {
    nodeFor: (exchange) => variants.of(exchange, input.planner.stages - 1).node,
    repeat: variants.only?.repeat ?? null,
    run: async (exchange) => {
      const run: Run = { exchange, root: Object.create(null), stray: [], shared: new Set(), isPlain: true };
      const { runNode } = variants.of(exchange, input.planner.drawStage());
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

/** One case: which variables are true, and which overrides are on. */
interface Case {
  readonly isTrue: (variable: string) => boolean;
  readonly stage: Stage;
}

interface Variants {
  /** Present where there is one plan for every request. */
  readonly only?: Variant;
  readonly of: (exchange: Pick<Exchange, 'variables'>, stage: Stage) => Variant;
}

function compileVariants(input: CompileInput): Variants {
  const { authorized, planner } = input;
  const { schema, permitted } = authorized;
  const wired = permitted && wireDocument(permitted, schema);
  const document = wired && byImplementation(wired, { schema, topology: planner.topology });
  if (!document) return { of: () => nothing };
  const variables = conditionVariables(document);
  const make = (decided: Case): Variant => compileVariant(withoutConditions(document, decided.isTrue), decided, input);
  if (variables.length === 0 && planner.stages === 1) {
    const only = make({ isTrue: () => false, stage: 0 });
    return { only, of: () => only };
  }
  const operation = nextOperation();
  const kept = keptFor(planner);
  const of: Variants['of'] = ({ variables: values }, stage) => {
    const trues = variables.filter((name) => values[name] === true);
    const key = [operation, stage, ...trues].join(' ');
    let variant = kept.get(key);
    if (!variant) {
      variant = make({ isTrue: (name) => trues.includes(name), stage });
      kept.set(key, variant);
    }
    return variant;
  };
  return { of };
}

const nothing: Variant = Object.freeze({ node: null, runNode: null, repeat: null });

function compileVariant(document: DocumentNode | null, { stage }: Case, { planner, ports }: CompileInput): Variant {
  const node = document && planOperation(document, planner, stage);
  if (!node) return nothing;
  const { topology } = planner;
  const runNode = compileNode(node, { topology, ports, maySharePath: sharing(node) });
  return { node, runNode, repeat: compileRepeat(node, ports) };
}

/** Bounds what operations keep beyond their first plan, over all operations of a planner. */
const maxKept = 500;
const keptByPlanner = new WeakMap<Planner, LRUCache<string, Variant>>();
let operations = 0;

function nextOperation(): number {
  operations += 1;
  return operations;
}

function keptFor(planner: Planner): LRUCache<string, Variant> {
  const kept = keptByPlanner.get(planner) ?? new LRUCache<string, Variant>({ max: maxKept });
  keptByPlanner.set(planner, kept);
  return kept;
}
