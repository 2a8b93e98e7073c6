export { proofParts, type Counterexample, type Finding, type ProofPart } from './finding.js';
