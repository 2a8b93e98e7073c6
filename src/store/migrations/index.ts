/** Every step of the schema in its order. A step that has been released is never edited: a new one follows. */
import { roles } from './roles.js';
import type { Migration } from './schemaVersion.js';

/** The steps, by version. */
export const migrations: readonly Migration[] = [roles];

export type { Migration } from './schemaVersion.js';
