export type { CategoryBits, Classification, Label, Target } from './classification.js';
export { classify, type Classified } from './classify.js';
export { analyseFlow, type FlowInput } from './flow/analyseFlow.js';
export { namedBy, type FlowMasks } from './flow/findings.js';
export type { Declassification, Flow, FlowFinding, FlowReason, FlowStep } from './flow/flow.js';
export { compose, publicGraph, type Composed } from './compose.js';
export { readSupergraph, type ReadSupergraph } from './readSupergraph.js';
export {
  alongRequirements,
  readRestrictions,
  type ReadRestrictions,
  type Requirement,
  type Restrictions,
} from './restrictions.js';
export { isSealedKind, sealedKinds, type SealedKind } from './sealed.js';
export { loadSubgraphs, parseSubgraph, type LoadedSubgraphs, type SdlFile, type Subgraph } from './subgraph.js';
