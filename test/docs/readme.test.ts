import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DemoWorld, startDemo, type Tree } from '../journeys/demoWorld.js';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block = '']) => block);
const queries = blocks.filter((block) => block.includes('curl'));

describe('the README', () => {
  let world: DemoWorld;
  beforeAll(async () => {
    world = await startDemo();
  });
  afterAll(() => world.stop());

  /** Runs a block as a reader would, on the addresses that this demo has; one answer per curl. */
  async function paste(block: string): Promise<Tree[]> {
    const script = block
      .replaceAll('npx ringfence', `"${process.execPath}" dist/src/cli/ringfence.js`)
      .replaceAll('http://127.0.0.1:4000/graphql', world.addressOf('gateway'))
      .replaceAll('http://127.0.0.1:4101', world.addressOf('harbor'))
      .replaceAll(/^(curl [^]*?(?:'$|\/__sandbox\/requests$))/gm, '$1\necho');
    const { stdout } = await promisify(execFile)('bash', ['-euc', script], { maxBuffer: 1 << 26 });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Tree);
  }

  test('names two commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(blocks.slice(0, 2)).toEqual(['npm ci && npm run demo\n', 'npm ci && npm test\n']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']));
  });

  test('gives the frontend engineer accounts of three banks', async () => {
    const [answer] = await paste(queries[0] ?? '');
    const accounts = answer?.data?.me?.accounts ?? [];
    expect(new Set(accounts.map(({ bank }) => bank?.name)).size).toBe(3);
    expect(accounts.every(({ balances }) => Array.isArray(balances) && balances.length > 0)).toBe(true);
  });

  test('shows the bank partner that balances were not asked for', async () => {
    const [answer, log] = await paste(queries[1] ?? '');
    const fraudAlerts = answer?.data?.me?.fraudAlerts ?? [];
    expect(fraudAlerts.length).toBeGreaterThan(0);
    const requests = log?.requests ?? [];
    const asked = requests.map(({ query }) => String(query)).filter((query) => query.includes('fraudAlerts'));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.join()).not.toContain('balances');
  });

  test('shows the security reviewer a graph without financial types', async () => {
    const [introspection, refusal] = await paste(queries[2] ?? '');
    const types = introspection?.data?.__schema?.types ?? [];
    const names = types.map(({ name }) => String(name));
    expect(names).toContain('AdProfile');
    expect(names.filter((name) => /Account|Transaction|Balance|Alert|Consent|Payment/.test(name))).toEqual([]);
    expect(JSON.stringify(refusal)).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(refusal)).not.toContain('"data"');
  });

  test('links only to what exists', () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});
