import { rmSync } from 'node:fs';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { BankProcessConfig } from '../../resolvers/bank/main.js';
import { launchChild } from '../../resolvers/process.js';

/** Inside `node_modules`, where the compiled bank finds its packages and, further up, its schema. */
const folder = join(process.cwd(), 'node_modules', '.cache', `ringfence-process-test-${process.pid}`);
const main = join(folder, 'main.mjs');

beforeAll(async () => {
  const entry = { entryPoints: ['resolvers/bank/main.ts'], outfile: main };
  await build({ ...entry, bundle: true, packages: 'external', platform: 'node', format: 'esm', logLevel: 'silent' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function configOf(part: Partial<BankProcessConfig> = {}): BankProcessConfig {
  const { publicKey } = generateKeyPairSync('ed25519');
  const grantKey = { ...publicKey.export({ format: 'jwk' }), kty: 'OKP', kid: 'grant-1' };
  return {
    bank: 'union',
    port: 0,
    keys: { grantKeys: [grantKey], macKeys: [{ kid: 'mac-1', key: randomBytes(32).toString('base64') }] },
    policyHash: 'hash',
    agreement: { ACCOUNT_SERVICING: ['RELATIONSHIP'] },
    salt: '',
    clockOffsetMs: 0,
    ...part,
  };
}

describe('a child process', () => {
  test('says where it listens, and is gone when it is stopped', async () => {
    const child = await launchChild(main, configOf());
    const requests = await fetch(`http://127.0.0.1:${child.port}/__sandbox/requests`);
    expect(await requests.json()).toEqual({ count: 0, requests: [] });
    await child.stop();
    await child.exited;
    await expect(fetch(`http://127.0.0.1:${child.port}/__sandbox/requests`)).rejects.toThrow('fetch failed');
  });

  test('says that its port is taken', async () => {
    const first = await launchChild(main, configOf());
    await expect(launchChild(main, configOf({ port: first.port }))).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await first.stop();
  });

  test('says that its configuration is wrong', async () => {
    const wrong = configOf({ port: -1 });
    await expect(launchChild(main, wrong)).rejects.toMatchObject({ code: 'START_FAILED' });
  });

  test('is missed when its module does not exist', async () => {
    await expect(launchChild(join(folder, 'nothing.mjs'), {})).rejects.toMatchObject({ code: 'START_FAILED' });
  });
});
