export type { Exchange } from './exchange.js';
export { Gathered, Withheld, type Harvest, type HarvestObject } from './harvest.js';
export type { EntitySlot, FetchAnswer, FetchRunner, FetchStep, Representation, SubgraphPort } from './subgraph.js';
