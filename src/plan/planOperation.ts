/** A document without conditions → the plan that runs it. */
import { type DocumentNode, Kind, print, visit } from 'graphql';
import { InternalFault } from '../fault/index.js';
import { forWholeInterfaces } from './interfaceObjects.js';
import type { PlanNode } from './nodes.js';
import { assertAliasesRead } from './planAliases.js';
import { assertAssumptions, type Given } from './planAssumptions.js';
import { inOrder } from './planOrder.js';
import { assertRequirementsSent } from './planRequirements.js';
import { withoutImpossible } from './possible.js';
import type { Planner, PlanWay } from './planner.js';
import type { Stage } from './rollout.js';
import { withOneShapePerKey } from './shapes.js';
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
  const attempts = [
    { text: print(document), topology, asksTypes: false },
    { text: print(withoutTypenames(document)), topology, asksTypes: true },
  ].flatMap((given) => ways.map((way) => ({ plan: () => way(given.text, stage), given })));
  const refusals: InternalFault[] = [];
  for (const { plan, given } of attempts) {
    const outcome = await tryWay(plan, given);
    if (!(outcome instanceof InternalFault)) return outcome;
    refusals.push(outcome);
  }
  throw refusals[0] ?? new InternalFault('there is no way to plan');
}

/**
 * The document without `__typename` where more is selected. The planner adds it to whatever may be of several types, and
 * does not find it below a field that is provided there.
 */
function withoutTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: (selectionSet) => {
      const others = selectionSet.selections.filter(
        (selection) => selection.kind !== Kind.FIELD || selection.name.value !== '__typename',
      );
      return others.length > 0 ? { ...selectionSet, selections: others } : undefined;
    },
  });
}

async function tryWay(plan: () => ReturnType<PlanWay>, given: Given): Promise<PlanNode | InternalFault | null> {
  try {
    const translated = translatePlan(await plan());
    if (!translated) return null;
    const node = withoutImpossible(forWholeInterfaces(translated, given.topology), given.topology);
    assertAssumptions(node, given);
    assertAliasesRead(node);
    assertRequirementsSent(node, given.topology);
    return withOneShapePerKey(inOrder(node, given.topology), given.topology);
  } catch (fault) {
    if (fault instanceof InternalFault) return fault;
    throw fault;
  }
}
