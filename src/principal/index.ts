export type { Principal } from './principal.js';
