/** The planning library, as far as planners need it: in this process, or in one of its own (`planningProcess`). */
import { QueryPlanner, type QueryPlan } from '@graphql-hive/router-query-planner';
import { InternalFault } from '../fault/index.js';

/** One request for a plan. */
export interface PlanRequest {
  /** Fragment-free. */
  readonly document: string;
  /** The custom override labels that are on. */
  readonly labels: readonly string[];
  /** The number that decides overrides with a share, from 0 up to but not including 100. */
  readonly drawn: number;
}

/** What the library says of a supergraph. */
export interface SupergraphFacts {
  /** SDL of the API schema: the supergraph without what is hidden. */
  readonly consumerSchema: string;
  /** The shares of its progressive overrides. */
  readonly overridePercentages: readonly number[];
}

/** A supergraph that the library has loaded. */
export interface LoadedSupergraph extends SupergraphFacts {
  /** The library's plan. Throws, or rejects with, an `InternalFault` for what it cannot plan. */
  plan(request: PlanRequest): QueryPlan | Promise<QueryPlan>;
  /** Ends what plans; nothing can be planned any more. */
  close(): Promise<void>;
}

/**
 * Loads a supergraph in this process, where a defect of the library ends the process. Throws an `InternalFault` for SDL
 * that the library refuses.
 */
export function loadHere(supergraphSdl: string): LoadedSupergraph {
  const library = attempt('the supergraph does not load into the planner', () => new QueryPlanner(supergraphSdl));
  return {
    consumerSchema: library.consumerSchema,
    overridePercentages: library.overridePercentages,
    plan: ({ document, labels, drawn }) =>
      attempt('the operation cannot be planned', () => library.plan(document, null, new Set(labels), drawn)),
    close: async () => undefined,
  };
}

function attempt<T>(message: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new InternalFault(message, { cause });
  }
}
