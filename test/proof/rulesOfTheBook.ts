import * as all from '../../src/policy/rules.js';

/** The rules of the second book by name, for tests that plant the wrong one. */
export const rules = all;
