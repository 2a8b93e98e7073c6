import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const project = process.cwd();
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'law-'));
  cpSync(join(project, '.oxlintrc.json'), join(root, '.oxlintrc.json'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Writes the files into a tree of their own and returns its path. */
function plant(name: string, files: Readonly<Record<string, string>>): string {
  const tree = join(root, name);
  for (const folder of ['src', 'resolvers', 'test']) mkdirSync(join(tree, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  return tree;
}

interface Breach {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const script = join(project, 'scripts/law.mjs');
const { breachesOf } = (await import(script)) as { breachesOf(file: string, source: string): readonly Breach[] };

/** What the law says of these files, a line each. */
function law(files: Readonly<Record<string, string>>): string {
  const breaches = Object.entries(files).flatMap(([file, source]) => breachesOf(file, source));
  return breaches.map(({ file, line, text }) => `${file}:${line}: ${text}\n`).join('');
}

test('the command prints what the law says of a tree, and fails where it says something', () => {
  const files = {
    'src/plan/a.ts': imports('undici'),
    'resolvers/b.ts': 'export const b = 1;\n',
    'src/c/generated/d.ts': 'x',
  };
  const run = (tree: string) => spawnSync(process.execPath, [script, tree], { encoding: 'utf8' });
  expect(run(plant('breached', files))).toMatchObject({ status: 1, stderr: law(files) });
  expect(run(plant('kept', { 'test/a.test.ts': imports('undici') }))).toMatchObject({ status: 0, stderr: '' });
});

const imports = (specifier: string) => `import { x } from '${specifier}';\n`;

describe('the import law', () => {
  test.each([
    ['src/plan/a.ts', '../gateway/index.js', '`src/plan` may not import `src/gateway`: imports point one way'],
    ['src/fault/a.ts', '../supergraph/index.js', '`src/fault` may not import `src/supergraph`: imports point one way'],
    ['src/gateway/a.ts', '../plan/plan.js', '`src/plan` is entered through `src/plan/index.js`'],
    ['src/gateway/a.ts', '../../resolvers/bank/ledger.js', '`src/gateway` may not import `resolvers`'],
    ['resolvers/bank/a.ts', '../../src/cli/index.js', '`resolvers` may not import `src/cli`'],
    ['resolvers/bank/a.ts', '../../src/policy/rules.js', '`src/policy` is entered through `src/policy/index.js`'],
    ['src/novelty/a.ts', '../plan/index.js', '`src/novelty` is no folder of the import order'],
    ['src/gateway/a.ts', 'graphql-shield', '`graphql-shield` may be loaded only in src/policy, src/partner'],
    ['src/plan/a.ts', 'graphql-middleware', '`graphql-middleware` may be loaded only in src/policy, src/partner'],
    ['src/gateway/a.ts', 'dataloader', '`dataloader` may be loaded only in resolvers, src/partition'],
    ['src/cli/a.ts', '@apollo/server/plugin/x', '`@apollo/server` may be loaded only in src/gateway'],
    ['src/partition/a.ts', 'undici', '`undici` may be loaded only in src/fetch'],
    ['resolvers/bank/a.ts', 'node:http', '`node:http` may be loaded only in'],
    ['resolvers/bank/a.ts', 'http', '`node:http` may be loaded only in'],
  ])('%s may not import %s', (file, specifier, expected) => {
    expect(law({ [file]: imports(specifier) })).toContain(`${file}:1: ${expected}`);
  });

  test.each([
    ['a dynamic import', "const x = await import('undici');\n"],
    ['a bare import', "import 'undici';\n"],
    ['a re-export', "export * from 'undici';\n"],
    ['a type import', "import type { Pool } from 'undici';\n"],
    ['a required module', "const { Pool } = require('undici');\n"],
    ['an import over several lines', "import {\n  Pool,\n} from 'undici';\n"],
  ])('%s counts as an import', (_form, source) => {
    expect(law({ 'src/plan/a.ts': source })).toContain('src/plan/a.ts:1: `undici` may be loaded only in src/fetch');
  });

  test('what the order permits passes', () => {
    const files = {
      'src/gateway/a.ts': imports('../plan/index.js') + imports('./b.js') + imports('@apollo/server'),
      'src/policy/permissions.ts': imports('graphql-shield') + imports('../fault/index.js'),
      'src/fetch/a.ts': imports('undici'),
      'src/cli/demo.ts': imports('../../resolvers/demo/world.js') + imports('../gateway/index.js'),
      'resolvers/bank/a.ts': imports('../../src/partner/index.js') + imports('../demo/world.js'),
      'test/plan/a.test.ts': imports('../../src/plan/inner.js') + imports('undici'),
    };
    expect(law(files)).toBe('');
  });
});

describe('the laws about files', () => {
  test.each([
    'export const a = 1;',
    'export function a() {}',
    'export async function a() {}',
    'export interface A {}',
    'export type A = string;',
    'export class A {}',
    'export default {};',
    '// Not a docstring.\nexport const a = 1;',
    '/** Elsewhere. */\n\nexport const a = 1;',
  ])('refuses `%s` without a docstring', (source) => {
    expect(law({ 'src/plan/a.ts': source })).toContain('an export without a docstring');
  });

  test('accepts a docstring of one line or several, and a plain re-export', () => {
    const source = "/** One. */\nexport const a = 1;\n/**\n * Two.\n */\nexport type B = 1;\nexport * from './b.js';\n";
    expect(law({ 'src/plan/a.ts': source })).toBe('');
  });

  // Taken apart, so that this file keeps the law itself.
  test.each(['// oxlint-' + 'disable-next-line', '/* eslint-' + 'disable */', '// @ts-' + 'ignore', '// TO' + 'DO'])(
    'refuses `%s`',
    (line) => {
      expect(law({ 'test/a.test.ts': `${line}\n` })).toContain('test/a.test.ts:1: no check is switched off');
    },
  );

  test.each(['src/plan/utils.ts', 'resolvers/common/a.ts', 'test/helpers.ts'])('refuses the name %s', (file) => {
    expect(law({ [file]: '' })).toContain('names no thing of the domain');
  });
});

const statements = (count: number) => '  void 0;\n'.repeat(count);
const nested =
  'export function f(a: boolean) {\n  if (a) {\n    while (a) {\n      if (!a) {\n        void a;\n      }\n    }\n  }\n}\n';

/** One planted breach per file; `lint` runs once over all of them. */
const planted = {
  'src/plan/long.ts': ['max-lines', `${'void 0;\n'.repeat(301)}`],
  'src/plan/tall.ts': ['max-lines-per-function', `export function f() {\n${statements(40)}}\n`],
  'src/plan/wide.ts': ['max-params', 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];\n'],
  'src/partner/wide.ts': ['max-params', 'export const f = (a: 1, b: 2, c: 3, d: 4, e: 5) => [a, b, c, d, e];\n'],
  'src/plan/deep.ts': ['max-depth', nested],
  'src/plan/any.ts': ['no-explicit-any', 'export const f = (a: any) => a;\n'],
  'src/plan/sure.ts': ['no-non-null-assertion', 'export const f = (a?: string) => a!.length;\n'],
  'src/plan/chatty.ts': ['no-console', "console.log('x');\n"],
  'src/plan/quiet.ts': ['ban-ts-comment', '// @ts-' + 'ignore\nexport const a: string = 1;\n'],
  'src/plan/left.ts': ['no-cycle', "import { b } from './right.js';\nexport const a = () => b;\n"],
  'src/plan/right.ts': ['no-cycle', "import { a } from './left.js';\nexport const b = () => a;\n"],
  'src/plan/adrift.ts': ['no-floating-promises', 'export function f() {\n  Promise.resolve(1);\n}\n'],
  'test/skipped.test.ts': ['no-disabled-tests', "import { test } from '@jest/globals';\ntest.skip('x', () => {});\n"],
  'test/wide.test.ts': ['max-params', 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];\n'],
} as const;

const permitted = {
  'src/cli/chatty.ts': "console.log('x');\n",
  'test/tall.test.ts': `export function f() {\n${statements(60)}}\n`,
  'resolvers/wide.ts': 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];\n',
};

describe('the linter', () => {
  let findings: readonly { readonly code: string; readonly filename: string }[] = [];

  beforeAll(() => {
    const breaches = Object.fromEntries(Object.entries(planted).map(([file, [, source]]) => [file, source]));
    const tree = plant('lint', {
      ...breaches,
      ...permitted,
      'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
    });
    cpSync(join(project, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
    const oxlint = join(project, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '--format', 'json', '.'], {
      cwd: tree,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(project, 'node_modules/.bin')}:${process.env['PATH']}` },
    });
    findings = (JSON.parse(stdout) as { diagnostics: typeof findings }).diagnostics;
  });

  test.each(Object.entries(planted).map(([file, [rule]]) => [rule, file] as const))('%s bites in %s', (rule, file) => {
    const codes = findings.filter(({ filename }) => filename === file).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining([expect.stringContaining(`(${rule})`)]));
  });

  test.each(Object.keys(permitted))('nothing is found in %s', (file) => {
    expect(findings.filter(({ filename }) => filename === file)).toEqual([]);
  });
});

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe.each(['package-lock.json', '.ci/node24/package-lock.json'])('%s', (file) => {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Readonly<Record<string, LockedPackage>> };
  const packages = Object.values(lock.packages);

  test('names no host, so that any registry serves it', () => {
    expect(packages.filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });

  test('holds the binaries of every platform: an install refuses a lockfile that leaves one out', () => {
    const held = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)));
    const wanted = packages.flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
    expect(wanted.filter((name) => !held.has(name))).toEqual([]);
  });
});
