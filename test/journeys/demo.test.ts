import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bankNames, type DemoWorld, startDemos } from './demoWorld.js';
import { processesBelow } from './processes.js';

describe('two demos with different salts', () => {
  let worlds: readonly DemoWorld[] = [];
  beforeAll(async () => {
    worlds = await startDemos({ RINGFENCE_SANDBOX_SALT: 'one' }, { RINGFENCE_SANDBOX_SALT: 'two' });
  }, 60_000);
  afterAll(() => Promise.all(worlds.map((world) => world.stop())));

  test('hold the same accounts and other amounts, texts and entries', async () => {
    const query = `{ me { accounts { id bank { id } kind balances { kind money { amount } }
      transactions(first: 25) { edges { node { id description amount { amount } } } } } } }`;
    const [one, two] = await Promise.all(
      worlds.map(async (world) => {
        const { data, errors } = await world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' })(query);
        expect(errors.filter(({ extensions }) => extensions.code !== 'BANK_EXCLUDED')).toEqual([]);
        return data.me?.accounts ?? [];
      }),
    );
    expect(one?.map(({ bank, kind }) => [bank?.id, kind])).toEqual(two?.map(({ bank, kind }) => [bank?.id, kind]));
    const amounts = (accounts: typeof one) =>
      accounts?.map(({ balances }) => balances?.map(({ money }) => money?.amount));
    const entries = (accounts: typeof one) =>
      accounts?.flatMap(({ transactions }) => transactions?.edges?.map(({ node }) => String(node?.id)) ?? []) ?? [];
    amounts(one)?.forEach((own, index) => expect(own).not.toEqual(amounts(two)?.[index]));
    expect(entries(one).filter((id) => entries(two).includes(id))).toEqual([]);
  });

  test('run each bank as a process of its own, and leave none behind when stopped', async () => {
    const families = await Promise.all(worlds.map((world) => processesBelow(world.process.pid ?? 0)));
    // The gateway, the banks, and the platform's subgraphs.
    for (const family of families) expect(family.length).toBe(2 + bankNames.length);
    await Promise.all(worlds.map((world) => world.stop()));
    const living = await Promise.all(families.flat().map((pid) => processesBelow(pid)));
    expect(living.flat()).toEqual([]);
    expect(worlds.map((world) => world.process.exitCode)).toEqual([0, 0]);
  });
});

describe('a demo that cannot start', () => {
  const run = async (environment: Readonly<Record<string, string>>) => {
    const env = { ...process.env, PORT: '0', BANK_PORT: '0', NODE_OPTIONS: '', ...environment };
    const child = spawn(process.execPath, ['dist/src/cli/ringfence.js', 'demo'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    // `close` waits for everyone who holds the output, so for the children too.
    const [code] = (await once(child, 'close')) as [number];
    return { code, said };
  };

  test('for a port that is taken says which one, and leaves no process', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const { code, said } = await run({ PORT: port });
    taken.close();
    expect(code).toBe(1);
    expect(said).toContain(port);
    expect(said).toContain('`PORT`');
    expect(said).not.toMatch(/ringfence ready| at /);
  }, 30_000);

  test.each([
    ['PORT', '99999', '`PORT`'],
    ['BANK_PORT', 'many', '`BANK_PORT`'],
    ['RINGFENCE_CLOCK', 'tomorrow', '`RINGFENCE_CLOCK`'],
    ['RINGFENCE_POLICY_HASH', 'another', 'pinned is `another`'],
  ])(
    'for `%s` = `%s` says so in one line',
    async (name, value, what) => {
      const { code, said } = await run({ [name]: value });
      expect(code).toBe(1);
      expect(said).toContain(what);
      const complaints = said.split('\n').filter((line) => line !== '' && !/^(?:bank \w+|platform) http/.test(line));
      expect(complaints).toHaveLength(1);
      expect(said).not.toContain('ringfence ready');
    },
    30_000,
  );
});
