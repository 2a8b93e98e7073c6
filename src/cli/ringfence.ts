#!/usr/bin/env node
/** The command `ringfence`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { orFail } from './failure.js';
import { projectRoot } from './projectRoot.js';

/** Each command with what it does; only the one that runs is loaded. */
const commands: Readonly<Record<string, readonly [description: string, load: () => Promise<Command>]>> = {
  demo: [
    'run four sandbox banks, the platform and a gateway on this machine',
    async () => (await import('./demo.js')).demoCommand((await import('./assemblies.js')).assembly),
  ],
  serve: [
    'run a gateway',
    async () => (await import('./serve.js')).serveCommand((await import('./assemblies.js')).assembly),
  ],
  compose: [
    'compose the subgraphs and write the supergraph and the four views',
    async () => (await import('./compose.js')).composeCommand(),
  ],
  prove: [
    'prove that the purpose limits hold, or show where they do not',
    async () => (await import('./prove.js')).proveCommand(),
  ],
  'who-can-read': [
    'say who may read a field, an argument or a type, and under which conditions',
    async () => (await import('./whoCanRead.js')).whoCanReadCommand(),
  ],
  explain: [
    'say what becomes of an operation: every verdict with its rule, the plan, and what each bank would be asked',
    async () => (await import('./explain.js')).explainCommand(),
  ],
  diff: [
    'say what a change of the policy permits, and whether it was approved',
    async () => (await import('./diff.js')).diffCommand(),
  ],
  approve: ['sign the policy as it stands', async () => (await import('./approve.js')).approveCommand()],
  bank: [
    'show banks’ agreements, decide about them, and carry out what banks say of their customers',
    async () => (await import('./bank.js')).bankCommand(),
  ],
  migrate: [
    'bring the store on a server to this program’s schema',
    async () => (await import('./migrate.js')).migrateCommand(),
  ],
  receipts: [
    'verify, export and attest the record of what was released; erase and retain',
    async () => (await import('./receipts.js')).receiptsCommand(),
  ],
  token: [
    'print a token of the demo’s own issuer, which signs whatever it is asked',
    async () => (await import('./token.js')).tokenCommand(),
  ],
};

// Whoever reads the output has enough of it, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
await orFail(async () => {
  const program = new Command('ringfence')
    .description('a GraphQL federation gateway for bank partner data')
    .version(version())
    .showHelpAfterError('(`ringfence help` says more)');
  const wanted = process.argv.slice(2).filter((word) => word !== 'help')[0] ?? '';
  const chosen = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  for (const [name, [description]] of Object.entries(commands)) {
    if (name !== wanted) program.command(name).description(description);
  }
  if (chosen) program.addCommand((await chosen[1]()).description(chosen[0]));
  await program.parseAsync();
});
// What a library leaves open, or a server that never answers, does not hold up a command that is done.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
);
process.exit();

function version(): string {
  const text = readFileSync(join(projectRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
