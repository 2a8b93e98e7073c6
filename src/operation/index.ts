export {
  defaultOperationLimits,
  parseOperation,
  reservedPrefix,
  type OperationLimits,
  type OperationSource,
  type ParsedOperation,
} from './parsedOperation.js';
