import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { migrate, requireSchema, schemaVersion } from '../../src/store/index.js';
import { onEachDatabase } from './databases.js';

onEachDatabase('a migrated database', (open) => {
  test('is at the version that this program knows', async () => {
    const database = await open();
    await expect(requireSchema(database)).resolves.toBeUndefined();
    const { rows } = await sql<{ version: number }>`select max(version) as version from ringfence_schema`.execute(
      database.query,
    );
    expect(rows).toEqual([{ version: schemaVersion }]);
  });

  test('has nothing left to migrate', async () => {
    expect(await migrate(await open('owner'))).toEqual([]);
  });
});
