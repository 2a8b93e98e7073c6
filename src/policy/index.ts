export * from './vocabulary.js';
export * from './standing.js';
export * from './evidence.js';
export { cellWords, type Cell, type Matrix } from './matrix.js';
export type { CellMasks, PolicyTable, Verdict } from './policyTable.js';
export type { Clearances } from './clearance.js';
export type { Clients } from './clients.js';
