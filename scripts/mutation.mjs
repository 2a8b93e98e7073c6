/**
 * Runs Stryker over one or more of the folders that decide who may read: `npm run mutation -- principal authorize policy`; a name
 * such as `principal/scope.ts` is one file, `policy/table.ts,lock/*.ts` are several of a folder. Takes minutes to hours; lets
 * everything else on the machine go first.
 */
import { spawnSync } from 'node:child_process';

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['principal', 'authorize', 'policy']) {
  const [folder, ...files] = name.split('/');
  const env = { ...process.env, MUTATED_FOLDER: folder, ...(files.length > 0 && { MUTATED_FILES: files.join('/') }) };
  const { status } = spawnSync('nice', ['-n', '19', 'npx', 'stryker', 'run'], { env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
