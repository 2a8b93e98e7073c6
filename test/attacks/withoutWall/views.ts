/** Everybody is shown the whole graph. Stands for `src/principal/principal.ts`. */
import * as wall from '../../../src/principal/principal.js';

export * from '../../../src/principal/principal.js';

export const mintPrincipal: typeof wall.mintPrincipal = (facts) =>
  wall.mintPrincipal({ ...facts, view: 'first-party' });
