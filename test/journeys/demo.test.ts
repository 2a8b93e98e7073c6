import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';

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
  }, 120_000);

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
    120_000,
  );
});
