/** Settings → a database with this program's schema, whatever it was at before. */
import type { DatabaseSettings } from './database.js';
import { migrate, schemaVersion } from './migrate.js';
import { openDatabase } from './open.js';
import { acceptRestored } from './restoreGuard.js';
import { openServer } from './server.js';

/** What was done to a database. */
export interface SchemaSteps {
  /** The version that it has now. */
  readonly version: number;
  /** The names of the steps that ran; none where it had that version before. */
  readonly steps: readonly string[];
}

/**
 * Runs what is missing, as the owner; an embedded database is brought to its schema whenever it is opened. `isRestored` confirms that a
 * copy which was put back may serve. Rejects with a `StoreFault`.
 */
export async function bringToSchema(
  settings: DatabaseSettings,
  { isRestored }: { readonly isRestored: boolean },
): Promise<SchemaSteps> {
  const database =
    settings.kind === 'server' ? await openServer(settings, 'owner') : await openDatabase(settings, 'owner');
  try {
    const steps = await migrate(database);
    if (isRestored) await acceptRestored(database);
    return { steps, version: schemaVersion };
  } finally {
    await database.close();
  }
}
