/** Settings → an open database with this program's schema. */
import type { Database, DatabaseRole, DatabaseSettings } from './database.js';
import { openEmbedded } from './embedded.js';
import { migrate, requireSchema } from './migrate.js';
import { openServer } from './server.js';
import { storeFaultOf } from './storeFault.js';

/**
 * Opens a database that has this program's schema, acting as `role`. The embedded one is brought to the schema here, as
 * nobody else can open it meanwhile; a server's is refused until `ringfence migrate` has run. Rejects with a `StoreFault`.
 */
export async function openDatabase(settings: DatabaseSettings, role: DatabaseRole): Promise<Database> {
  if (settings.kind === 'embedded') {
    const database = await openEmbedded(settings.folder);
    await orClose(database, migrate(database));
    return database.as(role);
  }
  const database = await openServer(settings, role);
  await orClose(database, requireSchema(database));
  return database;
}

async function orClose(database: Database, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    await database.close();
    throw storeFaultOf(error);
  }
}
