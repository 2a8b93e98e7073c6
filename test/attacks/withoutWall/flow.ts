/** Nobody asks where data can travel. Stands for `src/supergraph/flow/analyseFlow.ts`. */
import * as wall from '../../../src/supergraph/flow/analyseFlow.js';

export * from '../../../src/supergraph/flow/analyseFlow.js';

export const analyseFlow: typeof wall.analyseFlow = (input) => ({ ...wall.analyseFlow(input), findings: [] });
