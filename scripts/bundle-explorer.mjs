/** explorer/ and the graphiql package → dist/explorer: one page, its style and three workers, all of one origin. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'dist/explorer');
const stampFile = join(root, 'dist/.explorer-stamp');

/** A hash of all that the bundle is made from. */
async function stampOf() {
  const hash = createHash('sha256');
  const sources = (await readdir(join(root, 'explorer'))).sort().map((name) => join('explorer', name));
  const inputs = [
    ...sources,
    'schema/operations/AccountsOverview.graphql',
    'package-lock.json',
    'scripts/bundle-explorer.mjs',
  ];
  for (const input of inputs) hash.update(`${input}\0`).update(await readFile(join(root, input)));
  return hash.digest('hex');
}

const shared = {
  bundle: true,
  minify: true,
  outdir: target,
  logLevel: 'warning',
  legalComments: 'linked',
  define: { 'process.env.NODE_ENV': '"production"' },
};

async function bundle() {
  await mkdir(target, { recursive: true });
  const page = build({
    ...shared,
    entryPoints: [join(root, 'explorer/explorer.tsx')],
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    loader: { '.graphql': 'text', '.ttf': 'dataurl' },
  });
  const workers = build({
    ...shared,
    entryPoints: {
      'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
      'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
      'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    },
    format: 'iife',
    target: 'es2023',
  });
  await Promise.all([page, workers, copyFile(join(root, 'explorer/index.html'), join(target, 'index.html'))]);
}

const stamp = await stampOf();
const built = await readFile(stampFile, 'utf8').catch(() => '');
if (built !== stamp) {
  await bundle();
  await writeFile(stampFile, stamp);
}
