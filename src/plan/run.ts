/** {@link PlanNode} → closure: what happens in which order. The fetches themselves are in `rootFetch` and `entityFetch`. */
import { InternalFault } from '../fault/index.js';
import { compileEntityFetch } from './entityFetch.js';
import type { FetchContext, NodeRunner } from './nodeRunner.js';
import type { ConditionNode, ParallelNode, PlanNode } from './nodes.js';
import { compileRootFetch } from './rootFetch.js';
import type { FetchRunner, FetchStep, SubgraphPort } from './subgraph.js';
import type { Topology } from './topology.js';

/** What nodes are compiled with. */
export interface CompileContext {
  readonly topology: Topology;
  readonly ports: ReadonlyMap<string, SubgraphPort>;
  readonly maySharePath: FetchContext['maySharePath'];
}

/** The closure of a node and all below it; every step is prepared. Throws an `InternalFault` for a step nobody runs. */
export function compileNode(node: PlanNode, context: CompileContext): NodeRunner {
  switch (node.kind) {
    case 'sequence':
      return inOrder(node.nodes.map((inner) => compileNode(inner, context)));
    case 'parallel':
      return compileParallel(node, context);
    case 'condition':
      return compileCondition(node, context);
    case 'rootFetch':
      return compileRootFetch(node, { ...context, runner: prepare(node.step, context) });
    case 'entityFetch':
      return compileEntityFetch(node, { ...context, runner: prepare(node.step, context) });
  }
}

function prepare(step: FetchStep, { ports }: CompileContext): FetchRunner {
  const port = ports.get(step.subgraph);
  if (!port) throw new InternalFault(`nobody answers for subgraph \`${step.subgraph}\``);
  return port.prepare(step);
}

function inOrder(runners: readonly NodeRunner[]): NodeRunner {
  return async (run) => {
    for (const runner of runners) await runner(run);
  };
}

function atOnce(runners: readonly NodeRunner[]): NodeRunner {
  const [only] = runners;
  if (only && runners.length === 1) return only;
  return async (run) => {
    await Promise.all(runners.map((runner) => runner(run)));
  };
}

/** Mutations wait for what is read beside them, and for each other: their fields run one after the other. */
function compileParallel({ nodes }: ParallelNode, context: CompileContext): NodeRunner {
  const reads = nodes.filter((node) => !writes(node)).map((node) => compileNode(node, context));
  const mutations = nodes.filter(writes).map((node) => compileNode(node, context));
  return mutations.length === 0 ? atOnce(reads) : inOrder([atOnce(reads), ...mutations]);
}

function writes(node: PlanNode): boolean {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.some(writes);
    case 'condition':
      return [node.whenTrue, node.whenFalse].some((branch) => branch !== null && writes(branch));
    case 'rootFetch':
    case 'entityFetch':
      return node.step.operation === 'mutation';
  }
}

function compileCondition({ variable, whenTrue, whenFalse }: ConditionNode, context: CompileContext): NodeRunner {
  const onTrue = whenTrue && compileNode(whenTrue, context);
  const onFalse = whenFalse && compileNode(whenFalse, context);
  return async (run) => {
    const branch = run.exchange.variables[variable] === true ? onTrue : onFalse;
    if (branch) await branch(run);
  };
}
