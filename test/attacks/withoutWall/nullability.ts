/** Fields that can be denied may be non-null. Stands for `src/policy/tableProblems.ts`. */
import * as wall from '../../../src/policy/tableProblems.js';

export * from '../../../src/policy/tableProblems.js';

export const deniableNonNulls: typeof wall.deniableNonNulls = () => [];
