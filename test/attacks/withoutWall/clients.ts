/** Every client is registered for every purpose. Stands for `src/principal/claims.ts`. */
import { purposes } from '../../../src/policy/index.js';
import * as wall from '../../../src/principal/claims.js';

export * from '../../../src/principal/claims.js';

export const readClaims: typeof wall.readClaims = (payload, rules) => {
  const clients = new Map([...rules.clients.keys()].map((client) => [client, new Set(purposes)]));
  return wall.readClaims(payload, { ...rules, clients });
};
