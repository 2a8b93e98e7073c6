import type { CategoryMask } from './vocabulary.js';

/** Subgraph → the categories it may be handed. 0 for a subgraph that may learn nothing of a customer's banking. */
export type Clearances = ReadonlyMap<string, CategoryMask>;
