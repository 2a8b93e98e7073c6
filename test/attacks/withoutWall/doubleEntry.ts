/** The books are not compared. Stands for `src/policy/doubleEntry.ts`. */
import * as wall from '../../../src/policy/doubleEntry.js';

export * from '../../../src/policy/doubleEntry.js';

export const compareBooks: typeof wall.compareBooks = async () => [];
export const compareStated: typeof wall.compareStated = () => [];
