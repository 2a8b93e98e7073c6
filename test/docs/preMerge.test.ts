/** The recipe of docs/review/pre-merge.md and the workflow that follows it. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const page = readFileSync('docs/review/pre-merge.md', 'utf8');
const [, recipe = ''] = /```bash\n([\s\S]*?)```/.exec(page) ?? [];

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const workflow = parse(readFileSync('.github/workflows/ringfence.yml', 'utf8')) as {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

/** Runs the recipe where change and base are copies of this repository; rejects unless every line exits with 0. */
async function runRecipe(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-merge-'));
  try {
    const [change, base] = [join(folder, 'change'), join(folder, 'base')];
    for (const part of ['schema', 'policy', 'docs/review']) {
      cpSync(part, join(change, part), { recursive: true });
      cpSync(part, join(base, part), { recursive: true });
    }
    symlinkSync(resolve('dist'), join(base, 'dist'));
    const script = recipe.replaceAll(
      'npx ringfence',
      `"${process.execPath}" "${resolve('dist/src/cli/ringfence.js')}"`,
    );
    const options = { cwd: change, env: { ...process.env, BASE: base }, maxBuffer: 1 << 26 };
    const { stdout } = await promisify(execFile)('bash', ['-euc', script], options);
    expect(existsSync(join(change, 'prove.sarif'))).toBe(true);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the recipe before a merge', () => {
  test('runs, and finds nothing against this repository merged into itself', async () => {
    const said = await runRecipe();
    expect(said.match(/: equal$/gm)).toHaveLength(2);
    expect(said).toMatch(/^holds {3}what each purpose reads follows/m);
  }, 180_000);

  test('is what the workflow runs, line by line', () => {
    const ran = steps.map(({ run }) => run);
    const lines = recipe.trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => !ran.includes(line))).toEqual([]);
  });
});

describe('the workflow', () => {
  test('pins every action to one version', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((action) => !/@v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test('may read the repository, and write nothing but code scanning alerts', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const widened = Object.entries(workflow.jobs).filter(([, { permissions }]) => permissions !== undefined);
    expect(widened.map(([name, { permissions }]) => [name, permissions])).toEqual([
      ['prove', { contents: 'read', 'security-events': 'write' }],
    ]);
  });
});
