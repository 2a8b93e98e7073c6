import type { Purpose } from './vocabulary.js';

/** Client id → the purposes it is registered for. */
export type Clients = ReadonlyMap<string, ReadonlySet<Purpose>>;
