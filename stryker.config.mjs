/**
 * Mutation testing of what decides who may read, apart from `npm test`: `npm run mutation -- principal` runs the tests of that folder
 * against every change of an expression in `src/principal`. What is known of unchanged code is kept outside the repository.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jest from './jest.config.js';

const folder = process.env.MUTATED_FOLDER ?? 'principal';
const files = process.env.MUTATED_FILES?.split(',') ?? ['**/*.ts'];
const kept = join(tmpdir(), 'ringfence-mutation');

export default {
  mutate: [...files.map((file) => `src/${folder}/${file}`), '!**/index.ts'],
  testRunner: 'jest',
  // workers run tests as ES modules, as `npm test` does
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    config: { ...jest, testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`] },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  plugins: ['@stryker-mutator/jest-runner'],
  // TypeScript 7 has no API in JavaScript yet, and jest strips the types: on purpose there is no such file
  tsconfigFile: 'tsconfig.mutation.json',
  concurrency: 1,
  // a busy machine is no reason to call a mutant dead
  timeoutMS: 60_000,
  ignorePatterns: ['bench', 'dist', 'explorer', '.ringfence'],
  tempDirName: join(kept, 'work'),
  incremental: true,
  incrementalFile: join(kept, `${folder}.json`),
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
