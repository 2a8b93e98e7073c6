/** `npm run bench`: installs what the benchmark compares with, on its first run, and starts it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
  process.stderr.write('installing the other gateways into bench/node_modules (once, some minutes) …\n');
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-progress', '--loglevel', 'error'];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('the other gateways could not be installed: is the npm registry within reach?\n');
    process.exit(1);
  }
}
if (!existsSync(new URL('../dist/src/cli/ringfence.js', import.meta.url))) {
  process.stderr.write('there is no build: run `npm run build` first\n');
  process.exit(1);
}
await import('./bench.mjs');
