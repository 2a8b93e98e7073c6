/** Pages may hold as many rows as they like. Stands for `src/operation/rowDemand.ts`. */
import type * as wall from '../../../src/operation/rowDemand.js';

export * from '../../../src/operation/rowDemand.js';

export const rowsDemanded: typeof wall.rowsDemanded = () => 0;
