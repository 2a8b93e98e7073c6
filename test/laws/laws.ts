import type { Law } from './law.js';
import { sameAsOneSchema } from './sameAsOneSchema.js';

/** Every law that `npm run laws` runs. */
export const laws: readonly Law[] = [sameAsOneSchema];
