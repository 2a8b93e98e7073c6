export { faultCodes, type FaultCode } from './codes.js';
export { ClientFault, fieldFault, InternalFault, type FieldFault } from './fault.js';
export { printProblem, type Problem, type SourceLocation } from './problem.js';
export { StartFault, type StartReason } from './startFault.js';
