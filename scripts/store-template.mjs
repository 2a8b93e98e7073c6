/**
 * A new, empty PGlite → dist/store-template.tar.gz. A new store is copied from it in 1 s; PGlite would make it anew in 5 s.
 * It holds nothing of ours: migrations run on the copy. Made again when PGlite changes.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'dist/store-template.tar.gz');
const stampFile = join(root, 'dist/.store-template-stamp');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const stamp = lock.packages['node_modules/@electric-sql/pglite'].integrity;

if (!existsSync(target) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const pglite = await PGlite.create();
  const files = await pglite.dumpDataDir('gzip');
  await pglite.close();
  writeFileSync(`${target}.${process.pid}`, new Uint8Array(await files.arrayBuffer()));
  renameSync(`${target}.${process.pid}`, target);
  writeFileSync(stampFile, stamp);
}
