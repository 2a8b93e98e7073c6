import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InternalFault } from '../fault/index.js';

/** The folder of this package: holds `schema/`, `policy/` and `dist/`, whether this runs built or from the sources. */
export function projectRoot(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'policy')) && existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new InternalFault('this installation is not complete: no `policy/` beside `package.json`');
}
