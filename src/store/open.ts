/** Settings → an open database with this program's schema. */
import type { Database, DatabaseRole, DatabaseSettings } from './database.js';
import { EmbeddedDatabase, openEmbedded } from './embedded.js';
import { migrate, requireSchema } from './migrate.js';
import { openServer } from './server.js';

/**
 * Opens a database that has this program's schema, acting as `role`. The embedded one is brought to the schema here, as
 * nobody else can open it meanwhile; a server's is refused until `ringfence migrate` has run. Rejects with a `StoreFault`.
 */
export async function openDatabase(settings: DatabaseSettings, role: DatabaseRole): Promise<Database> {
  const database =
    settings.kind === 'embedded' ? await openEmbedded(settings.folder) : await openServer(settings, role);
  try {
    if (database.kind === 'embedded') await migrate(database);
    else await requireSchema(database);
    if (database instanceof EmbeddedDatabase && role !== 'owner') await database.run(`set role ringfence_${role}`);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
