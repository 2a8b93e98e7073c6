/** Compares the generated, committed files of codegen.yml with what would be generated now; writes nothing. */
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, loadContext } from '@graphql-codegen/cli';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const context = await loadContext('codegen.yml');
context.updateConfig({ silent: true });
const drifted = [];
for (const { filename, content } of await generate(context, false)) {
  const committed = await readFile(resolve(root, filename), 'utf8').catch(() => undefined);
  if (committed !== content) drifted.push(relative(root, resolve(root, filename)));
}
for (const file of drifted) console.error(`\`${file}\` is not what the schema generates: run \`npm run codegen\``);
process.exitCode = drifted.length === 0 ? 0 : 1;
