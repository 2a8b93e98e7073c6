/** What the README tells its readers to try, on a demo that runs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { bashBlocks } from '../docs/readmeBlocks.js';
import { type DemoWorld, type Tree } from './demoWorld.js';

let world: DemoWorld;
const queries = bashBlocks().filter((block) => block.includes('curl'));

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

/** The tests of this journey, through a demo that runs. */
export function readmeJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
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
}
