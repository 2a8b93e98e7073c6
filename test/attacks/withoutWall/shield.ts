/** Subgraphs resolve whatever they are asked. Stands for `src/policy/shield.ts`. */
import * as wall from '../../../src/policy/shield.js';

export * from '../../../src/policy/shield.js';

export const shieldSchema: typeof wall.shieldSchema = (schema) => schema;
