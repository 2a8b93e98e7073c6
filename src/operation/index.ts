export {
  defaultOperationLimits,
  parseOperation,
  type OperationLimits,
  type OperationSource,
  type ParsedOperation,
} from './parsedOperation.js';
