/** `ringfence migrate`: brings the store on a server to this program's schema. */
import { Command } from 'commander';
import { StartFault } from '../gateway/index.js';
import { orFail } from './failure.js';
import { readAuthorities, serverUrl } from './storeSettings.js';

interface MigrateFlags {
  readonly authorities?: string;
  readonly json?: boolean;
}

const help = `
environment:
  DATABASE_URL  the server, with a login that owns the store; gateways need one that may act as ringfence_gateway

An embedded store needs no such command: a gateway brings it to its schema when it opens it.`;

/** The command `migrate`: exit code 1 where the store cannot be migrated, with the reason. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .option('--authorities <file>', 'PEM of the authorities that may have signed the server’s certificate')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', help)
    .action((flags: MigrateFlags) => orFail(() => migrateServer(flags)));
}

async function migrateServer({ authorities, json }: MigrateFlags): Promise<void> {
  const url = serverUrl(process.env);
  if (url === undefined) {
    throw new StartFault('CONFIG_INVALID', 'set `DATABASE_URL`: only a store on a server needs to be migrated');
  }
  const { bringToSchema } = await import('../store/index.js');
  const trusted = authorities === undefined ? {} : { authorities: readAuthorities(authorities) };
  const { version, steps } = await bringToSchema({ kind: 'server', url, connections: 1, ...trusted });
  if (json) return void process.stdout.write(`${JSON.stringify({ version, steps })}\n`);
  const done = steps.length === 0 ? 'nothing to do' : `steps run: ${steps.join(', ')}`;
  process.stdout.write(`schema version ${version}; ${done}\n`);
}
