/** Operations may be as large as they like. Stands for `src/operation/parsedOperation.ts`. */
import * as wall from '../../../src/operation/parsedOperation.js';

export * from '../../../src/operation/parsedOperation.js';

export const parseOperation: typeof wall.parseOperation = (source) =>
  wall.parseOperation(source, { positions: Infinity, depth: Infinity });
