/** Scopes are read generously: what is not understood is dropped, and any purpose may name data. Stands for `src/principal/scope.ts`. */
import { dataCategories, scopeOf } from '../../../src/policy/index.js';
import * as wall from '../../../src/principal/scope.js';

export * from '../../../src/principal/scope.js';

const words = new Map(dataCategories.map((category) => [scopeOf(category), category]));

export const readScope: typeof wall.readScope = (text, admitted) => {
  const all = new Map([...admitted, ...words]);
  const list = new Set(text.toLowerCase().split(/\s+/));
  return wall.readScope([...list].filter((word) => all.has(word)).join(' '), all);
};
