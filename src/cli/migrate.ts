/** `ringfence migrate`: brings a store to this program's schema, and confirms one that was restored. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { StartFault } from '../fault/index.js';
import type { DatabaseSettings } from '../store/index.js';
import { orFail } from './failure.js';
import { databaseServer } from './storeSettings.js';

interface MigrateFlags {
  readonly config?: string;
  readonly authorities?: string;
  readonly acceptRestored?: boolean;
  readonly json?: boolean;
}

const help = `
environment:
  DATABASE_URL  the server, with a login that owns the store; gateways need one that may act as ringfence_gateway

Without it, the embedded store that --config names, or the demo's (PORT says which); its gateway must not run.`;

/** The command `migrate`: exit code 1 where the store cannot be migrated, with the reason. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .option('--config <file>', 'the configuration of the gateway')
    .option('--authorities <file>', 'PEM of the authorities that may have signed the server’s certificate')
    .option('--accept-restored', 'confirm that a store which was put back to an earlier time may serve again')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', help)
    .action((flags: MigrateFlags) => orFail(() => migrateStore(flags)));
}

async function migrateStore(flags: MigrateFlags): Promise<void> {
  const settings = await settingsOf(flags);
  const { bringToSchema } = await import('../store/index.js');
  const { version, steps } = await bringToSchema(settings, { isRestored: flags.acceptRestored ?? false });
  if (flags.json) return void process.stdout.write(`${JSON.stringify({ version, steps })}\n`);
  const done = steps.length === 0 ? 'nothing to do' : `steps run: ${steps.join(', ')}`;
  process.stdout.write(`schema version ${version}; ${done}\n`);
}

async function settingsOf({ config, authorities }: MigrateFlags): Promise<DatabaseSettings> {
  const server = databaseServer(process.env, { connections: 1, authorities });
  if (server !== undefined) return server;
  const { bankPlaceOf } = await import('./bankPlace.js');
  const { database } = (await bankPlaceOf(config, process.env)).settings;
  if (database.kind === 'embedded' && database.folder !== undefined && existsSync(join(database.folder, 'data'))) {
    return database;
  }
  throw new StartFault('CONFIG_INVALID', 'there is no store here; set `DATABASE_URL` for one on a server');
}
