/** Answers of partners are believed, and stamped as if everything had been granted. Stands for `src/partition/inspect.ts`. */
import { financialMask } from '../../../src/policy/index.js';
import * as wall from '../../../src/partition/inspect.js';

export * from '../../../src/partition/inspect.js';

export const compileInspector: typeof wall.compileInspector = (shape, allowed, depth) => {
  const cells = { direct: financialMask, item: financialMask };
  const narrowing = { ...allowed.narrowing, mask: financialMask };
  const inspect = wall.compileInspector(shape, { ...allowed, cells, narrowing }, depth);
  return (value, reading) => {
    Object.defineProperty(reading, 'grantedOf', { value: () => 'all' });
    return inspect(value, reading);
  };
};
