#!/usr/bin/env node
/** The command `ringfence`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { assembly } from './assemblies.js';
import { composeCommand } from './compose.js';
import { demoCommand } from './demo.js';
import { orFail } from './failure.js';
import { projectRoot } from './projectRoot.js';
import { serveCommand } from './serve.js';
import { tokenCommand } from './token.js';

await orFail(async () => {
  await new Command('ringfence')
    .description('a GraphQL federation gateway for bank partner data')
    .version(version())
    .showHelpAfterError('(`ringfence help` says more)')
    .addCommand(demoCommand(assembly))
    .addCommand(serveCommand(assembly))
    .addCommand(composeCommand())
    .addCommand(tokenCommand())
    .parseAsync();
});

function version(): string {
  const text = readFileSync(join(projectRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
