/** A document without conditions → the plan that runs it. */
import { type DocumentNode, print } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { PlanNode } from './nodes.js';
import type { Planner, PlanWay } from './planner.js';
import type { Stage } from './rollout.js';
import { withOneShapePerKey } from './shapes.js';
import type { Topology } from './topology.js';
import { translatePlan } from './translate.js';

/**
 * The plan of the first way that has one which can run; null when there is nothing to fetch. Rejects with what the first
 * way said, an `InternalFault`, where none has.
 */
export async function planOperation(
  document: DocumentNode,
  { ways, topology }: Planner,
  stage: Stage,
): Promise<PlanNode | null> {
  const text = print(document);
  const refusals: InternalFault[] = [];
  for (const way of ways) {
    const outcome = await tryWay(() => way(text, stage), topology);
    if (!(outcome instanceof InternalFault)) return outcome;
    refusals.push(outcome);
  }
  throw refusals[0] ?? new InternalFault('there is no way to plan');
}

async function tryWay(plan: () => ReturnType<PlanWay>, topology: Topology): Promise<PlanNode | InternalFault | null> {
  try {
    const node = translatePlan(await plan());
    return node && withOneShapePerKey(node, topology);
  } catch (fault) {
    if (fault instanceof InternalFault) return fault;
    throw fault;
  }
}
