/** Tests run from the TypeScript sources as ES modules; swc only strips types. */
export default {
  testEnvironment: '<rootDir>/test/environment.mjs',
  // whole-system tests start a dozen processes, on slow machines too
  testTimeout: 60_000,
  maxWorkers: 2,
  // modules of earlier files are never let go: a worker that has grown is replaced
  workerIdleMemoryLimit: '600MB',
  globalSetup: '<rootDir>/test/globalSetup.mjs',
  globalTeardown: '<rootDir>/test/globalTeardown.mjs',
  testSequencer: '<rootDir>/test/sequencer.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench'],
};
