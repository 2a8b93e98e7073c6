export { compilePlan, type CompiledPlan, type CompileInput } from './compile.js';
export { Cancellation, type Cancelled } from './cancellation.js';
export { CaseCache } from './caseCache.js';
export { type Case, type Conditions, conditionsOf, isSelected } from './conditions.js';
export type { Asked, Exchange, Refused, Release, Shown } from './exchange.js';
export { Gathered, Withheld, type Harvest, type HarvestObject } from './harvest.js';
export { type Keep, kept, keptPromise } from './keep.js';
export type {
  ConditionNode,
  EntityFetchNode,
  EntitySource,
  ParallelNode,
  PathSegment,
  PlanNode,
  Requirement,
  Rewrite,
  RewriteSegment,
  RootFetchNode,
  SequenceNode,
} from './nodes.js';
export { isPlainObject, keyReader, ownValue } from './ownValue.js';
export { plainSubgraph, type PlainSubgraphInput, type Send } from './plainSubgraph.js';
export { apiSchemaOf, createPlanner, createPlannerApart, type Planner, type PlannerOptions } from './planner.js';
export { printPlan } from './printPlan.js';
export { type Recording, type Repeat } from './repeat.js';
export { type Sent, Tape } from './tape.js';
export type {
  Carrier,
  EntitySlot,
  FetchAnswer,
  FetchRunner,
  FetchStep,
  Representation,
  SubgraphPort,
} from './subgraph.js';
export type { Topology } from './topology.js';
export { clientPath, wireKey } from './wire.js';
