/**
 * Mutation testing of what decides who may read, apart from `npm test`: `npm run mutation -- principal` runs the tests of that folder
 * against every change of an expression in `src/principal`. What is known of unchanged code is kept outside the repository.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = process.env.MUTATED_FOLDER ?? 'principal';
const files = process.env.MUTATED_FILES?.split(',') ?? ['**/*.ts'];
/** Tests that take no part, because they compose the whole project anew for each case: seconds for each change. */
const slow = { policy: ['doubleEntryOfRepository', 'everyFile', 'flow', 'lock', 'matrix', 'views'] }[folder] ?? [];
const kept = join(tmpdir(), 'ringfence-mutation');

export default {
  mutate: [...files.map((file) => `src/${folder}/${file}`), '!**/index.ts'],
  testRunner: 'bundled',
  mutationTests: [`test/${folder}`],
  mutationSources: [`src/${folder}`],
  // names of test files; `MUTATION_TESTS` names those that take part, instead of all that are quick
  mutationTestsNamed: process.env.MUTATION_TESTS?.split(',') ?? [],
  mutationTestsLeftOut: slow,
  coverageAnalysis: 'perTest',
  plugins: [join(import.meta.dirname, 'scripts', 'mutationRunner.mjs')],
  // TypeScript 7 has no API in JavaScript yet, and the bundles strip the types: on purpose there is no such file
  tsconfigFile: 'tsconfig.mutation.json',
  concurrency: 1,
  // each change loads its modules anew, and a process never lets them go
  maxTestRunnerReuse: 150,
  // a busy machine is no reason to call a mutant dead
  timeoutMS: 20_000,
  ignorePatterns: ['bench', 'dist', 'explorer', '.ringfence'],
  tempDirName: join(kept, 'work'),
  incremental: true,
  incrementalFile: join(kept, `${folder}.json`),
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: join(kept, `${folder}.report.json`) },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
