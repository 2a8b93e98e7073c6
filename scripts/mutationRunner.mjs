/**
 * The test runner that Stryker is given here: jest's own `describe`, `test` and `expect`, without jest's process, module registry and
 * environment, which cost seconds for each change. Each test file becomes one bundle with the sources that change, and is loaded anew
 * for each change, with the change in force, so that nothing stays from one change to the next. Sources that import nothing that
 * changes are bundled apart and loaded once. `jest.unstable_mockModule` is the one thing that does not work: files that use it take
 * no part.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PluginKind, commonTokens, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { expect } from 'expect';
import * as circus from 'jest-circus';

const state = (globalThis.__stryker__ ??= {});
globalThis.mutationGlobals = { ...circus.default, expect };
const never = { test: () => false };
const testTimeoutMs = 60_000;

/** What esbuild must know of these sources: where `@jest/globals` comes from, and that a file knows its own place. */
const asInTests = {
  name: 'as-in-tests',
  setup(build) {
    build.onResolve({ filter: /^@jest\/globals$/ }, () => ({ path: 'globals', namespace: 'jest' }));
    build.onLoad({ filter: /.*/, namespace: 'jest' }, () => ({
      contents: `export const { ${Object.keys(globalThis.mutationGlobals).join(', ')} } = globalThis.mutationGlobals;`,
    }));
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

/** Options of each bundling; the working directory is left to it, as a process changes it before the first. */
const bundling = {
  outbase: '.',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
};
const bundle = (options) => build({ ...bundling, absWorkingDir: process.cwd(), ...options });
const outdir = 'mutation-bundles';
const steadyOutdir = join(outdir, 'steady');
const bundled = (folder, file) => join(process.cwd(), folder, file.replace(/\.ts$/, '.mjs'));

/** The sources that the test files reach and that import nothing that changes: not the mutated folders, not what tests are made of. */
async function steadyAmong(files, mutated) {
  const { metafile } = await bundle({
    entryPoints: files,
    outdir,
    metafile: true,
    write: false,
    plugins: [asInTests],
  });
  const moving = new Set(files);
  const moves = (file) =>
    moving.has(file) || file.startsWith('jest:') || mutated.some((path) => file.startsWith(`${path}/`));
  const sources = Object.entries(metafile.inputs);
  const reaches = ([file, { imports }]) =>
    moves(file) || imports.some(({ path, external }) => !external && moves(path));
  for (let before = -1; before !== moving.size;) {
    before = moving.size;
    for (const [file] of sources.filter(reaches)) moving.add(file);
  }
  return sources.map(([file]) => file).filter((file) => file.endsWith('.ts') && !moving.has(file));
}

/** Leaves the imports of steady sources to their own bundle. */
function withoutSteady(steady) {
  const known = new Set(steady);
  return {
    name: 'without-steady',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
        const file = relative(process.cwd(), resolve(dirname(importer), path.replace(/\.js$/, '.ts')));
        return known.has(file) ? { path: pathToFileURL(bundled(steadyOutdir, file)).href, external: true } : undefined;
      });
    },
  };
}

