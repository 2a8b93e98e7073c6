export * from './vocabulary.js';
export * from './standing.js';
export * from './evidence.js';
