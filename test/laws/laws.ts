import type { Law } from './law.js';
import { noninterference } from './noninterference.js';
import { sameAsOneSchema } from './sameAsOneSchema.js';
import { verdicts } from './verdicts.js';

/** Every law that `npm run laws` runs, the cheap ones first: a quick run stops when its time is up. */
export const laws: readonly Law[] = [verdicts, noninterference, sameAsOneSchema];