/** The test files of the folders, by path: those named, or all but those left out; never those that replace a module or look at the text of sources. */
function testFilesOf({ mutationTests, mutationTestsNamed: named, mutationTestsLeftOut: leftOut }) {
  const found = mutationTests.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const takesPart = (name) => (named.length > 0 ? named.includes(name) : !leftOut.includes(name));
  return found.filter((file) => {
    if (!file.endsWith('.test.ts') || !takesPart(basename(file, '.test.ts'))) return false;
    return !/unstable_mockModule|readFileSync\([`']src\//.test(readFileSync(file, 'utf8'));
  });
}

/** The tests below a block in the order they are written, each with an id of its own. */
function testsBelow(block, file) {
  const listed = [];
  const walk = (within, names) => {
    for (const child of within.children) {
      const path = [...names, child.name];
      if (child.type === 'describeBlock') walk(child, path);
      else listed.push({ test: child, name: `${file}: ${path.join(' ')}` });
    }
  };
  walk(block, []);
  const seen = new Map();
  return listed.map(({ test, name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { test, id: count === 1 ? name : `${name} (${count})` };
  });
}

function resultOf({ test, id }, file) {
  const result = { id, name: id, fileName: file, timeSpentMs: test.duration ?? 0 };
  if (test.errors.length > 0) {
    const [first] = test.errors[0];
    return { ...result, status: TestStatus.Failed, failureMessage: String(first?.message ?? first) };
  }
  return { ...result, status: test.status === 'done' ? TestStatus.Success : TestStatus.Skipped };
}

/** Adds the counts of `more` to `counts`. */
function add(counts, more) {
  for (const [mutant, hits] of Object.entries(more)) counts[mutant] = (counts[mutant] ?? 0) + hits;
}

class BundledTests {
  static inject = tokens(commonTokens.options);
  #loads = 0;
  #bundles = [];

  constructor(options) {
    this.options = options;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const files = testFilesOf(this.options);
    const steady = await steadyAmong(files, this.options.mutationSources);
    const plugins = [withoutSteady(steady), asInTests];
    await bundle({ entryPoints: files, outdir, plugins });
    await bundle({ entryPoints: steady, outdir: steadyOutdir, splitting: true, plugins: [asInTests] });
    this.#bundles = files.map((file) => ({
      file,
      url: pathToFileURL(bundled(outdir, file)).href,
      costMs: this.#costs()[file] ?? 0,
    }));
    this.#bundles.sort((one, other) => one.costMs - other.costMs);
    circus.addEventHandler((event) => {
      if (event.name === 'test_start') state.currentTestId = this.ids?.get(event.test);
      if (event.name === 'test_done') state.currentTestId = undefined;
      if (event.name === 'test_done' && this.bail && event.test.errors.length > 0)
        circus.getState().testNamePattern = never;
    });
  }

  async dryRun() {
    this.bail = false;
    state.activeMutant = undefined;
    const perTest = {};
    const tests = [];
    const costs = {};
    for (const bundle of this.#bundles) {
      const from = performance.now();
      state.mutantCoverage = { static: {}, perTest: {} };
      const results = await this.#run(bundle);
      costs[bundle.file] = performance.now() - from;
      tests.push(...results);
      // what loading and preparing reached is reached by each test of the file, as the file is loaded anew for each change
      for (const { id } of results) add((perTest[id] ??= {}), state.mutantCoverage.static);
      for (const [id, counts] of Object.entries(state.mutantCoverage.perTest)) add((perTest[id] ??= {}), counts);
    }
    writeFileSync('mutation-costs.json', JSON.stringify(costs));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    this.bail = !disableBail;
    Object.assign(state, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    const wanted = testFilter && new Set(testFilter);
    const tests = [];
    const broken = [];
    for (const bundle of this.#bundles) {
      if (wanted && !testFilter.some((id) => id.startsWith(`${bundle.file}: `))) continue;
      await this.#run(bundle, wanted).then(
        (results) => tests.push(...results),
        (error) => broken.push(error),
      );
      const endless = determineHitLimitReached(state.hitCount, hitLimit);
      if (endless) return endless;
      if (this.bail && tests.some(({ status }) => status === TestStatus.Failed)) break;
    }
    const failed = tests.some(({ status }) => status === TestStatus.Failed);
    // a file that does not load is no failing test: it counts only where no test of another file fails
    if (!failed && broken.length > 0) return { status: DryRunStatus.Error, errorMessage: String(broken[0]?.stack) };
    return toMutantRunResult({ status: DryRunStatus.Complete, tests }, disableBail);
  }

  #costs() {
    try {
      return JSON.parse(readFileSync('mutation-costs.json', 'utf8'));
    } catch {
      return {};
    }
  }

  /** Loads the file and runs its tests, or those wanted; throws what the file throws as it loads. */
  async #run({ file, url }, wanted) {
    circus.resetState();
    const fresh = circus.getState();
    fresh.testTimeout = testTimeoutMs;
    state.currentTestId = undefined;
    this.#loads += 1;
    await import(`${url}?load=${this.#loads}`);
    const listed = testsBelow(fresh.rootDescribeBlock, file);
    for (const { test, id } of listed) if (wanted && !wanted.has(id)) test.mode = 'skip';
    this.ids = new Map(listed.map(({ test, id }) => [test, id]));
    const { unhandledErrors } = await circus.run();
    const results = listed.map((one) => resultOf(one, file));
    if (unhandledErrors.length === 0) return results;
    return [
      ...results,
      {
        id: `${file}: unhandled`,
        name: file,
        timeSpentMs: 0,
        status: TestStatus.Failed,
        failureMessage: unhandledErrors[0],
      },
    ];
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'bundled', BundledTests)];
export const strykerValidationSchema = {
  properties: {
    mutationTests: { description: 'the folders whose tests run', type: 'array', items: { type: 'string' } },
    mutationTestsNamed: {
      description: 'the test files that run, if any is named',
      type: 'array',
      items: { type: 'string' },
    },
    mutationTestsLeftOut: { description: 'the test files that do not run', type: 'array', items: { type: 'string' } },
    mutationSources: { description: 'the folders that are changed', type: 'array', items: { type: 'string' } },
  },
};
