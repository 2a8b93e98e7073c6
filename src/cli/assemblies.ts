/** The three ways to put the stages together. */
import { createPlainPipeline } from '../gateway/index.js';
import { defaultOperationLimits } from '../operation/index.js';
import type { Assembly } from './assembly.js';
import { assembleDemo } from './demoAssembly.js';
import { assembleServed } from './servedAssembly.js';

/** The assembly of this program. */
export const assembly: Assembly = {
  demo: assembleDemo,
  served: assembleServed,
  plain: async ({ addresses, ...world }) =>
    createPlainPipeline({ ...world, urls: addresses, limits: defaultOperationLimits }),
};
