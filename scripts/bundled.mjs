/** TypeScript of test/ → a module that Node runs: everything in one file but packages. */
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles a file, named from the root, and gives the path of the module. */
export async function bundled(entry) {
  const name = `${basename(entry, '.ts')}-${process.pid}.mjs`;
  const file = join(root, 'node_modules', '.cache', basename(dirname(entry)), name);
  mkdirSync(dirname(file), { recursive: true });
  await build({
    entryPoints: [join(root, entry)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return file;
}
