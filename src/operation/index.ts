export {
  defaultOperationLimits,
  parseOperation,
  type OperationLimits,
  type OperationSource,
  type ParsedOperation,
} from './parsedOperation.js';
export { type RowDemand, rowDemandOf, rowsDemanded } from './rowDemand.js';
