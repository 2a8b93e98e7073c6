/** The parts of the gateway as they are built: it plans in a process of its own, which is JavaScript. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Built = Pick<typeof import('../../src/cli/demoAssembly.js'), 'assembleDemo'> &
  Pick<typeof import('../../src/cli/demoStores.js'), 'openDemoStores'> &
  Pick<typeof import('../../src/cli/demoGateway.js'), 'startDemoGateway'> &
  Pick<typeof import('../../src/policy/index.js'), 'loadPolicy'>;

const files = ['policy/index.js', 'cli/demoGateway.js', 'cli/demoStores.js', 'cli/demoAssembly.js'];

/** Loads them from `dist/` of the project in the working directory, one after the other: together they race in jest. */
export async function built(): Promise<Built> {
  const parts: object[] = [];
  for (const file of files)
    parts.push((await import(pathToFileURL(join(process.cwd(), 'dist/src', file)).href)) as object);
  return Object.assign({}, ...parts) as Built;
}
