export { proofParts, type Counterexample, type Finding, type ProofPart } from './finding.js';
export {
  examine,
  examined,
  type Draft,
  type Examined,
  type LockReader,
  type PartResult,
  type Subject,
} from './subject.js';
export { prove, type Proof } from './prove.js';
export { minimalOperation, type Aim } from './minimalOperation.js';
export { replayLines } from './counterexample.js';
export { withoutCounterexampleHelp } from './withoutCounterexample.js';
export { certificateText } from './certificate.js';
export { whoCanRead, whoCanReadText, type Reader, type Reading, type WhoCanRead } from './whoCanRead.js';
export { proofHtml } from './report/html.js';
export { proofJson } from './report/json.js';
export { proofSarif } from './report/sarif.js';
export { proofText } from './report/text.js';
